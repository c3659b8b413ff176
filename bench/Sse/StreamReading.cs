using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace OpenClaw.Benchmarks.Sse;

/// <summary>One client that reads one stream, and how long each delta was under way.</summary>
internal static class StreamReading
{
    /// <summary>Latencies in milliseconds, in the order of the deltas.</summary>
    public static async Task<List<double>> ReadAsync(HttpClient http, Uri baseUrl, string token, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(baseUrl + "/chat/completions"))
        {
            Content = new StringContent($$"""{"model":"openclaw","stream":true,"user":"bench-{{number}}","messages":[{"role":"user","content":"go"}]}"""),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var latencies = new List<double>();
        while (await reader.ReadLineAsync() is { } line)
        {
            var now = Stopwatch.GetTimestamp();
            // One event can carry several deltas, where they came while it was being written.
            for (var at = line.IndexOf(" t", StringComparison.Ordinal); at >= 0; at = line.IndexOf(" t", at + 2, StringComparison.Ordinal))
            {
                var end = at + 2;
                while (end < line.Length && char.IsAsciiDigit(line[end]))
                    end++;
                if (end > at + 2)
                    latencies.Add((now - long.Parse(line.AsSpan(at + 2, end - at - 2), CultureInfo.InvariantCulture)) * 1000.0 / Stopwatch.Frequency);
            }
        }
        return latencies;
    }
}
