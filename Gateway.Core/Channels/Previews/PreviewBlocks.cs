namespace OpenClaw.Gateway.Core.Channels.Previews;

/// <summary>How much of a growing text is shown when it grows by blocks.</summary>
internal static class PreviewBlocks
{
    /// <summary>Where the shown part ends now.</summary>
    /// <param name="text">All of the text so far.</param>
    /// <param name="shown">Where it ended before.</param>
    /// <param name="options">How large blocks are, and where they end.</param>
    public static int EndOf(ReadOnlySpan<char> text, int shown, PreviewOptions options)
    {
        while (Block(text[shown..], options) is > 0 and var length)
            shown += length;
        return shown;
    }

    /// <summary>Characters of the next block; 0 while it is not complete.</summary>
    private static int Block(ReadOnlySpan<char> rest, PreviewOptions options)
    {
        if (rest.Length < options.MinBlock)
            return 0;
        var window = rest[..Math.Min(rest.Length, options.MaxBlock)];
        var preferred = options.Break switch
        {
            BlockBreak.Newline => Line(window),
            BlockBreak.Sentence => Sentence(window),
            _ => Paragraph(window) is > 0 and var paragraph && paragraph >= options.MinBlock ? paragraph
                : Line(window) is > 0 and var line && line >= options.MinBlock ? line : Sentence(window),
        };
        if (preferred >= options.MinBlock)
            return preferred;
        // A line is waited for; of the other two is none there, a word's end does.
        if (rest.Length < options.MaxBlock && options.Break is BlockBreak.Newline)
            return 0;
        var blank = window.LastIndexOfAny(" \t\n");
        return blank >= options.MinBlock ? blank : rest.Length < options.MaxBlock ? 0 : Whole(rest, window.Length);
    }

    private static int Paragraph(ReadOnlySpan<char> window) => window.LastIndexOf("\n\n");

    private static int Line(ReadOnlySpan<char> window) => window.LastIndexOf('\n');

    /// <summary>Behind the last mark that ends a sentence.</summary>
    private static int Sentence(ReadOnlySpan<char> window)
    {
        for (var i = window.Length - 1; i >= 0; i--)
        {
            if (window[i] is '.' or '!' or '?' && (i + 1 == window.Length || char.IsWhiteSpace(window[i + 1])))
                return i + 1;
        }
        return 0;
    }

    private static int Whole(ReadOnlySpan<char> text, int at) => at < text.Length && char.IsLowSurrogate(text[at]) && at > 1 ? at - 1 : at;
}
