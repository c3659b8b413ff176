using System.Text.Json;

namespace OpenClaw.Testing;

/// <summary>One recorded message or the end of a connection; see tests/Transcripts/README.md.</summary>
/// <param name="Direction"><c>c2s</c>, <c>s2c</c> or <c>close</c>.</param>
/// <param name="Connection">Name of the connection; empty when the file has only one.</param>
/// <param name="Frame">The message, when it was JSON.</param>
/// <param name="Raw">The message's text, or a description of its bytes, when it was not.</param>
/// <param name="Binary">True for a binary message.</param>
/// <param name="CloseCode">Close code, of <c>close</c>.</param>
/// <param name="CloseReason">Close reason, of <c>close</c>.</param>
public sealed record TranscriptLine(
    string Direction, string Connection, JsonElement? Frame, string? Raw, bool Binary, int? CloseCode, string? CloseReason);

/// <summary>A recorded session.</summary>
public sealed record Transcript(string Name, IReadOnlyList<TranscriptLine> Lines)
{
    private static string Directory { get; } = Path.Combine(RepositoryRoot.Path, "tests", "Transcripts", "ws");

    /// <summary>Names of all recorded WebSocket sessions.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. System.IO.Directory.EnumerateFiles(Directory, "*.jsonl").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>Reads a session.</summary>
    public static Transcript Load(string name) =>
        new(name, [.. File.ReadLines(Path.Combine(Directory, name + ".jsonl")).Select(Parse)]);

    private static TranscriptLine Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        return new TranscriptLine(
            root.GetProperty("dir").GetString()!,
            Text("conn") ?? "",
            root.TryGetProperty("frame", out var frame) ? frame.Clone() : null,
            Text("raw"),
            root.TryGetProperty("binary", out var binary) && binary.GetBoolean(),
            root.TryGetProperty("code", out var code) ? code.GetInt32() : null,
            Text("reason"));

        string? Text(string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
