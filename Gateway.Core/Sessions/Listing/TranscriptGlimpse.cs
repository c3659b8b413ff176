using System.Text.Json;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Sessions.Transcripts;

namespace OpenClaw.Gateway.Core.Sessions.Listing;

/// <summary>
/// Looks at the two ends of a transcript, so that a list of thousands of sessions costs two small reads for each. The
/// sizes are the peer's: beyond them a list shows no title or preview.
/// </summary>
internal static class TranscriptGlimpse
{
    private const int HeadBytes = 8 * 1024;
    private const int HeadLines = 10;
    private const int TailBytes = 16 * 1024;
    private const int TailLines = 20;

    /// <summary>The first text of the user; null when the start of the file has none.</summary>
    public static async Task<string?> FirstUserTextAsync(string path, CancellationToken cancellationToken)
    {
        var head = await ReadAsync(path, fromEnd: false, HeadBytes, cancellationToken).ConfigureAwait(false);
        return Lines(head).Take(HeadLines).Select(static line => Text(line, static role => role == "user")).FirstOrDefault(static text => text is not null);
    }

    /// <summary>The last text of user or assistant; null when the end of the file has none.</summary>
    public static async Task<string?> LastTextAsync(string path, CancellationToken cancellationToken)
    {
        var tail = await ReadAsync(path, fromEnd: true, TailBytes, cancellationToken).ConfigureAwait(false);
        return Lines(tail).Where(static line => !line.IsEmpty).Reverse().Take(TailLines)
            .Select(static line => Text(line, static role => role is "user" or "assistant")).FirstOrDefault(static text => text is not null);
    }

    private static string? Text(ReadOnlyMemory<byte> line, Func<string, bool> accepts)
    {
        try
        {
            if (line.IsEmpty)
                return null;
            using var document = JsonDocument.Parse(JsonLayout.Clean(line), new JsonDocumentOptions { MaxDepth = JsonLayout.MaxDepth });
            var message = MessageReader.Member(document.RootElement, "message");
            if (MessageReader.Text(message, "role") is not { } role || !accepts(role))
                return null;
            var content = MessageReader.Member(message, "content");
            return content.ValueKind switch
            {
                JsonValueKind.String => Trimmed(content.GetString()),
                JsonValueKind.Array => content.EnumerateArray()
                    .Where(static part => MessageReader.Text(part, "type") is "text" or "output_text" or "input_text")
                    .Select(static part => Trimmed(MessageReader.Text(part, "text")))
                    .FirstOrDefault(static text => text is not null),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null; // The line is cut by the window, or was never whole.
        }
    }

    private static string? Trimmed(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    private static List<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> text)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        while (text.Span.IndexOf((byte)'\n') is >= 0 and var feed)
        {
            lines.Add(text[..feed].Trim(" \t\r"u8));
            text = text[(feed + 1)..];
        }
        lines.Add(text.Trim(" \t\r"u8));
        return lines;
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(string path, bool fromEnd, int size, CancellationToken cancellationToken)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var length = RandomAccess.GetLength(file);
            var buffer = new byte[Math.Min(size, length)];
            var read = await RandomAccess.ReadAsync(file, buffer, fromEnd ? length - buffer.Length : 0, cancellationToken).ConfigureAwait(false);
            return buffer.AsMemory(0, read);
        }
        catch (FileNotFoundException)
        {
            return default;
        }
        catch (DirectoryNotFoundException)
        {
            return default;
        }
    }
}
