using System.Text;
using System.Text.RegularExpressions;

namespace OpenClaw.Channels.Telegram.Formatting;

/// <summary>
/// Markdown to the API's HTML, line by line: headings become plain lines, list items get a bullet, quotes lose their mark, tables and fenced code become
/// code blocks. Every tag that is opened is closed, whatever the Markdown; everything else is escaped.
/// </summary>
internal sealed partial class MarkdownRenderer
{
    private readonly StringBuilder _html = new();
    private readonly StringBuilder _plain = new();
    private readonly InlineRenderer _inline;

    public MarkdownRenderer() => _inline = new InlineRenderer(_html, _plain);

    public TelegramText Render(string markdown)
    {
        var lines = markdown.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length;)
        {
            if (Fence().Match(lines[i]) is { Success: true } fence)
                i = RenderFence(lines, i, fence);
            else if (IsTable(lines, i))
                i = RenderTable(lines, i);
            else
                RenderLine(lines[i++]);
        }
        return new TelegramText(_html.ToString().TrimEnd(), _plain.ToString().TrimEnd());
    }

    private void RenderLine(string line)
    {
        if (Heading().Match(line) is { Success: true } heading)
            line = heading.Groups["text"].Value;
        else if (Rule().IsMatch(line))
            line = "———";
        else if (Item().Match(line) is { Success: true } item)
            line = item.Groups["indent"].Value + "• " + item.Groups["text"].Value;
        else if (Quote().Match(line) is { Success: true } quote)
            line = quote.Groups["text"].Value;
        _inline.Render(line);
        Append("\n");
    }

    private int RenderFence(string[] lines, int start, Match open)
    {
        var mark = open.Groups["mark"].Value;
        var end = start + 1;
        while (end < lines.Length && !(lines[end].Trim().StartsWith(mark, StringComparison.Ordinal) && lines[end].Trim().Trim(mark[0]).Length == 0))
            end++;
        RenderCode(lines.AsSpan(start + 1, end - start - 1));
        return Math.Min(end + 1, lines.Length);
    }

    private int RenderTable(string[] lines, int start)
    {
        var end = start;
        while (end < lines.Length && lines[end].Contains('|'))
            end++;
        RenderCode(lines.AsSpan(start, end - start));
        return end;
    }

    private void RenderCode(ReadOnlySpan<string> lines)
    {
        var code = string.Join('\n', lines) + "\n";
        _html.Append("<pre><code>").Append(InlineRenderer.Escape(code)).Append("</code></pre>\n");
        _plain.Append(code).Append('\n');
    }

    private static bool IsTable(string[] lines, int index) =>
        index + 1 < lines.Length && lines[index].Contains('|') && lines[index + 1].Contains('|') && TableRule().IsMatch(lines[index + 1]);

    private void Append(string text)
    {
        _html.Append(text);
        _plain.Append(text);
    }

    [GeneratedRegex(@"^ {0,3}(?<mark>`{3,}|~{3,})[^`]*$", RegexOptions.NonBacktracking)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^ {0,3}#{1,6}\s+(?<text>.*?)(\s+#+)?\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^ {0,3}(-\s*-\s*-[\s-]*|\*\s*\*\s*\*[\s*]*|_\s*_\s*_[\s_]*)$", RegexOptions.NonBacktracking)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^(?<indent>\s*)[-*+]\s+(?<text>.*)$", RegexOptions.NonBacktracking)]
    private static partial Regex Item();

    [GeneratedRegex(@"^ {0,3}(>\s?)+(?<text>.*)$", RegexOptions.NonBacktracking)]
    private static partial Regex Quote();

    [GeneratedRegex(@"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex TableRule();
}
