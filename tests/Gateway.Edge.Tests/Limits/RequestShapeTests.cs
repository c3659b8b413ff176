using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using OpenClaw.Gateway.Edge.Limits;
using OpenClaw.Gateway.Edge.Tests.Forwarding;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Edge.Tests.Limits;

public sealed class RequestShapeTests
{
    [Theory]
    [InlineData("CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n")]
    [InlineData("TRACE /v1/models HTTP/1.1\r\nHost: a\r\n\r\n")]
    public async Task TunnelsAndTraces_AreRefusedInJson(string request)
    {
        await using var edge = await EdgeInFront.StartAsync(static _ => Task.CompletedTask);

        var answer = await AskAsync(edge, request);

        Assert.StartsWith("HTTP/1.1 405", answer, StringComparison.Ordinal);
        Assert.Contains("X-Content-Type-Options: nosniff", answer, StringComparison.Ordinal);
        Assert.Contains("Allow: GET", answer, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"method_not_allowed\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RequestShape.MaxHeaders + 1, 1)]
    [InlineData(4, RequestShape.MaxHeaderLength / 4)]
    public async Task TooManyHeaders_AreRefusedInJson(int count, int length)
    {
        await using var edge = await EdgeInFront.StartAsync(static _ => Task.CompletedTask);
        using var request = RequestWith(edge, count, length);

        using var answer = await edge.Http.SendAsync(request).WithTimeout();

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
        Assert.Contains("\"type\":\"headers_too_large\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AsManyHeadersAsAreAllowed_ReachTheCore()
    {
        await using var edge = await EdgeInFront.StartAsync(static context => context.Response.WriteAsync("core"));
        // The client sends Host by itself.
        using var request = RequestWith(edge, RequestShape.MaxHeaders - 1, 200);

        using var answer = await edge.Http.SendAsync(request).WithTimeout();

        Assert.Equal("core", await answer.Content.ReadAsStringAsync());
    }

    private static HttpRequestMessage RequestWith(EdgeInFront edge, int headers, int length)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(edge.Address, "/v1/models"));
        for (var number = 0; number < headers; number++)
            request.Headers.Add($"X-Header-{number}", new string('a', length));
        return request;
    }

    private static async Task<string> AskAsync(EdgeInFront edge, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(edge.Address.Host, edge.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal)));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync().WithTimeout();
    }
}
