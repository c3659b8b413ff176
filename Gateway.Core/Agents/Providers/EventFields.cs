using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>Reads the fields of a model's events. A field of another kind than expected counts as missing.</summary>
internal static class EventFields
{
    public static JsonElement? Object(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    /// <summary>A text, always valid.</summary>
    public static string? Text(JsonElement owner, string name) => Piece(owner, name) is { } text ? PairedText.Mend(text) : null;

    /// <summary>A piece of a longer text, which may begin or end with half of a surrogate pair.</summary>
    public static string? Piece(JsonElement owner, string name)
    {
        if (!owner.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a pair, escaped: JSON by its grammar, but no text to the reader.
            return Unescape(JsonMarshal.GetRawUtf8Value(value)[1..^1]);
        }
    }

    public static long? Number(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? Math.Max(0, number) : null;

    private static string Unescape(ReadOnlySpan<byte> raw)
    {
        var text = new StringBuilder(raw.Length);
        while (raw.IndexOf((byte)'\\') is var at and >= 0)
        {
            text.Append(Encoding.UTF8.GetString(raw[..at]));
            var escape = raw[at + 1];
            raw = raw[(at + 2)..];
            if (escape == 'u')
            {
                text.Append((char)ushort.Parse(raw[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                raw = raw[4..];
                continue;
            }
            text.Append(escape switch { (byte)'b' => '\b', (byte)'f' => '\f', (byte)'n' => '\n', (byte)'r' => '\r', (byte)'t' => '\t', _ => (char)escape });
        }
        return text.Append(Encoding.UTF8.GetString(raw)).ToString();
    }
}
