using System.Text;
using OpenClaw.Gateway.Core.Agents.Replies;

namespace OpenClaw.Gateway.Core.Tests.Agents.Replies;

/// <summary>A growing text shows what a look at the whole of it would show, whatever the pieces are that it comes in.</summary>
public sealed class AssistantTextStreamTests
{
    /// <summary>Beginnings, ends and wholes of everything that means something in a reply, among text.</summary>
    private static readonly string[] Bits =
    [
        "a", " word", "\n", "\n\n", " ", "  \n", "M", "ME", "MEDIA", "MEDIA:", ":", " https://x.example/a.png", "N", "NO", "NO_REPLY", "_REPLY", "LY", "[", "[[", "]", "]]",
        "reply_to_current", "[link](x)", "<", "<think>", "</think>", "<b>", "final>", "`", "```\n", "é", "😀", "\t", "x",
    ];

    [Fact]
    public void Append_AnyPieces_ShowsWhatALookAtTheWholeShows()
    {
        var random = new Random(2026);
        for (var i = 0; i < 20_000; i++)
        {
            var bits = Enumerable.Range(0, random.Next(1, 16)).Select(_ => Bits[random.Next(Bits.Length)]).ToList();
            Assert.True(Whole(bits).SequenceEqual(Streamed(bits)), string.Join('|', bits).ReplaceLineEndings("\\n"));
        }
    }

    [Fact]
    public void Shown_OfEarlierSteps_StaysAsItWas()
    {
        var stream = new AssistantTextStream();
        var steps = Enumerable.Range(0, 1000).Select(i => stream.Append($" word{i}", newBlock: false)!).ToList();

        var text = new StringBuilder();
        foreach (var step in steps)
            Assert.Equal(text.Append(step.Delta).ToString(), step.Text.ToString());
    }

    [Fact]
    public void Append_NewBlock_BeginsALine()
    {
        var stream = new AssistantTextStream();
        stream.Append("one", newBlock: true);

        Assert.Equal("\ntwo", stream.Append("two", newBlock: true)!.Delta);
        Assert.Equal("two", stream.Raw(stream.Length - 3, stream.Length));
    }

    private static List<(string Text, string Delta)> Streamed(List<string> bits)
    {
        var stream = new AssistantTextStream();
        var steps = bits.Select(bit => stream.Append(bit, newBlock: false)).ToList();
        return [.. steps.Append(stream.Complete().Step).OfType<TextStep>().Select(static step => (step.Text.ToString(), step.Delta))];
    }

    /// <summary>The same from the whole text after each bit.</summary>
    private static List<(string Text, string Delta)> Whole(List<string> bits)
    {
        var (raw, shown, media) = ("", "", 0);
        var steps = new List<(string, string)>();
        for (var i = 0; i <= bits.Count; i++)
        {
            var complete = i == bits.Count;
            raw += complete ? "" : bits[i];
            var reply = ReplyDirectives.Parse(ReasoningTags.Split(raw, complete).Visible, complete);
            var text = complete ? (SilentReply.IsSilent(reply.Text) ? "" : reply.Text) : SilentReply.Showable(reply.Text).Trim();
            if (!text.StartsWith(shown, StringComparison.Ordinal) || text.Length == 0 || (text.Length == shown.Length && reply.MediaUrls.Count <= media))
                continue;
            steps.Add((text, text[shown.Length..]));
            (shown, media) = (text, reply.MediaUrls.Count);
        }
        return steps;
    }
}
