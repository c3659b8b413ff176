using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Http;

public sealed class MalformedRequestTests
{
    private const string Sections = """hooks: { enabled: true, token: "hooktok", maxBodyBytes: 16384 }""";

    /// <summary>Over 3,000 bad requests: each gets JSON with a right status, and none a 500.</summary>
    [Fact]
    public async Task EveryBadRequest_IsAnsweredInJsonWithARightStatus()
    {
        var corpus = MalformedCorpus.All().ToList();
        Assert.True(corpus.Count >= 3000, $"only {corpus.Count}");
        await using var host = await StartAsync();
        var wrong = new ConcurrentBag<string>();

        await Parallel.ForEachAsync(corpus.Index(), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (item, cancellationToken) =>
        {
            if (await ComplaintAsync(host, item.Item, item.Index, cancellationToken) is { } complaint)
                wrong.Add(complaint);
        });

        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {corpus.Count}:\n{string.Join('\n', wrong.Order(StringComparer.Ordinal).Take(40))}");
    }

    /// <summary>Bodies that stop coming: the server's own minimum rate ends them.</summary>
    [Theory]
    [InlineData("v1/chat/completions", GatewayTestHost.Token)]
    [InlineData("v1/responses", GatewayTestHost.Token)]
    [InlineData("tools/invoke", GatewayTestHost.Token)]
    [InlineData("hooks/agent", "hooktok")]
    public async Task BodyThatStopsComing_Is408(string path, string token)
    {
        await using var host = await StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", host.Gateway.Port);
        var stream = client.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /{path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Length: 1000\r\n\r\n{{\"a\":"));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync().WithTimeout();

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("The body did not come in time.", answer, StringComparison.Ordinal);
    }

    /// <summary>Callers come through a proxy, so that each of them can have an address of its own.</summary>
    private static Task<ApiHost> StartAsync() => ApiHost.StartAsync(
        $"chatCompletions: {{ enabled: true, maxBodyBytes: {MalformedCorpus.MaxBodyBytes} }}, responses: {{ enabled: true, maxBodyBytes: {MalformedCorpus.MaxBodyBytes} }}",
        Sections,
        """trustedProxies: ["127.0.0.1"]""");

    private static async Task<string?> ComplaintAsync(ApiHost host, BadRequest bad, int number, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, bad.Path) { Content = new ByteArrayContent(bad.Body) };
        if (bad.Encoding is { } encoding)
            request.Content.Headers.ContentEncoding.Add(encoding);
        if (bad.Path.StartsWith("hooks", StringComparison.Ordinal))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "hooktok");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", $"203.0.{number / 250}.{number % 250}");
        using var response = await host.Http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var status = (int)response.StatusCode;
        if (!bad.Statuses.Contains(status))
            return $"{bad.Name}: {status} {text}";
        // One of the wrong values makes a good request of it, for a stream.
        if (status == 200 && response.Content.Headers.ContentType?.MediaType == "text/event-stream")
            return null;
        if (response.Content.Headers.ContentType?.ToString() != "application/json; charset=utf-8")
            return $"{bad.Name}: {response.Content.Headers.ContentType}";
        return IsRight(status, text) ? null : $"{bad.Name}: {status} {text}";
    }

    private static bool IsRight(int status, string text)
    {
        try
        {
            var answer = JsonNode.Parse(text)!;
            return status < 400 || !string.IsNullOrEmpty(answer["error"] is JsonValue plain ? (string?)plain : (string?)answer["error"]?["message"]);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
