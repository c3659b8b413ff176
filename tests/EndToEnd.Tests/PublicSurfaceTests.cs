using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Protocol.Limits;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests;

/// <summary>What clients see, which is the same in both compositions.</summary>
public sealed class PublicSurfaceTests
{
    [Theory]
    [AllInOne]
    [Distributed]
    public async Task ChatTurn_IsAnsweredAndKept(Composition composition)
    {
        await using var gateway = await IRunningGateway.StartAsync(composition);
        await using var connection = await OpenAsync(gateway);

        var history = await ChatAsync(connection, "say cheese");

        Assert.Contains("say cheese", history, StringComparison.Ordinal);
        Assert.Contains("\"assistant\"", history, StringComparison.Ordinal);
    }

    [Theory]
    [AllInOne]
    [Distributed]
    public async Task Restart_ClosesClientsWith1012_AndKeepsTheConversation(Composition composition)
    {
        await using var gateway = await IRunningGateway.StartAsync(composition);
        await using (var connection = await OpenAsync(gateway))
            await ChatAsync(connection, "remember me");
        using var waiting = await RawSocket.OpenAsync(gateway.WebSocketUri);
        Assert.True((bool?)(await waiting.ConnectAsync())["ok"]);

        var stopping = gateway.StopCoreAsync();
        var code = await waiting.ClosedAsync();
        Assert.Equal(0, await stopping);
        await gateway.LaunchAsync();
        await using var again = await OpenOnceServedAsync(gateway);
        var history = await HistoryAsync(again);

        Assert.Equal(CloseCodes.ServiceRestart, code);
        Assert.Contains("remember me", history, StringComparison.Ordinal);
    }

    [Theory]
    [AllInOne]
    [Distributed]
    public async Task Page_IsServedWithSecurityHeaders(Composition composition)
    {
        await using var gateway = await IRunningGateway.StartAsync(composition);
        using var http = new HttpClient();

        using var response = await http.GetAsync(gateway.PageUri);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [AllInOne]
    [Distributed]
    public async Task BasePath_MovesThePageAndNothingElse(Composition composition)
    {
        await using var gateway = await IRunningGateway.StartAsync(composition, gateway: """controlUi: { basePath: "/claw" }""");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });

        using var bare = await http.GetAsync(new Uri(gateway.PageUri, "/claw?a=b"));
        using var page = await http.GetAsync(new Uri(gateway.PageUri, "/claw/"));
        using var root = await http.GetAsync(gateway.PageUri);
        await using var connection = await OpenAsync(gateway);

        Assert.Equal((HttpStatusCode.Found, "/claw/?a=b"), (bare.StatusCode, bare.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, root.StatusCode);
    }

    [Theory]
    [AllInOne]
    [Distributed]
    public async Task Health_IsLiveAndReady(Composition composition)
    {
        await using var gateway = await IRunningGateway.StartAsync(composition);
        using var http = new HttpClient();

        Assert.Equal("""{"live":true}""", await http.GetStringAsync(new Uri(gateway.PageUri, "/healthz")));
        await TestTimeouts.Until(() => Status(http, new Uri(gateway.PageUri, "/readyz")) is HttpStatusCode.OK, "ready");
        Assert.Equal("""{"ready":true}""", await http.GetStringAsync(new Uri(gateway.PageUri, "/readyz")));
    }

