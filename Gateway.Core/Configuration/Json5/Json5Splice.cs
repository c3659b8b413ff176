using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Json5;

/// <summary>Adds items to, and takes them out of, the text of one object or list: commas, lines and comments included.</summary>
internal static class Json5Splice
{
    /// <summary>The text with a member (or, without a name, an item) added at the end of the container.</summary>
    public static string Insert(Json5Document document, Json5Style style, Json5Node container, string? name, JsonNode? value)
    {
        var text = document.Text;
        var items = Items(container);
        var close = container.End - 1;
        var outer = Json5Style.LineIndent(text, container.Start);
        if (items.Count == 0)
        {
            var indent = outer + style.Unit;
            var kept = text[(container.Start + 1)..close];
            // An empty container may still hold comments.
            kept = kept.Any(c => !Json5Scanner.IsBlank(c)) ? kept.TrimEnd() : "";
            return text[..(container.Start + 1)] + kept + style.NewLine + indent + Write(indent) + style.NewLine + outer + text[close..];
        }

        var last = items[^1];
        var comma = FindComma(text, last.End, close);
        var own = Json5Style.IndentOf(text, last.Start);
        if (own is null)
        {
            return comma < 0
                ? text[..last.End] + ", " + WriteInline() + text[last.End..]
                : text[..(comma + 1)] + " " + WriteInline() + "," + text[(comma + 1)..];
        }
        var line = EndOfLineTrivia(text, comma < 0 ? last.End : comma + 1, close);
        return comma < 0
            ? text[..last.End] + "," + text[last.End..line].TrimEnd(' ', '\t') + style.NewLine + own + Write(own) + Tail(line)
            : text[..line] + style.NewLine + own + Write(own) + "," + Tail(line);

        string Write(string indent) => name is null ? style.Value(value, indent) : style.Member(name, value, indent);

        string WriteInline() => name is null ? style.Inline(value) : style.InlineMember(name, value);

        // A bracket that stands on the last item's line moves to a line of its own.
        string Tail(int from) => from == close ? style.NewLine + outer + text[from..] : text[from..];
    }

    /// <summary>The text without the last member of that name, or without the item of that index.</summary>
    public static string Remove(Json5Document document, Json5Node container, string key)
    {
        var text = document.Text;
        var items = Items(container);
        var index = items.Count - 1;
        if (container is Json5Object obj)
        {
            while (obj.Members[index].Name != key)
                index--;
        }
        else
            ConfigPath.IsIndex(key, out index);

        var (start, end) = items[index];
        var limit = index + 1 < items.Count ? items[index + 1].Start : container.End - 1;
        var comma = FindComma(text, end, limit);
        var before = -1;
        if (comma >= 0)
            end = comma + 1;
        else if (index > 0)
            before = FindComma(text, items[index - 1].End, start);

        var lineStart = Json5Style.LineStart(text, start);
        var lineEnd = EndOfLineTrivia(text, end, limit);
        if (Json5Style.IndentOf(text, start) is not null && lineEnd < text.Length && text[lineEnd] is '\r' or '\n')
        {
            start = lineStart;
            end = lineEnd + (text[lineEnd] == '\r' && lineEnd + 1 < text.Length && text[lineEnd + 1] == '\n' ? 2 : 1);
        }
        else if (before >= 0 && IsBlank(text, before + 1, start))
        {
            start = before;
            before = -1;
        }
        else if (before < 0)
        {
            while (end < limit && text[end] is ' ' or '\t')
                end++;
        }
        return before >= 0
            ? text[..before] + text[(before + 1)..start] + text[end..]
            : text[..start] + text[end..];
    }

    private static List<(int Start, int End)> Items(Json5Node container) => container switch
    {
        Json5Object obj => [.. obj.Members.Select(member => (member.Start, member.Value.End))],
        Json5Array array => [.. array.Items.Select(item => (item.Start, item.End))],
        _ => throw new ArgumentException("Only objects and lists have items.", nameof(container)),
    };

    /// <summary>The comma between an item and the next one (or the bracket), past comments; -1 without one.</summary>
    private static int FindComma(string text, int from, int limit)
    {
        for (var i = from; i < limit; i++)
        {
            if (text[i] == ',')
                return i;
            if (text[i] == '/')
                i = EndOfComment(text, i) - 1;
        }
        return -1;
    }

    /// <summary>The end of the blanks and comments that belong to a line; stops at its end or at the limit.</summary>
    private static int EndOfLineTrivia(string text, int from, int limit)
    {
        var i = from;
        while (i < limit)
        {
            if (text[i] == '/')
            {
                var end = EndOfComment(text, i);
                if (text.AsSpan(i, end - i).Contains('\n'))
                    return i;
                i = end;
            }
            else if (text[i] is ' ' or '\t')
                i++;
            else
                return i;
        }
        return limit;
    }

    private static int EndOfComment(string text, int start)
    {
        if (text[start + 1] == '*')
            return text.IndexOf("*/", start + 2, StringComparison.Ordinal) + 2;
        var end = start;
        while (end < text.Length && !Json5Scanner.IsLineEnd(text[end]))
            end++;
        return end;
    }

    private static bool IsBlank(string text, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (!Json5Scanner.IsBlank(text[i]))
                return false;
        }
        return true;
    }
}
