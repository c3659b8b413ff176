using System.Buffers;
using System.Text;
using System.Text.Unicode;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Json;

/// <summary>Makes JSON text safe to decode: ill-formed Unicode in it becomes U+FFFD.</summary>
/// <remarks>
/// The peer takes strings with an unpaired surrogate (a client that cuts a text in the middle of an emoji sends them as an
/// escape) and replaces bytes that are not UTF-8. System.Text.Json throws on both, far from the place where they came in.
/// </remarks>
internal static class WellFormedJson
{
    /// <summary>Length of <c>\uXXXX</c>.</summary>
    private const int EscapeLength = 6;

    private static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>
    /// <paramref name="json"/> itself when it is well-formed, else a repaired copy. Positions in the copy are those of the
    /// original when the original was valid UTF-8. Text that is not JSON stays so.
    /// </summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
            json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span));
        var unpaired = NextUnpaired(json.Span, 0);
        if (unpaired < 0)
            return json;
        var copy = json.ToArray();
        for (; unpaired >= 0; unpaired = NextUnpaired(copy, unpaired + EscapeLength))
            "\\ufffd"u8.CopyTo(copy.AsSpan(unpaired));
        return copy;
    }

    /// <summary>Index of the next escape that is half of a surrogate pair without the other half, or -1.</summary>
    private static int NextUnpaired(ReadOnlySpan<byte> json, int from)
    {
        while (true)
        {
            var offset = json[from..].IndexOf((byte)'\\');
            if (offset < 0)
                return -1;
            from += offset;
            var (high, low) = SurrogateAt(json[from..]);
            if (low || (high && !SurrogateAt(json[(from + EscapeLength)..]).Low))
                return from;
            from = Math.Min(json.Length, from + (high ? 2 * EscapeLength : 2));
        }
    }

    private static (bool High, bool Low) SurrogateAt(ReadOnlySpan<byte> text) =>
        text.Length >= EscapeLength && text.StartsWith("\\u"u8) && !text[2..EscapeLength].ContainsAnyExcept(Hex)
            ? JsonText.Surrogate(text[2..])
            : (false, false);
}
