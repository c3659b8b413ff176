using System.Globalization;
using System.Text;

namespace OpenClaw.Benchmarks.Package;

/// <summary>The home of somebody who has talked for years.</summary>
internal static class LargeState
{
    private const int Sessions = 128;
    private const long BytesPerSession = 8_000_000;

    /// <summary>Fills a home directory, and returns its path.</summary>
    public static async Task<string> CreateAsync(string home)
    {
        var sessions = Directory.CreateDirectory(Path.Combine(home, "state", "agents", "main", "sessions")).FullName;
        var index = new StringBuilder("{");
        for (var session = 0; session < Sessions; session++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{session:x12}");
            index.Append(CultureInfo.InvariantCulture, $"{(session == 0 ? "" : ",")}\"agent:main:s{session}\":{{\"sessionId\":\"{id}\",\"updatedAt\":{1_790_000_000_000 + session},\"chatType\":\"direct\"}}");
            await WriteTranscriptAsync(Path.Combine(sessions, id + ".jsonl"), id);
        }
        await File.WriteAllTextAsync(Path.Combine(sessions, "sessions.json"), index.Append('}').ToString());
        return home;
    }

    private static async Task WriteTranscriptAsync(string path, string id)
    {
        await using var writer = new StreamWriter(path) { NewLine = "\n" };
        await writer.WriteLineAsync($$"""{"type":"session","version":3,"id":"{{id}}","timestamp":"2026-01-01T00:00:00.000Z","cwd":"/"}""");
        var text = string.Concat(Enumerable.Repeat("What was said here some time ago. ", 60));
        var written = 0L;
        string? parent = null;
        for (var line = 0; written < BytesPerSession; line++)
        {
            var role = line % 2 == 0 ? "user" : "assistant";
            var name = line.ToString("x8", CultureInfo.InvariantCulture);
            var above = parent is null ? "null" : $"\"{parent}\"";
            var entry = $$$"""{"type":"message","id":"{{{name}}}","parentId":{{{above}}},"timestamp":"2026-01-01T00:00:00.000Z","message":{"role":"{{{role}}}","content":[{"type":"text","text":"{{{text}}}"}],"timestamp":1767225600000}}""";
            await writer.WriteLineAsync(entry);
            written += entry.Length;
            parent = name;
        }
    }
}
