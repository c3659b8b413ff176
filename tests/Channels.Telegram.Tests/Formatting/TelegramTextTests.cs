using OpenClaw.Channels.Telegram.Formatting;

namespace OpenClaw.Channels.Telegram.Tests.Formatting;

/// <summary>Markdown as the API's HTML.</summary>
public sealed class TelegramTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("**bold** __bold__ *it* _it_ ~~s~~ ||hidden||", "<b>bold</b> <b>bold</b> <i>it</i> <i>it</i> <s>s</s> <tg-spoiler>hidden</tg-spoiler>")]
    [InlineData("**bold *and italic***", "<b>bold <i>and italic</i></b>")]
    [InlineData("***both*** and **one**", "<b><i>both</i></b> and <b>one</b>")]
    [InlineData("a < b && c > d \"q\"", "a &lt; b &amp;&amp; c &gt; d \"q\"")]
    [InlineData("<b>no tag</b>", "&lt;b&gt;no tag&lt;/b&gt;")]
    [InlineData("`a < b` and ``x ` y``", "<code>a &lt; b</code> and <code>x ` y</code>")]
    [InlineData("`**not bold**`", "<code>**not bold**</code>")]
    [InlineData("[link](https://e.org/a?b=1&c=2)", "<a href=\"https://e.org/a?b=1&amp;c=2\">link</a>")]
    [InlineData("[wiki](https://e.org/a_(b))", "<a href=\"https://e.org/a_(b)\">wiki</a>")]
    [InlineData("[**b**](https://e.org) tail", "<a href=\"https://e.org\">**b**</a> tail")]
    [InlineData("[x](javascript:alert(1)) [y](\"><b)", "[x](javascript:alert(1)) [y](\"&gt;&lt;b)")]
    [InlineData("[a](https://e.org/\"onclick=1)", "<a href=\"https://e.org/&quot;onclick=1\">a</a>")]
    [InlineData("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4")]
    [InlineData("**open *marks _and `ticks", "**open *marks _and `ticks")]
    [InlineData("\\*not\\* \\<i\\>", "*not* &lt;i&gt;")]
    [InlineData("# Title\n\ntext", "Title\n\ntext")]
    [InlineData("- a\n* b\n+ c\n  - d\n1. e", "• a\n• b\n• c\n  • d\n1. e")]
    [InlineData("> quoted\n> more", "quoted\nmore")]
    [InlineData("```cs\nlet a = 1 < 2;\n```\nafter", "<pre><code>let a = 1 &lt; 2;\n</code></pre>\nafter")]
    [InlineData("```\nnever closed **b**", "<pre><code>never closed **b**\n</code></pre>")]
    [InlineData("| a | b |\n| --- | --- |\n| 1 | 2 |", "<pre><code>| a | b |\n| --- | --- |\n| 1 | 2 |\n</code></pre>")]
    [InlineData("a | b\nnot a table", "a | b\nnot a table")]
    [InlineData("", "")]
    public void FromMarkdown_IsTheApisHtml(string markdown, string html) => Assert.Equal(html, TelegramText.FromMarkdown(markdown).Html);

    [Fact]
    public void FromMarkdown_PlainHasTheWordsAlone() =>
        Assert.Equal("Title\n\nbold it s code link\n\n• item\nlet a = 1 < 2;", TelegramText.FromMarkdown("# Title\n\n**bold** _it_ ~~s~~ `code` [link](https://e.org)\n\n- item\n```\nlet a = 1 < 2;\n```").Plain);

    /// <summary>Whatever comes, the tags are whole: the fake refuses what is not, as the API does.</summary>
    [Fact]
    public void FromMarkdown_AnyText_HasWholeTags()
    {
        string[] pieces = ["**", "*", "_", "__", "~~", "||", "`", "```", "\n", "[", "](", "https://e.org", ")", "a", " ", "<", ">", "&", "\\", "|", "#", "- ", "> ", "é", "👍"];
        var state = 12345u;
        for (var i = 0; i < 3000; i++)
        {
            var text = "";
            for (var j = 0; j < 25; j++)
            {
                state = (state * 1664525) + 1013904223;
                text += pieces[(state >> 8) % pieces.Length];
            }
            Assert.Null(TagFault(TelegramText.FromMarkdown(text).Html));
        }
    }

    [Fact]
    public void FromMarkdown_HostileText_TakesNoLongerThanAnyOther()
    {
        // A renderer that looks for every end from every beginning needs minutes for these.
        foreach (var text in (string[])[new string('*', 20_000), string.Concat(Enumerable.Repeat("[a](", 5000)), string.Concat(Enumerable.Repeat("**a ", 5000)), new string('>', 20_000), string.Concat(Enumerable.Repeat("`_", 10_000))])
            Assert.NotNull(TelegramText.FromMarkdown(text).Html);
    }

    private static string? TagFault(string html)
    {
        var open = new Stack<string>();
        for (var i = html.IndexOf('<'); i >= 0; i = html.IndexOf('<', i + 1))
        {
            var tag = html[(i + 1)..html.IndexOf('>', i)];
            if (!tag.StartsWith('/'))
                open.Push(tag.Split(' ')[0]);
            else if (!open.TryPop(out var expected) || expected != tag[1..])
                return html;
        }
        return open.Count > 0 ? html : null;
    }
}
