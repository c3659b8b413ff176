using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace OpenClaw.EndToEnd.Tests.Chaos;

/// <summary>
/// A program that uses the gateway by HTTP: it asks, by turns for a whole answer and for a stream, and asks something else when it is refused or cut off.
/// It never waits without an end: that would fail it.
/// </summary>
internal sealed class ChaosHttpClient(string name, Uri gateway, ChaosLog log) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http = new() { Timeout = ChaosTests.Patience };

    public async Task RunAsync(CancellationToken stop)
    {
        for (var number = 1; !stop.IsCancellationRequested; number++)
        {
            await AskAsync($"{name}.{number}", stream: number % 2 == 0);
            // As a client does that was told to come again.
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task AskAsync(string id, bool stream)
    {
        var body = new JsonObject { ["model"] = "openclaw", ["stream"] = stream, ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = $"<{id}>" }) };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, "/v1/chat/completions")) { Content = new StringContent(body.ToJsonString()) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", IRunningGateway.Token);
        log.Add("http-attempt", id);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
            var text = await answer.Content.ReadAsStringAsync(CancellationToken.None);
            if (answer.StatusCode is not HttpStatusCode.OK)
                log.Add("http-refuse", id, Describe(answer, text));
            else if (stream)
                log.Add(text.Contains("\"error\"", StringComparison.Ordinal) ? "http-drop" : "http-answer", id, StreamedText(text));
            else
                log.Add("http-answer", id, (string)JsonNode.Parse(text)!["choices"]![0]!["message"]!["content"]!);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            log.Add("http-drop", id, e.Message);
        }
    }

    /// <summary>The text of a stream; one that ends without saying so has none.</summary>
    private static string StreamedText(string stream)
    {
        var data = stream.Split('\n').Where(static line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(static line => line["data: ".Length..]).ToList();
        return data is [.., "[DONE]"] ? string.Concat(data[..^1].Select(static line => (string?)JsonNode.Parse(line)!["choices"]?[0]?["delta"]?["content"])) : "";
    }

    private static string Describe(HttpResponseMessage answer, string text) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode}{(answer.Headers.RetryAfter is null ? "" : " retry")} {text}");
}
