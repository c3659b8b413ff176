using System.Globalization;
using System.Text;

namespace OpenClaw.Cli.Output;

/// <summary>Text of others on its way to a terminal.</summary>
internal static class TerminalText
{
    /// <summary>
    /// The text without characters that a terminal would obey, and without those that turn text around or hide it: log lines,
    /// device names and answers quote strangers. Line feeds and tabs stay.
    /// </summary>
    public static string Harmless(string text)
    {
        var first = IndexOfOrder(text, 0);
        if (first < 0)
            return text;
        var result = new StringBuilder(text.Length + 16);
        var start = 0;
        for (var i = first; i >= 0; i = IndexOfOrder(text, start))
        {
            result.Append(text, start, i - start);
            var code = (int)text[i];
            if (code <= 0xff)
                result.Append(CultureInfo.InvariantCulture, $"\\x{code:x2}");
            else
                result.Append(CultureInfo.InvariantCulture, $"\\u{{{code:x}}}");
            start = i + 1;
        }
        return result.Append(text, start, text.Length - start).ToString();
    }

    /// <summary>As <see cref="Harmless"/>, and in one line: nobody's words can look like a line of ours.</summary>
    public static string HarmlessLine(string text) => Harmless(text.Replace("\r\n", "\\n", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal));

    private static int IndexOfOrder(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            if ((char.IsControl(text[i]) && text[i] is not ('\n' or '\t')) || Deceives(text[i]))
                return i;
        }
        return -1;
    }

    /// <summary>Marks of writing direction (Unicode's Bidi_Control), separators that look like line ends, and what takes no room at all.</summary>
    private static bool Deceives(char c) =>
        c is '\u061c' or '\u200b' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or '\u2060' or (>= '\u2066' and <= '\u2069') or '\ufeff';
}
