using System.Buffers;
using System.Text;

namespace OpenClaw.Gateway.Core.Channels.Replies;

/// <summary>Where a long text is cut.</summary>
internal enum ChunkMode
{
    /// <summary>As late as possible: at a line's end, else at a blank outside of parentheses, else anywhere.</summary>
    Length,

    /// <summary>Between paragraphs, where they fit.</summary>
    Newline,
}

/// <summary>
/// Cuts a text into messages. A block of code that is cut is closed in the one and opened again in the next, so that each is well formed. Lengths are
/// UTF-16 units (channels.md A1, chunking); a character of two units is never cut.
/// </summary>
internal static class TextChunks
{
    private const string Fence = "```";

    private const int MaxLanguage = 20;

    private static readonly SearchValues<char> LanguageCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-#_.");

    public static IReadOnlyList<string> Of(string text, int limit, ChunkMode mode)
    {
        // Room for the fence that is closed and opened again.
        limit = Math.Max(limit, 64);
        var parts = mode is ChunkMode.Newline ? Paragraphs(text, limit) : [text];
        var chunks = new List<string>();
        foreach (var part in parts)
            Cut(part, limit, chunks);
        return chunks;
    }

    private static void Cut(string text, int limit, List<string> chunks)
    {
        var rest = text.AsSpan().Trim('\n').ToString();
        while (rest.Length > limit)
        {
            var at = CutAt(rest, limit, out var opening);
            var head = rest[..at].TrimEnd();
            rest = rest[at..].TrimStart('\n');
            if (opening is null)
            {
                rest = rest.TrimStart();
                if (head.Length > 0)
                    chunks.Add(head);
                continue;
            }
            chunks.Add(head + "\n" + Fence);
            rest = opening + "\n" + rest;
        }
        if (!string.IsNullOrWhiteSpace(rest))
            chunks.Add(rest);
    }

    /// <summary>Where to cut, and the line that opens the block of code which is cut; null when none is.</summary>
    private static int CutAt(string text, int limit, out string? opening)
    {
        var at = Break(text, limit);
        opening = OpenFence(text.AsSpan(0, at));
        if (opening is null)
            return at;
        var start = text.AsSpan(0, at).LastIndexOf(opening, StringComparison.Ordinal);
        // Before the block, if something stands there; it may fit whole into the next message.
        if (start > limit / 2 && text[..start].Trim().Length > 0)
        {
            opening = null;
            return start;
        }
        var room = limit - Fence.Length - 1;
        at = text.LastIndexOf('\n', room - 1, room) is var line && line > opening.Length + start ? line : room;
        return Whole(text, at);
    }

    private static int Break(string text, int limit)
    {
        var line = text.LastIndexOf('\n', limit - 1, limit);
        if (line > 0)
            return line;
        var depth = 0;
        var blank = 0;
        for (var i = 0; i < limit; i++)
        {
            if (text[i] is '(')
                depth++;
            else if (text[i] is ')' && depth > 0)
                depth--;
            else if (depth == 0 && char.IsWhiteSpace(text[i]) && i > 0)
                blank = i;
        }
        return blank > 0 ? blank : Whole(text, limit);
    }

    private static int Whole(string text, int at) => at < text.Length && char.IsLowSurrogate(text[at]) && at > 1 ? at - 1 : at;

    private static string? OpenFence(ReadOnlySpan<char> text)
    {
        string? open = null;
        foreach (var line in text.EnumerateLines())
        {
            if (line.TrimStart().StartsWith(Fence, StringComparison.Ordinal))
                open = open is null ? line.ToString() : null;
        }
        // What stands there besides the name of a language is text, and is not said again in each message.
        return open is null || open.AsSpan().TrimStart().TrimStart('`') is { Length: <= MaxLanguage } language && language.Trim().IndexOfAnyExcept(LanguageCharacters) < 0 ? open : Fence;
    }

    private static List<string> Paragraphs(string text, int limit)
    {
        var paragraphs = new List<string>();
        var current = new StringBuilder();
        var inCode = false;
        foreach (var line in text.Split('\n'))
        {
            if (line.TrimStart().StartsWith(Fence, StringComparison.Ordinal))
                inCode = !inCode;
            if (line.Trim().Length == 0 && !inCode)
            {
                End();
                continue;
            }
            if (current.Length > 0)
                current.Append('\n');
            current.Append(line);
        }
        End();
        return paragraphs;

        void End()
        {
            if (current.Length > 0)
                paragraphs.Add(current.ToString());
            current.Clear();
        }
    }
}
