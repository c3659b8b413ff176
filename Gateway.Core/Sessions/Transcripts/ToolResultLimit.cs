using System.Globalization;
using OpenClaw.Gateway.Core.Agents.Messages;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>Keeps one tool result from making a transcript unusable: text beyond the limit is not stored.</summary>
internal static class ToolResultLimit
{
    /// <summary>Most characters of text in one stored result; the peer's number.</summary>
    public const int MaxChars = 400_000;

    private const int LeastChars = 2_000;
    private const int NoticeChars = 160;

    /// <summary>The content as it is stored; several text blocks share the limit by their size.</summary>
    public static IReadOnlyList<ContentBlock> Apply(IReadOnlyList<ContentBlock> content)
    {
        var total = content.OfType<TextBlock>().Sum(static block => (long)block.Text.Length);
        if (total <= MaxChars)
            return content;
        return [.. content.Select(block => block is TextBlock text ? Cut(text, (double)text.Text.Length / total) : block)];
    }

    private static TextBlock Cut(TextBlock block, double share)
    {
        var budget = Math.Max(LeastChars, (int)(MaxChars * share) - NoticeChars);
        if (block.Text.Length <= budget)
            return block;

        // At a line end when one is near, and never between the halves of a surrogate pair.
        var line = block.Text.LastIndexOf('\n', budget);
        var cut = line > budget * 0.8 ? line : char.IsHighSurrogate(block.Text[budget - 1]) ? budget - 1 : budget;
        var notice = string.Create(CultureInfo.InvariantCulture, $"\n\n[Cut when stored: {block.Text.Length - cut} more characters. Ask the tool for a smaller part.]");
        return block with { Text = block.Text[..cut] + notice };
    }
}
