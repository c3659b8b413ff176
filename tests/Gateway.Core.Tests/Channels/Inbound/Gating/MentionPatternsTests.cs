using OpenClaw.Gateway.Core.Channels.Inbound.Gating;
using OpenClaw.Gateway.Core.Tests.Configuration;

namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound.Gating;

public sealed class MentionPatternsTests
{
    [Theory]
    [InlineData("", "hey clawd, look", true)]
    [InlineData("", "@Clawd?", true)]
    [InlineData("", "C\u200Blawd", true)]
    [InlineData("", "clawdette", false)]
    [InlineData("", "look 🦞", true)]
    [InlineData("", "", false)]
    [InlineData("messages: { groupChat: { mentionPatterns: ['hey bot'] } },", "HEY BOT", true)]
    [InlineData("messages: { groupChat: { mentionPatterns: ['hey bot'] } },", "clawd", false)]
    [InlineData("messages: { groupChat: { mentionPatterns: ['(', 'bot'] } },", "bot", true)]
    [InlineData("messages: { groupChat: { mentionPatterns: [] } },", "clawd", false)]
    [InlineData("messages: { groupChat: { mentionPatterns: ['(?<=hey )bot'] } },", "hey bot", true)]
    public async Task Match_FindsWhoIsMeant(string sections, string text, bool expected)
    {
        using var home = new ConfigHome($$"""{ {{sections}} agents: { list: [{ id: "main", identity: { name: "Clawd", emoji: "🦞" } }] } }""");

        Assert.Equal(expected, new MentionPatterns().Match(await home.LoadAsync(), "main", text));
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(?=(a+)+$)b")]
    public async Task Match_OfAPatternThatATextCanHang_Ends(string pattern)
    {
        using var home = new ConfigHome($$"""{ messages: { groupChat: { mentionPatterns: ['{{pattern}}'] } } }""");

        Assert.False(new MentionPatterns().Match(await home.LoadAsync(), "main", new string('a', 5000) + "!"));
    }
}
