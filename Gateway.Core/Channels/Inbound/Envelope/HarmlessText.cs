using System.Text;
using System.Text.RegularExpressions;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Envelope;

/// <summary>
/// Makes what people write, and what they call themselves, fit to stand beside the gateway's own lines: nobody can forge an envelope, another
/// sender's message, a quote or a message id, and nothing that cannot be seen reaches the model.
/// </summary>
internal static partial class HarmlessText
{
    /// <summary>Longest text of one message; what people paste is shorter (channels.md A2, 50 000), and a channel that is not ours may send anything.</summary>
    public const int MaxLength = 100_000;

    private const int MaxLabelLength = 80;

    /// <summary>A message's words.</summary>
    public static string Body(string text)
    {
        var kept = Visible(text, keepsLines: true).Trim();
        if (kept.Length > MaxLength)
            kept = kept[..(char.IsHighSurrogate(kept[MaxLength - 1]) ? MaxLength - 1 : MaxLength)] + "\n(The rest was cut off: the message is too long.)";
        return Marks().Replace(kept, static mark => "(" + mark.Value[1..]);
    }

    /// <summary>A name or title: one line, without brackets and colons that could end what stands around it.</summary>
    public static string? Label(string? text)
    {
        if (text is null)
            return null;
        var line = Visible(text, keepsLines: false).Replace('[', '(').Replace(']', ')').Trim();
        line = Blanks().Replace(line, " ").Replace(": ", " ", StringComparison.Ordinal).TrimEnd(':');
        if (line.Length > MaxLabelLength)
            line = line[..(char.IsHighSurrogate(line[MaxLabelLength - 1]) ? MaxLabelLength - 1 : MaxLabelLength)] + "…";
        return line.Length == 0 ? null : line;
    }

    private static string Visible(string text, bool keepsLines)
    {
        var builder = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsSurrogate(c))
            {
                var isPair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
                // Tag characters (U+E0000…) are read by models and shown by nobody; flags of three countries are made of them.
                if (isPair && char.ConvertToUtf32(c, text[i + 1]) is < 0xE0000 or > 0xE007F)
                    builder.Append(c).Append(text[i + 1]);
                if (isPair)
                    i++;
                else
                    builder.Append('\uFFFD');
            }
            else if (c is '\r')
            {
                if (i + 1 >= text.Length || text[i + 1] != '\n')
                    builder.Append(keepsLines ? '\n' : ' ');
            }
            else if (c is '\n' or '\t' or '\u2028' or '\u2029' or '\u0085')
            {
                builder.Append(keepsLines ? (c == '\t' ? '\t' : '\n') : ' ');
            }
            else if (!char.IsControl(c) && !IsDirection(c))
            {
                builder.Append(c);
            }
        }
        return builder.ToString();
    }

    private static bool IsDirection(char c) => c is '\u200E' or '\u200F' or '\u061C' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF';

    /// <summary>Brackets that begin what only the gateway writes. A message id counts anywhere, the others where a line begins.</summary>
    [GeneratedRegex(
        @"\[(?=\s*message_id\s*:)|\[(?=\s*id:[^\]\n]{0,100}\bchat:)|(?<=^[\p{Z}\t\u200B-\u200D\u2060]*)\[(?=\s*(?:/?(?:Replying|Quoting)\b|Forwarded from\b|Chat messages since\b|Current message\b|Queued messages\b|media attached\b|[^\]\n]{0,400}\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}))|(?<=^[\p{Z}\t\u200B-\u200D\u2060]*System:\s*)\[",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\s{2,}")]
    private static partial Regex Blanks();
}
