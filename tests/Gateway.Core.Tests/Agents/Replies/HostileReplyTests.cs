using OpenClaw.Gateway.Core.Agents.Replies;

namespace OpenClaw.Gateway.Core.Tests.Agents.Replies;

/// <summary>A model says what others made it say: no text may cost more time than its length.</summary>
public sealed class HostileReplyTests
{
    private const int Size = 250 << 10;

    [Theory]
    [InlineData("[[reply_to:", ' ')]
    [InlineData("[[reply_to:x", ' ')]
    [InlineData("[[", ' ')]
    public void Parse_ALongUnfinishedTag_IsText(string start, char filler)
    {
        var text = start + new string(filler, Size) + "x";

        Assert.Equal(text, ReplyDirectives.Parse(text, complete: true).Text);
    }

    [Theory]
    [InlineData("[[reply_to: a b ]]c", "a b")]
    [InlineData("[[ reply_to:a\n]]c", "a")]
    public void Parse_AnId_IsTaken(string text, string id)
    {
        var reply = ReplyDirectives.Parse(text, complete: true);

        Assert.Equal(("c", id), (reply.Text, reply.ReplyToId));
    }

    [Fact]
    public void Split_ALongUnfinishedTag_IsText()
    {
        var text = "<" + new string(' ', Size) + "x";

        Assert.Equal((text, ""), ReasoningTags.Split(text, complete: true));
    }

    [Fact]
    public void Split_SpacesInTags_CountForNothing() => Assert.Equal(("b", "a"), ReasoningTags.Split("< think >a< / think >b", complete: true));
}
