using System.Net.Sockets;
using System.Text;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Http;

/// <summary>What every endpoint of the API does alike.</summary>
public sealed class ApiPipelineTests
{
    private const string Chat = "v1/chat/completions";

    [Fact]
    public async Task WrongSecret_Is401_AndLocksAForeignAddressOut()
    {
        // A clock that stands still: the minute must not pass on a slow machine.
        await using var host = await ApiHost.StartAsync(time: new ManualTimeProvider());
        (string, string) foreign = ("X-Forwarded-For", "203.0.113.9");
        host.Http.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(401, (await host.PostAsync(Chat, "{}")).Status);
        var wrong = await host.PostAsync(Chat, "{}", ("Authorization", "Bearer nope"), foreign);

        for (var i = 0; i < 9; i++)
            await host.PostAsync(Chat, "{}", ("Authorization", "Bearer nope"), foreign);
        var locked = await host.PostAsync(Chat, "{}", ("Authorization", "bearer " + GatewayTestHost.Token), foreign);
        var local = await host.PostAsync(Chat, "{}", ("Authorization", "bearer " + GatewayTestHost.Token));

        Assert.Equal("""{"error":{"message":"Unauthorized","type":"unauthorized"}}""", wrong.Text);
        Assert.Equal("Bearer", wrong.Headers.WwwAuthenticate.Single().Scheme);
        Assert.Equal(429, locked.Status);
        Assert.InRange(locked.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(400, local.Status);
    }

    [Fact]
    public async Task Refusals_AreJsonOfTheRightStatus()
    {
        await using var host = await ApiHost.StartAsync("responses: { enabled: false }");

        var off = await host.PostAsync(Chat, "{}");
        var unknown = await host.PostAsync("v1/embeddings", "{}");
        var models = await host.GetAsync("v1/models");

        Assert.Equal((404, 404, 404), (off.Status, unknown.Status, models.Status));
        Assert.Contains("gateway.http.endpoints.chatCompletions.enabled", off.Text, StringComparison.Ordinal);
        Assert.Equal("not_found", unknown.ErrorType);
    }

    [Theory]
    [InlineData("GET", "v1/chat/completions", "POST")]
    [InlineData("DELETE", "v1/models", "GET, HEAD")]
    [InlineData("OPTIONS", "v1/chat/completions", "POST")]
    public async Task WrongMethod_Is405WithAllow(string method, string path, string allow)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await host.Http.SendAsync(request);

        Assert.Equal(405, (int)response.StatusCode);
        Assert.Equal(allow, string.Join(", ", response.Content.Headers.Allow));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task ConfiguredOrigin_MayCall_OthersMayNot()
    {
        await using var host = await ApiHost.StartAsync(gateway: """http: { cors: { allowedOrigins: ["https://app.example"] }, endpoints: { chatCompletions: { enabled: true } } }""");
        using var preflight = new HttpRequestMessage(HttpMethod.Options, Chat);
        using var foreign = new HttpRequestMessage(HttpMethod.Options, Chat);

        var allowed = await host.SendAsync(preflight, ("Origin", "https://app.example"), ("Access-Control-Request-Method", "POST"));
        var refused = await host.SendAsync(foreign, ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"));

        Assert.Equal((204, "https://app.example"), (allowed.Status, allowed.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        Assert.Equal(405, refused.Status);
        Assert.False(refused.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("Content-Length: 300000\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n")]
    public async Task BodyOverTheLimit_Is413_AlsoForAClientThatOnlyWrites(string framing)
    {
        await using var host = await ApiHost.StartAsync("chatCompletions: { enabled: true, maxBodyBytes: 65536 }");
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", host.Gateway.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /{Chat} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {GatewayTestHost.Token}\r\n{framing}\r\n"));
        var chunked = framing.StartsWith('T');
        for (var sent = 0; sent < 300_000; sent += 100_000)
        {
            if (chunked)
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"{100_000:x}\r\n"));
            await stream.WriteAsync(new byte[100_000]);
            if (chunked)
                await stream.WriteAsync("\r\n"u8.ToArray());
        }
        if (chunked)
            await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(stream);

        var answer = await reader.ReadToEndAsync().WithTimeout();

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("""{"error":{"message":"The body is larger than 65536 bytes.","type":"request_too_large"}}""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StoppingGateway_EndsARunWith503()
    {
        await using var host = await ApiHost.StartAsync();
        host.Model.Enqueue(Fakes.OpenAi.FakeReply.Script(new Fakes.OpenAi.HangStep()));
        var asking = host.PostAsync(Chat, """{"messages":[{"role":"user","content":"hi"}]}""");
        await host.Model.WaitForRequestsAsync(1, TestTimeouts.Wait);

        await host.Gateway.StopAsync();
        var answer = await asking.WithTimeout();

        Assert.Equal((503, "unavailable"), (answer.Status, answer.ErrorType));
        Assert.Equal(1, answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
    }
}
