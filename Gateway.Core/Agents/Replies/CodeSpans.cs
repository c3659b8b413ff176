namespace OpenClaw.Gateway.Core.Agents.Replies;

/// <summary>Finds fenced and inline code in markdown, as far as it matters for leaving it alone.</summary>
internal static class CodeSpans
{
    public static List<(int Start, int End)> Find(string text)
    {
        var spans = new List<(int, int)>();
        var position = 0;
        while (position < text.Length && text.IndexOf('`', position) is var tick and >= 0)
        {
            var run = RunLength(text, tick);
            var fence = run >= 3 && IsLineStart(text, tick);
            var close = fence ? FindFenceEnd(text, tick + run, run) : FindInlineEnd(text, tick + run, run);
            if (close < 0)
            {
                if (fence)
                {
                    // A fence that is still open reaches to the end.
                    spans.Add((tick, text.Length));
                    break;
                }
                position = tick + run;
                continue;
            }
            spans.Add((tick, close));
            position = close;
        }
        return spans;
    }

    public static bool Contains(List<(int Start, int End)> spans, int index) =>
        spans.Exists(span => index >= span.Start && index < span.End);

    private static int FindFenceEnd(string text, int from, int run)
    {
        for (var at = text.IndexOf("```", from, StringComparison.Ordinal); at >= 0; at = text.IndexOf("```", at + 1, StringComparison.Ordinal))
        {
            if (IsLineStart(text, at) && RunLength(text, at) >= run)
                return at + RunLength(text, at);
        }
        return -1;
    }

    private static int FindInlineEnd(string text, int from, int run)
    {
        for (var at = text.IndexOf('`', from); at >= 0;)
        {
            var length = RunLength(text, at);
            if (text.AsSpan(from, at - from).Contains("\n\n", StringComparison.Ordinal))
                return -1;
            if (length == run)
                return at + run;
            at = at + length < text.Length ? text.IndexOf('`', at + length) : -1;
        }
        return -1;
    }

    private static int RunLength(string text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] == '`')
            end++;
        return end - at;
    }

    private static bool IsLineStart(string text, int at)
    {
        while (at > 0 && text[at - 1] == ' ')
            at--;
        return at == 0 || text[at - 1] == '\n';
    }
}
