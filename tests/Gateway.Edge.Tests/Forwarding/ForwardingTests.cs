using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Edge.Settings;
using OpenClaw.Gateway.Protocol.Services;
using OpenClaw.ServiceDefaults.Trust;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Edge.Tests.Forwarding;

public sealed class ForwardingTests
{
    [Fact]
    public async Task EventStream_ReachesTheClientPieceByPiece()
    {
        var seen = new TaskCompletionSource();
        await using var edge = await EdgeInFront.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: one\n\n");
            await context.Response.Body.FlushAsync();
            await seen.Task.WithTimeout();
            await context.Response.WriteAsync("data: [DONE]\n\n");
        });

        using var response = await edge.Http.GetAsync(new Uri(edge.Address, "/v1/chat/completions"), HttpCompletionOption.ResponseHeadersRead).WithTimeout();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var first = await reader.ReadLineAsync().WithTimeout();
        seen.SetResult();

        Assert.Equal("data: one", first);
        Assert.EndsWith("data: [DONE]\n\n", await reader.ReadToEndAsync().WithTimeout(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_TellsTheCoreItsClientSigned_AndNothingThatTheClientClaims()
    {
        IHeaderDictionary? received = null;
        HostString host = default;
        await using var edge = await EdgeInFront.StartAsync(context =>
        {
            (received, host) = (new HeaderDictionary(context.Request.Headers.ToDictionary()), context.Request.Host);
            return Task.CompletedTask;
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(edge.Address, "/hooks/wake"));
        request.Headers.Host = "gateway.example:8443";
        foreach (var name in (string[])["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Forwarded", OriginSignature.HeaderName])
            request.Headers.TryAddWithoutValidation(name, "127.0.0.1");

        using var response = await edge.Http.SendAsync(request);

        Assert.Equal("gateway.example:8443", host.Value);
        Assert.DoesNotContain(received!.Keys, name => name.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase) || name is "X-Real-IP" or "Forwarded");
        var secret = ServiceSecret.From(new ConfigurationBuilder().AddInMemoryCollection([new(ServiceSecret.Variable, EdgeInFront.Secret)]).Build());
        var signed = Assert.Single(received![OriginSignature.HeaderName]);
        Assert.Equal(SignatureCheck.Valid, OriginSignature.Check(secret, signed!, host.Value!, TimeProvider.System.GetUtcNow(), out var origin));
        Assert.Equal(new ClientOrigin("127.0.0.1", IsLocal: false, "http"), origin);
    }

    [Fact]
    public async Task Http10WithoutHost_ReachesTheCore()
    {
        await using var edge = await EdgeInFront.StartAsync(context => context.Response.WriteAsync("core"));
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(edge.Address.Host, edge.Address.Port);

        await client.GetStream().WriteAsync("GET /v1/models HTTP/1.0\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(client.GetStream());
        var answer = await reader.ReadToEndAsync().WithTimeout();

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.EndsWith("core", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HookBody_OverTheLimit_IsAnsweredInTheFormOfHooks()
    {
        await using var edge = await EdgeInFront.StartAsync(static _ => Task.CompletedTask);
        using var content = new ByteArrayContent(new byte[300 * 1024]);

        using var response = await edge.Http.PostAsync(new Uri(edge.Address, "/hooks/agent"), content).WithTimeout();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("""{"ok":false,"error":"The body is larger than 262144 bytes."}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task HeaderBeyondAscii_ReachesTheCore()
    {
        await using var edge = await EdgeInFront.StartAsync(context => context.Response.WriteAsync(context.Request.Headers.Cookie.ToString()));
        using var raw = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = static (_, _) => System.Text.Encoding.UTF8, UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(edge.Address, "/v1/models"));
        request.Headers.TryAddWithoutValidation("Cookie", "n=ä");

        using var answer = await raw.SendAsync(request);

        Assert.Equal("n=ä", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task BodyWithoutALength_OverTheLimit_Answers413()
    {
        await using var edge = await EdgeInFront.StartAsync(async context => await context.Request.Body.CopyToAsync(Stream.Null));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(edge.Address, "/hooks/agent")) { Content = new ByteArrayContent(new byte[300 * 1024]) };
        request.Headers.TransferEncodingChunked = true;

        using var response = await edge.Http.SendAsync(request).WithTimeout();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("""{"ok":false,"error":"The body is larger than 262144 bytes."}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task CoreThatBreaksOff_CutsTheAnswer_SoThatItDoesNotLookWhole()
    {
        await using var edge = await EdgeInFront.StartAsync(async context =>
        {
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        await Assert.ThrowsAsync<HttpRequestException>(() => edge.Http.GetStringAsync(new Uri(edge.Address, "/v1/x")).WithTimeout());
    }

    [Fact]
    public async Task HooksPath_WhenItChanges_IsForwardedAtOnce()
    {
        await using var edge = await EdgeInFront.StartAsync(context => context.Response.WriteAsync("core"));
        var address = new Uri(edge.Address, "/in/agent");
        var settings = edge.Services.GetRequiredService<EdgeSettingsStore>();
        settings.Use(new EdgeSettings());
        using (var before = await edge.Http.GetAsync(address))
            Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);

        settings.Use(new EdgeSettings { HooksPath = "/in" });

        await TestTimeouts.Until(() => Answer(edge, address) == "core", "the new route");
    }

    private static string Answer(EdgeInFront edge, Uri address)
    {
        using var response = edge.Http.Send(new HttpRequestMessage(HttpMethod.Get, address));
        using var reader = new StreamReader(response.Content.ReadAsStream());
        return reader.ReadToEnd();
    }
}
