using System.Runtime.CompilerServices;
using System.Text.Json;
using OpenClaw.Gateway.Core.Sessions.Json;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>The parsed lines of a transcript, one after the other; unreadable ones are passed over.</summary>
internal static class TranscriptLines
{
    /// <summary>Streams a file. Each document is valid until the next one is asked for. A missing file has no lines.</summary>
    public static async IAsyncEnumerable<JsonElement> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            yield break;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        using var lines = new LineReader(file);
        while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            using var document = Parse(lines.Line.Trim(" \t\r"u8));
            if (document is not null)
                yield return document.RootElement;
        }
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> line)
    {
        if (line.IsEmpty)
            return null;
        try
        {
            return JsonDocument.Parse(JsonLayout.Clean(line), new JsonDocumentOptions { MaxDepth = JsonLayout.MaxDepth });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