    [Theory]
    [AllInOne]
    [Distributed]
    public async Task UnknownPath_Answers404InJson(Composition composition)
    {
        await using var gateway = await IRunningGateway.StartAsync(composition);
        using var http = new HttpClient();
        var expected = """{"error":{"type":"not_found","message":"Nothing is served at this path."}}""";

        // Two that the edge knows nobody for, and two that it asks the core for.
        foreach (var path in (string[])["/nothing/here", "/nothing.js", "/hooks/none", "/v1/none"])
        {
            using var got = await http.GetAsync(new Uri(gateway.PageUri, path));
            using var posted = await http.PostAsync(new Uri(gateway.PageUri, path), new StringContent("{}"));
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (got.StatusCode, posted.StatusCode));
            Assert.Equal(expected, await got.Content.ReadAsStringAsync());
            Assert.Equal(expected, await posted.Content.ReadAsStringAsync());
            Assert.Equal("nosniff", got.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    [Theory]
    [AllInOne]
    [Distributed]
    public async Task BodyOverTheLimit_Answers413InJson(Composition composition)
    {
        await using var gateway = await IRunningGateway.StartAsync(composition);
        using var http = new HttpClient();

        using var response = await http.PostAsync(new Uri(gateway.PageUri, "/hooks/agent"), new ByteArrayContent(new byte[300 * 1024]));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("\"ok\":false,\"error\":\"The body is larger than", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [AllInOne]
    [Distributed]
    public async Task MessageOverTheLimit_Closes1009(Composition composition)
    {
        await using var gateway = await IRunningGateway.StartAsync(composition);
        using var socket = await RawSocket.OpenAsync(gateway.WebSocketUri);
        await socket.ConnectAsync();

        await socket.SendAsync(new string(' ', ProtocolLimits.MaxPayloadBytes + 1));

        Assert.Equal(CloseCodes.MessageTooBig, await socket.ClosedAsync());
    }

    [Theory]
    [AllInOne]
    [Distributed]
    public async Task ForeignOrigin_IsRefused(Composition composition)
    {
        await using var gateway = await IRunningGateway.StartAsync(composition);
        using var foreign = await RawSocket.OpenAsync(gateway.WebSocketUri, ("Origin", "https://evil.example"));
        using var own = await RawSocket.OpenAsync(gateway.WebSocketUri, ("Origin", gateway.PageUri.GetLeftPart(UriPartial.Authority)));

        var refused = await foreign.ConnectAsync();
        var accepted = await own.ConnectAsync();

        Assert.StartsWith("origin not allowed", (string?)refused["error"]!["message"], StringComparison.Ordinal);
        Assert.Equal(CloseCodes.PolicyViolation, await foreign.ClosedAsync());
        Assert.True((bool?)accepted["ok"]);
    }

    [Theory]
    [AllInOne]
    [Distributed]
    public async Task DeviceOnThisMachine_IsPairedAtOnce(Composition composition)
    {
        await using var gateway = await IRunningGateway.StartAsync(composition);
        using var identity = new TempDirectory();

        await using var connection = await GatewayConnection.OpenAsync(
            new GatewayConnectionOptions { Url = gateway.WebSocketUri, Token = IRunningGateway.Token, TokenIsExplicit = true, StateDirectory = identity.Path });

        Assert.True((await connection.RequestAsync("health", "{}"u8.ToArray())).Ok);
    }

    [Theory]
    [AllInOne]
    [Distributed]
    public async Task ForwardedAddress_CountsOnlyFromTrustedProxies(Composition composition)
    {
        await using var gateway = await IRunningGateway.StartAsync(composition);
        await using var proxied = await IRunningGateway.StartAsync(composition, gateway: """trustedProxies: ["127.0.0.1"]""");

        Assert.Null(await SeenAddressAsync(gateway, ("X-Forwarded-For", "203.0.113.7")));
        Assert.Equal("203.0.113.7", await SeenAddressAsync(proxied, ("X-Forwarded-For", "203.0.113.7")));
        // What only services of the gateway may say is not believed of others.
        Assert.Null(await SeenAddressAsync(gateway, ("X-OpenClaw-Client", "v1;1700000000;203.0.113.8;1;http;AAAA")));
    }

    private static HttpStatusCode Status(HttpClient http, Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = http.Send(request);
        return response.StatusCode;
    }

    /// <summary>The address in the connection's presence row; null for none. The answer "refused" stands for a connection that never came to be.</summary>
    private static async Task<string?> SeenAddressAsync(IRunningGateway gateway, (string, string) header)
    {
        RawSocket socket;
        try
        {
            socket = await RawSocket.OpenAsync(gateway.WebSocketUri, header);
        }
        catch (System.Net.WebSockets.WebSocketException)
        {
            return "refused";
        }
        using (socket)
        {
            var hello = await socket.ConnectAsync();
            Assert.True((bool?)hello["ok"], hello.ToJsonString());
            var rows = hello["payload"]!["snapshot"]!["presence"]!.AsArray();
            return (string?)rows.Single(row => (string?)row!["instanceId"] == "raw")!["ip"];
        }
    }

    private static async Task<string> ChatAsync(GatewayConnection connection, string text)
    {
        var sent = await connection.RequestAsync(
            "chat.send", JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["sessionKey"] = "main", ["message"] = text, ["idempotencyKey"] = text }));
        Assert.True(sent.Ok, sent.Error?.Message);
        var done = await connection.RequestAsync(
            "agent.wait", JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["runId"] = text, ["timeoutMs"] = (long)TestTimeouts.Wait.TotalMilliseconds }));
        Assert.Equal("ok", (string?)JsonNode.Parse(done.Payload.Span)!["status"]);
        return await HistoryAsync(connection);
    }

    private static async Task<string> HistoryAsync(GatewayConnection connection) =>
        Encoding.UTF8.GetString((await connection.RequestAsync("chat.history", """{"sessionKey":"main"}"""u8.ToArray())).Payload.Span);

    private static Task<GatewayConnection> OpenAsync(IRunningGateway gateway) =>
        GatewayConnection.OpenAsync(new GatewayConnectionOptions { Url = gateway.WebSocketUri, Token = IRunningGateway.Token, TokenIsExplicit = true });

    /// <summary>An edge needs a moment to see that the core is back, and says "try again later" until then.</summary>
    private static async Task<GatewayConnection> OpenOnceServedAsync(IRunningGateway gateway)
    {
        GatewayConnection? connection = null;
        var refusal = "";
        await TestTimeouts.Until(
            async () =>
            {
                try
                {
                    connection = await OpenAsync(gateway);
                }
                catch (Gateway.Client.Errors.GatewayException e)
                {
                    refusal = e.Message;
                }
                return connection is not null;
            },
            () => "a connection; the last answer was: " + refusal);
        return connection!;
    }
}
