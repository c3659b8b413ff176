using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Gateway.Core.Channels.Previews;

/// <summary>Where a block of a preview ends, if there is such a place.</summary>
internal enum BlockBreak
{
    /// <summary>Between paragraphs, else at a line's end, else behind a sentence.</summary>
    Paragraph,

    /// <summary>At a line's end.</summary>
    Newline,

    /// <summary>Behind a sentence.</summary>
    Sentence,
}

/// <summary>How an account shows answers while they are written (<c>streamMode</c>, <c>draftChunk</c>).</summary>
/// <param name="MaxLength">Characters of the longest text that is shown; a longer one would be several messages.</param>
internal sealed record PreviewOptions(int MaxLength)
{
    /// <summary>The API's limit of a draft (channels.md A2).</summary>
    private const int LongestDraft = 4096;

    private const int DefaultTextLimit = 4000;

    // The peer's numbers for draftChunk.
    private const int DefaultMin = 200;
    private const int DefaultMax = 800;

    /// <summary>The text grows by blocks (<c>block</c>), and not by whatever has come (<c>partial</c>).</summary>
    public bool InBlocks { get; init; }

    /// <summary>Characters of the smallest block.</summary>
    public int MinBlock { get; init; } = DefaultMin;

    /// <summary>Characters of the largest one.</summary>
    public int MaxBlock { get; init; } = DefaultMax;

    /// <summary>Where a block ends.</summary>
    public BlockBreak Break { get; init; }

    /// <summary>Reads them; null when answers are not shown before they are done.</summary>
    /// <param name="section">The account's settings. For a channel that has previews they say <c>partial</c> where nothing is set.</param>
    public static PreviewOptions? Of(ConfigSection section)
    {
        var mode = section.Text("streamMode")?.ToLowerInvariant();
        if (mode is not ("partial" or "block"))
            return null;
        var limit = (int)Math.Min(section.Int("textChunkLimit") is > 0 and var set ? set : DefaultTextLimit, LongestDraft);
        var blocks = section.Section("draftChunk");
        var max = Math.Min(blocks.Int("maxChars") is > 0 and var written ? written : DefaultMax, limit);
        return new PreviewOptions(limit)
        {
            InBlocks = mode == "block",
            MaxBlock = max,
            MinBlock = Math.Min(blocks.Int("minChars") is > 0 and var least ? least : DefaultMin, max),
            Break = blocks.Text("breakPreference") switch { "newline" => BlockBreak.Newline, "sentence" => BlockBreak.Sentence, _ => BlockBreak.Paragraph },
        };
    }
}
