using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenClaw.Cli.Output;

/// <summary>JSON as commands print it: like <c>JSON.stringify(value, null, 2)</c>, which is what scripts compare with.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        NewLine = "\n",
    };

    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Indents JSON that came from a gateway; numbers stay as they were written.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static string Indent(ReadOnlySpan<byte> json)
    {
        var text = new StringBuilder(json.Length * 2);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1024 });
        var first = true;
        var afterName = false;
        while (reader.Read())
        {
            var ends = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
            if (!ends && !first && !afterName)
                text.Append(',');
            if (!(ends && first) && !afterName && text.Length > 0)
                text.Append('\n').Append(' ', reader.CurrentDepth * 2);
            Append(text, ref reader);
            first = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            afterName = reader.TokenType is JsonTokenType.PropertyName;
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                AppendQuoted(text, reader.GetString()!);
                break;
            case JsonTokenType.PropertyName:
                AppendQuoted(text, reader.GetString()!);
                text.Append(": ");
                break;
            default:
                text.Append(Encoding.UTF8.GetString(reader.ValueSpan));
                break;
        }
    }

    /// <summary>Escapes what JSON demands and nothing else, so that an emoji stays one.</summary>
    private static void AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' => text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }
        text.Append('"');
    }

    /// <summary>Writes an indented document.</summary>
    public static string Write(Action<Utf8JsonWriter> write) => Write(write, Indented);

    /// <summary>Writes a document on one line.</summary>
    public static string WriteLine(Action<Utf8JsonWriter> write) => Write(write, OneLine);

    /// <summary>Bytes of a request's params.</summary>
    public static byte[] Params(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, OneLine))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static string Write(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, options))
            write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
