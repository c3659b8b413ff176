namespace OpenClaw.Gateway.Core.Agents.Replies;

/// <summary>
/// Text in which nothing is a tag, a reply tag, a media line or the silent word: most answers, and most of the others for long. What of it
/// can be shown is found at its end, however long it is.
/// </summary>
internal static class PlainText
{
    /// <summary>Whether <paramref name="text"/>, which was plain before its last <paramref name="added"/> characters came, is plain with them.</summary>
    public static bool Continues(ReadOnlySpan<char> text, int added)
    {
        // What is looked for may have begun before.
        var end = text[Math.Max(0, text.Length - added - ReplyDirectives.MediaPrefix.Length)..];
        return !end.Contains('<')
            && !end.Contains("[[", StringComparison.Ordinal)
            && !end.Contains(ReplyDirectives.MediaPrefix, StringComparison.Ordinal)
            && !text.TrimStart().StartsWith(SilentReply.Token, StringComparison.Ordinal);
    }

    /// <summary>How much of a plain text that goes on can be shown. It begins with no white space.</summary>
    public static int ShowableLength(ReadOnlySpan<char> text)
    {
        var line = text[(text.LastIndexOf('\n') + 1)..];
        // It may become a media line, or a reply tag.
        if (line.TrimStart() is { Length: > 0 } begun && ReplyDirectives.MediaPrefix.AsSpan().StartsWith(begun, StringComparison.Ordinal))
            text = text[..^line.Length];
        else if (text.EndsWith('['))
            text = text[..^1];
        text = text.TrimEnd();
        var last = text[(text.LastIndexOf('\n') + 1)..];
        // It may become the silent word.
        if (last.TrimStart() is { Length: > 0 } word && SilentReply.Token.AsSpan().StartsWith(word, StringComparison.Ordinal))
            text = text[..^last.Length].TrimEnd();
        return text.Length;
    }
}
