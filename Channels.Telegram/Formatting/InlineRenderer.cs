using System.Text;

namespace OpenClaw.Channels.Telegram.Formatting;

/// <summary>The marks within a line.</summary>
/// <param name="html">Receives the text with tags.</param>
/// <param name="plain">Receives it without.</param>
internal sealed class InlineRenderer(StringBuilder html, StringBuilder plain)
{
    /// <summary>Marks within marks; deeper ones are shown as they are.</summary>
    private const int MaxDepth = 6;

    private static readonly (string Mark, string Tag)[] Pairs =
    [
        ("**", "b"),
        ("__", "b"),
        ("~~", "s"),
        ("||", "tg-spoiler"),
        ("*", "i"),
        ("_", "i"),
    ];

    public void Render(string line) => Render(line, 0);

    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private void Render(string text, int depth)
    {
        var literal = 0;
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '\\' && i + 1 < text.Length && char.IsAscii(text[i + 1]) && (char.IsPunctuation(text[i + 1]) || char.IsSymbol(text[i + 1])))
            {
                Literal(text[literal..i]);
                literal = i + 1;
                i += 2;
                continue;
            }
            var end = TryCode(text, i, ref literal) ?? TryLink(text, i, ref literal, depth) ?? TryPair(text, i, ref literal, depth);
            if (end is { } next)
                literal = i = next;
            else
                i++;
        }
        Literal(text[literal..]);
    }

    private int? TryCode(string text, int start, ref int literal)
    {
        if (text[start] != '`')
            return null;
        var ticks = 1;
        while (start + ticks < text.Length && text[start + ticks] == '`')
            ticks++;
        var close = text.IndexOf(new string('`', ticks), start + ticks, StringComparison.Ordinal);
        if (close <= start + ticks)
            return null;
        Literal(text[literal..start]);
        var code = text[(start + ticks)..close];
        html.Append("<code>").Append(Escape(code)).Append("</code>");
        plain.Append(code);
        return close + ticks;
    }

    private int? TryLink(string text, int start, ref int literal, int depth)
    {
        // Pictures by address are no more to this channel than links.
        var isPicture = text[start] == '!' && start + 1 < text.Length && text[start + 1] == '[';
        var open = isPicture ? start + 1 : start;
        if (text[open] != '[' || depth >= MaxDepth)
            return null;
        var middle = text.IndexOf("](", open, StringComparison.Ordinal);
        if (middle <= open + 1 || text.AsSpan(open + 1, middle - open - 1).Contains('['))
            return null;
        var close = ClosingParenthesis(text, middle + 2);
        if (close < 0)
            return null;
        var url = text[(middle + 2)..close].Trim().Split(' ')[0].Trim('<', '>');
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https" or "tg" or "mailto" or "tel"))
            return null;
        Literal(text[literal..start]);
        html.Append("<a href=\"").Append(Escape(url).Replace("\"", "&quot;", StringComparison.Ordinal)).Append("\">");
        // A link cannot hold a link.
        Render(text[(open + 1)..middle], MaxDepth);
        html.Append("</a>");
        return close + 1;
    }

    private int? TryPair(string text, int start, ref int literal, int depth)
    {
        if (depth >= MaxDepth)
            return null;
        foreach (var (mark, tag) in Pairs)
        {
            if (string.CompareOrdinal(text, start, mark, 0, mark.Length) != 0 || !Opens(text, start, mark))
                continue;
            var close = FindClose(text, start + mark.Length, mark);
            if (close < 0)
                continue;
            Literal(text[literal..start]);
            html.Append('<').Append(tag).Append('>');
            Render(text[(start + mark.Length)..close], depth + 1);
            html.Append("</").Append(tag).Append('>');
            return close + mark.Length;
        }
        return null;
    }

    /// <summary>A mark opens before a word; an underscore within a word is none.</summary>
    private static bool Opens(string text, int start, string mark)
    {
        var after = start + mark.Length;
        if (after >= text.Length || char.IsWhiteSpace(text[after]))
            return false;
        // Of three the first two are bold, and the third is italic within.
        if (text[after] == mark[0] && !(mark == "**" && after + 1 < text.Length && text[after + 1] != '*'))
            return false;
        return mark[0] != '_' || start == 0 || !char.IsLetterOrDigit(text[start - 1]);
    }

    private static int FindClose(string text, int from, string mark)
    {
        for (var i = from; i <= text.Length - mark.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
                continue;
            }
            if (text[i] == '`' && text.IndexOf('`', i + 1) is var tick && tick > 0)
            {
                i = tick;
                continue;
            }
            if (string.CompareOrdinal(text, i, mark, 0, mark.Length) != 0)
                continue;
            var after = i + mark.Length;
            var isLonger = mark.Length == 1 && after < text.Length && text[after] == mark[0];
            if (isLonger)
            {
                i++;
                continue;
            }
            if (mark.Length == 2 && after < text.Length && text[after] == mark[0])
                continue;
            if (i > from && !char.IsWhiteSpace(text[i - 1]) && (mark[0] != '_' || after >= text.Length || !char.IsLetterOrDigit(text[after])))
                return i;
        }
        return -1;
    }

    private static int ClosingParenthesis(string text, int from)
    {
        var depth = 0;
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '(')
                depth++;
            else if (text[i] == ')' && depth-- == 0)
                return i;
        }
        return -1;
    }

    private void Literal(string text)
    {
        html.Append(Escape(text));
        plain.Append(text);
    }
}
