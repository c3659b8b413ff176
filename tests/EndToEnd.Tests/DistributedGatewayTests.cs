using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Protocol.Limits;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests;

/// <summary>What happens when one of the processes goes away: an answer that says so, never a hang, and all is well when it is back.</summary>
public sealed class DistributedGatewayTests
{
    [DistributedFact]
    public async Task CoreAway_IsToldToEverybody_AndHeals()
    {
        await using var gateway = await DistributedGateway.StartAsync();
        using var http = new HttpClient();
        using var open = await RawSocket.OpenAsync(gateway.WebSocketUri);
        await open.ConnectAsync();

        await gateway.Core.KillAsync();

        Assert.Equal(CloseCodes.ServiceRestart, await open.ClosedAsync());
        using var refused = await RawSocket.OpenAsync(gateway.WebSocketUri);
        Assert.Equal(CloseCodes.TryAgainLater, await refused.ClosedAsync());
        using var answer = await http.PostAsync(new Uri(gateway.PageUri, "/v1/responses"), new StringContent("{}"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
        Assert.Equal("unavailable", (string?)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["error"]!["type"]);
        await TestTimeouts.Until(() => Readiness(http, gateway).Contains("No instance of the core service answers.", StringComparison.Ordinal), "not ready, and why");
        Assert.Equal("""{"live":true}""", await http.GetStringAsync(new Uri(gateway.PageUri, "/healthz")));
        using var page = await http.GetAsync(gateway.PageUri);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);

        await gateway.LaunchAsync();
        await gateway.ReadyAsync();
        using var again = await RawSocket.OpenAsync(gateway.WebSocketUri);
        Assert.True((bool?)(await again.ConnectAsync())["ok"]);
    }

    [DistributedFact]
    public async Task EdgeThatStops_ClosesItsClientsWith1012_AndEnds()
    {
        await using var gateway = await DistributedGateway.StartAsync();
        using var open = await RawSocket.OpenAsync(gateway.WebSocketUri);
        await open.ConnectAsync();
        using var silent = await RawSocket.OpenAsync(gateway.WebSocketUri);
        await silent.ConnectAsync();

        await gateway.Edge.SignalAsync("TERM");

        Assert.Equal(CloseCodes.ServiceRestart, await open.ClosedAsync());
        Assert.True(await gateway.Edge.EndedAsync() == 0, gateway.Edge.LinesWith(""));
        await gateway.LaunchEdgeAsync();
        await gateway.ReadyAsync();
    }

    [DistributedFact]
    public async Task RedisAway_LeavesClientsConnected_AndIsToldByReadiness()
    {
        await using var gateway = await DistributedGateway.StartAsync(gateway: "http: { endpoints: { chatCompletions: { enabled: true } } }");
        using var http = new HttpClient();
        using var open = await RawSocket.OpenAsync(gateway.WebSocketUri);
        await open.ConnectAsync();

        await gateway.Redis.KillAsync();
        await TestTimeouts.Until(() => Readiness(http, gateway, gateway.CoreUri).StartsWith("""{"ready":false""", StringComparison.Ordinal), "the core is not ready");

        Assert.Equal("""{"live":true}""", await http.GetStringAsync(new Uri(gateway.CoreUri, "/healthz")));
        Assert.True((bool?)(await open.CallAsync("system-presence", []))["ok"]);
        using var ask = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.PageUri, "/v1/chat/completions")) { Content = new StringContent("""{"model":"openclaw","messages":[{"role":"user","content":"hi"}]}""") };
        ask.Headers.Authorization = new AuthenticationHeaderValue("Bearer", IRunningGateway.Token);
        using var refused = await http.SendAsync(ask).WithTimeout();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("What the cores share cannot be reached now", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await gateway.Redis.LaunchAsync();
        await TestTimeouts.Until(() => Readiness(http, gateway, gateway.CoreUri) == """{"ready":true}""", "the core is ready again");
    }

    [DistributedFact]
    public async Task CoreThatStartsBeforeRedis_ServesItsClients_AndTakesMessagesOnceRedisIsThere()
    {
        await using var gateway = await DistributedGateway.StartAsync();
        await gateway.StopCoreAsync();
        await gateway.Redis.KillAsync();

        await gateway.LaunchAsync();
        using var socket = await RawSocket.OpenAsync(new UriBuilder(gateway.CoreUri) { Scheme = "ws" }.Uri);
        Assert.True((bool?)(await socket.ConnectAsync())["ok"]);
        var refused = await socket.CallAsync("chat.send", new JsonObject { ["sessionKey"] = "main", ["message"] = "too early", ["idempotencyKey"] = "early" });
        using var http = new HttpClient();
        Assert.Contains("queue", Readiness(http, gateway, gateway.CoreUri), StringComparison.Ordinal);
        await gateway.Redis.LaunchAsync();
        await TestTimeouts.Until(() => Readiness(http, gateway, gateway.CoreUri) == """{"ready":true}""", "the core is ready");
        var taken = await socket.CallAsync("chat.send", new JsonObject { ["sessionKey"] = "main", ["message"] = "in time", ["idempotencyKey"] = "late" });
        var done = await socket.CallAsync("agent.wait", new JsonObject { ["runId"] = "late", ["timeoutMs"] = (long)TestTimeouts.Wait.TotalMilliseconds });

        Assert.False((bool?)refused["ok"]);
        Assert.Equal("UNAVAILABLE", (string?)refused["error"]!["code"]);
        Assert.True((bool?)taken["ok"], taken.ToJsonString());
        Assert.Equal("ok", (string?)done["payload"]!["status"]);
    }

    [DistributedFact]
    public async Task CoreItself_DoesNotBelieveStrangersAboutTheirAddress()
    {
        await using var gateway = await DistributedGateway.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, gateway.CoreUri);
        request.Headers.Add("X-OpenClaw-Client", "v1;1700000000;127.0.0.1;1;http;AAAA");

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [DistributedFact]
    public async Task Tls_IsServedWithACertificateOfItsOwn_WhoseFingerprintIsPrinted()
    {
        using var directory = new TempDirectory();
        await using var gateway = await DistributedGateway.StartAsync(
            "", "", new Dictionary<string, string> { ["Edge__Tls__Enabled"] = "true", ["Edge__Tls__Directory"] = directory.Path });
        var printed = gateway.Edge.LinesWith("SHA-256 fingerprint:").Split("fingerprint: ")[1].Trim();

        await using var connection = await GatewayConnection.OpenAsync(new GatewayConnectionOptions
        {
            Url = new Uri($"wss://127.0.0.1:{gateway.Port}/"),
            Token = IRunningGateway.Token,
            TokenIsExplicit = true,
            TlsFingerprint = printed,
        });

        Assert.True((await connection.RequestAsync("health", "{}"u8.ToArray())).Ok);
    }

    private static string Readiness(HttpClient http, DistributedGateway gateway, Uri? service = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service ?? gateway.PageUri, "/readyz"));
        using var response = http.Send(request);
        using var reader = new StreamReader(response.Content.ReadAsStream());
        return reader.ReadToEnd();
    }
}
