using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using OpenClaw.Gateway.Core.Sessions.Json;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>
/// The messages of a transcript as clients see them: the last ones in file order, whatever branch they are on, as stored,
/// but user texts without what the gateway put around them. A compaction shows as a message of role <c>system</c>.
/// </summary>
internal static class ChatHistory
{
    /// <summary>Messages when a client names no number.</summary>
    public const int DefaultLimit = 200;

    /// <summary>Most messages in one answer.</summary>
    public const int MaxLimit = 1000;

    /// <summary>Most bytes of JSON in one answer; the oldest messages give way. The peer's number.</summary>
    public const int MaxBytes = 6_291_456;

    /// <summary>Reads from the end of the file, so that its length does not matter. A missing file has no messages.</summary>
    public static async Task<IReadOnlyList<RawJson>> ReadAsync(string path, int limit, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return [];
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var lines = new ReverseLineReader(file);
        var messages = new List<RawJson>();
        var bytes = 2L; // the brackets around them
        while (messages.Count < Math.Clamp(limit, 1, MaxLimit) && await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (Project(lines.Line) is not { } message)
                continue;
            bytes += message.Utf8.Length + (messages.Count > 0 ? 1 : 0);
            if (bytes > MaxBytes && messages.Count > 0)
                break;
            messages.Add(message);
        }
        messages.Reverse();
        return messages;
    }

    private static RawJson? Project(ReadOnlyMemory<byte> line)
    {
        try
        {
            // Most lines that are no message are small; most of the bytes are messages.
            var entry = new RawJson(JsonLayout.Clean(line.Trim(" \t\r"u8)));
            if (entry["message"] is { TokenType: JsonTokenType.StartObject } message)
                return Validate(line) ? UserView(message) : null;
            return entry["type"].AsString() == "compaction" && Validate(line) ? Compaction(entry) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A torn line may well contain a whole message.</summary>
    private static bool Validate(ReadOnlyMemory<byte> line) => TranscriptLine.Parse(line.Span.Trim(" \t\r"u8)) is not null;

    private static RawJson UserView(RawJson message)
    {
        // A copy: the line buffer is reused.
        var compact = JsonLayout.Compact(message.Utf8.Span);
        if (!string.Equals(message["role"].AsString(), "user", StringComparison.OrdinalIgnoreCase))
            return new RawJson(compact);

        var content = message["content"];
        return new RawJson(content.TokenType switch
        {
            JsonTokenType.String => WithText(compact, content.AsString()!, "content"),
            JsonTokenType.StartArray => WithBlocks(compact, content),
            _ when message["text"].AsString() is { } text => WithText(compact, text, "text"),
            _ => compact,
        });
    }

    private static byte[] WithText(byte[] json, string text, string name)
    {
        var stripped = EnvelopeText.Strip(text);
        return ReferenceEquals(stripped, text) ? json : JsonSplice.Replace(json, RawJson.From(stripped).Utf8.Span, name) ?? json;
    }

    private static byte[] WithBlocks(byte[] json, RawJson content)
    {
        using var document = JsonDocument.Parse(content.Utf8);
        var output = new ArrayBufferWriter<byte>(content.Utf8.Length);
        var changed = false;
        foreach (var block in document.RootElement.EnumerateArray())
        {
            output.Write(output.WrittenCount == 0 ? "["u8 : ","u8);
            var raw = JsonMarshal.GetRawUtf8Value(block);
            var text = MessageReader.Text(block, "type") == "text" ? MessageReader.Text(block, "text") : null;
            if (text is not null && EnvelopeText.Strip(text) is var stripped && !ReferenceEquals(stripped, text))
            {
                changed = true;
                raw = JsonSplice.Replace(raw, RawJson.From(stripped).Utf8.Span, "text");
            }
            output.Write(raw);
        }
        output.Write("]"u8);
        return changed ? JsonSplice.Replace(json, JsonLayout.Compact(output.WrittenSpan), "content") ?? json : json;
    }

    private static RawJson Compaction(RawJson entry)
    {
        var time = DateTimeOffset.TryParse(entry["timestamp"].AsString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) ? parsed.ToUnixTimeMilliseconds() : 0;
        var buffer = new ArrayBufferWriter<byte>(160);
        using (var writer = new Utf8JsonWriter(buffer, SessionsJson.Writer))
        {
            writer.WriteStartObject();
            writer.WriteString("role", "system");
            writer.WriteStartArray("content");
            writer.WriteStartObject();
            writer.WriteString("type", "text");
            writer.WriteString("text", "Compaction");
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteNumber("timestamp", time);
            writer.WriteStartObject("__openclaw");
            writer.WriteString("kind", "compaction");
            if (entry["id"].AsString() is { } id)
                writer.WriteString("id", id);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return new RawJson(buffer.WrittenMemory);
    }
}
