using System.Runtime.InteropServices;
using System.Text.Json;

namespace OpenClaw.Gateway.Protocol.Schema;

/// <summary>Measures JSON strings where they lie, without making a string of them.</summary>
internal static class JsonText
{
    /// <summary>Number of code points of a JSON string; an unpaired surrogate counts as one.</summary>
    public static int CodePoints(JsonElement text)
    {
        var raw = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        var count = 0;
        var afterHigh = false;
        for (var i = 0; i < raw.Length; i++)
        {
            var (high, low) = (false, false);
            if (raw[i] == '\\' && raw[++i] == 'u')
            {
                (high, low) = Surrogate(raw.Slice(i + 1, 2));
                i += 4;
            }
            // Continuation bytes belong to the code point that was counted with its first byte.
            if ((raw[i] & 0xC0) != 0x80 && !(low && afterHigh))
                count++;
            afterHigh = high;
        }
        return count;
    }

    /// <summary>Whether the two first hex digits of a <c>\u</c> escape make it a high or a low surrogate.</summary>
    public static (bool High, bool Low) Surrogate(ReadOnlySpan<byte> digits)
    {
        if ((digits[0] | 0x20) != 'd')
            return (false, false);
        var second = (char)(digits[1] | 0x20);
        return (second is '8' or '9' or 'a' or 'b', second is 'c' or 'd' or 'e' or 'f');
    }
}
