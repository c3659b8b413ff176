using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace OpenClaw.Gateway.Core.Sessions.Json;

/// <summary>
/// Changes only the white space of a JSON text: names, strings and numbers keep their bytes, so whatever another
/// program stored survives a round trip (number spelling, escapes, half surrogate pairs). Comments and trailing
/// commas are dropped on the way.
/// </summary>
internal static class JsonLayout
{
    /// <summary>Deeper nesting than this is refused; real state nests less than ten levels.</summary>
    public const int MaxDepth = 256;

    private static readonly JsonReaderOptions Tolerant = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = MaxDepth,
    };

    /// <summary>One line, no spaces: the form of transcript lines and of the wire.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static byte[] Compact(ReadOnlySpan<byte> json) => Format(json, depth: -1, clean: false);

    /// <summary>
    /// A text that every JSON reader takes: half surrogate pairs, which JavaScript stores as escapes, and bytes that are
    /// no UTF-8 become U+FFFD. The same memory when nothing is wrong; otherwise compact.
    /// </summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static ReadOnlyMemory<byte> Clean(ReadOnlyMemory<byte> json)
    {
        var text = ToValidUtf8(json);
        var mayHoldHalf = text.Span.IndexOf("\\ud"u8) >= 0 || text.Span.IndexOf("\\uD"u8) >= 0;
        return mayHoldHalf ? Format(text.Span, depth: -1, clean: true) : text;
    }

    /// <summary>Two spaces per level, as if the value stood at <paramref name="depth"/> of a larger text: the form of state files.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static byte[] Indent(ReadOnlySpan<byte> json, int depth = 0) => Format(json, depth, clean: false);

    /// <summary>Replaces byte sequences that are not UTF-8, as the peer does when it reads them; no copy when there are none.</summary>
    public static ReadOnlyMemory<byte> ToValidUtf8(ReadOnlyMemory<byte> text) =>
        Utf8.IsValid(text.Span) ? text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text.Span));

    /// <summary>A reader over a file as people edit it: comments and trailing commas are fine.</summary>
    public static Utf8JsonReader Read(ReadOnlySpan<byte> json) => new(json, Tolerant);

    private static byte[] Format(ReadOnlySpan<byte> json, int depth, bool clean)
    {
        var output = new ArrayBufferWriter<byte>(json.Length + 16);
        var indented = depth >= 0;
        var level = Math.Max(depth, 0);
        var reader = Read(json);
        var previous = JsonTokenType.None;
        while (reader.Read())
        {
            var token = reader.TokenType;
            var closes = token is JsonTokenType.EndObject or JsonTokenType.EndArray;
            var opened = previous is JsonTokenType.StartObject or JsonTokenType.StartArray;
            if (closes)
                level--;
            if (previous is not (JsonTokenType.None or JsonTokenType.PropertyName))
            {
                if (!closes && !opened)
                    output.Write(","u8);
                if (indented && !(closes && opened))
                    NewLine(output, level);
            }
            WriteToken(output, ref reader, indented, clean);
            if (token is JsonTokenType.StartObject or JsonTokenType.StartArray)
                level++;
            previous = token;
        }
        return output.WrittenSpan.ToArray();
    }

    private static void WriteToken(ArrayBufferWriter<byte> output, ref Utf8JsonReader reader, bool indented, bool clean)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                WriteText(output, ref reader, clean);
                output.Write(indented ? ": "u8 : ":"u8);
                break;
            case JsonTokenType.String:
                WriteText(output, ref reader, clean);
                break;
            default:
                output.Write(reader.ValueSpan);
                break;
        }
    }

    private static void WriteText(ArrayBufferWriter<byte> output, ref Utf8JsonReader reader, bool clean)
    {
        if (clean && reader.ValueIsEscaped)
        {
            output.Write(JsonSerializer.SerializeToUtf8Bytes(LenientText.Read(ref reader), SessionsJson.Context.String));
            return;
        }
        output.Write("\""u8);
        output.Write(reader.ValueSpan);
        output.Write("\""u8);
    }

    private static void NewLine(ArrayBufferWriter<byte> output, int level)
    {
        var span = output.GetSpan(1 + (2 * level));
        span[0] = (byte)'\n';
        span.Slice(1, 2 * level).Fill((byte)' ');
        output.Advance(1 + (2 * level));
    }
}
