using System.Globalization;
using System.Text;

namespace OpenClaw.Cli.Output;

/// <summary>Text of others on its way to a terminal.</summary>
internal static class TerminalText
{
    /// <summary>
    /// The text without control characters, which a terminal would obey: log lines, session names and answers quote strangers.
    /// Line feeds and tabs stay.
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
            result.Append(text, start, i - start).Append(CultureInfo.InvariantCulture, $"\\x{(int)text[i]:x2}");
            start = i + 1;
        }
        return result.Append(text, start, text.Length - start).ToString();
    }

    private static int IndexOfOrder(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && text[i] is not ('\n' or '\t'))
                return i;
        }
        return -1;
    }
}
