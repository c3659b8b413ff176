using OpenClaw.Gateway.Core.Sessions.Keys;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Keys;

public sealed class SessionKeyBuilderTests
{
    private static readonly SessionKeyRules Rules = new("main");

    [Theory]
    [InlineData(nameof(DirectMessageScope.Main), "agent:main:main")]
    [InlineData(nameof(DirectMessageScope.PerPeer), "agent:main:direct:+49ab")]
    [InlineData(nameof(DirectMessageScope.PerChannelPeer), "agent:main:whatsapp:direct:+49ab")]
    [InlineData(nameof(DirectMessageScope.PerAccountChannelPeer), "agent:main:whatsapp:default:direct:+49ab")]
    public void Direct_Scope_DecidesHowMuchIsShared(string scope, string expected)
    {
        var builder = new SessionKeyBuilder(Rules, Enum.Parse<DirectMessageScope>(scope));

        Assert.Equal(expected, builder.Direct("main", "WhatsApp", null, "+49AB").Value);
    }

    [Fact]
    public void Direct_LinkedIdentity_IsOnePersonOnAllChannels()
    {
        var links = new Dictionary<string, IReadOnlyList<string>> { ["Ann"] = ["telegram:42", "+49"] };
        var builder = new SessionKeyBuilder(Rules, DirectMessageScope.PerPeer, links);

        Assert.Equal("agent:main:direct:ann", builder.Direct("main", "telegram", null, "42").Value);
        Assert.Equal("agent:main:direct:ann", builder.Direct("main", "whatsapp", null, "+49").Value);
        Assert.Equal("agent:main:direct:42", builder.Direct("main", "signal", null, "42").Value);
    }

    [Fact]
    public void Direct_NoPeer_IsTheMainSession() =>
        Assert.Equal("agent:ops:main", new SessionKeyBuilder(Rules, DirectMessageScope.PerPeer).Direct("ops", "x", null, " ").Value);

    [Fact]
    public void Group_Kinds_AreNamed()
    {
        var builder = new SessionKeyBuilder(Rules);

        Assert.Equal("agent:main:telegram:group:-100a", builder.Group("main", "Telegram", "-100A").Value);
        Assert.Equal("agent:main:slack:channel:c1", builder.Group("main", "slack", "C1", isRoom: true).Value);
        Assert.Equal("agent:main:unknown:group:unknown", builder.Group("main", null, " ").Value);
        Assert.Equal("agent:main:cron:j:run:s", SessionKeyBuilder.CronRun("main", "j", "s").Value);
    }
}
