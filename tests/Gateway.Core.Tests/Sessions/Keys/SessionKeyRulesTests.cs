using OpenClaw.Gateway.Core.Sessions.Keys;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Keys;

public sealed class SessionKeyRulesTests
{
    private static readonly SessionKeyRules Rules = new("main");

    [Theory]
    [InlineData("main", "agent:main:main", "main")]
    [InlineData(" main ", "agent:main:main", "main")]
    [InlineData("agent:main:main", "agent:main:main", "main")]
    [InlineData("agent:Ops:main", "agent:ops:main", "ops")]
    [InlineData("agent:ops:telegram:group:-100", "agent:ops:telegram:group:-100", "ops")]
    [InlineData("fresh-key", "agent:main:fresh-key", "main")]
    [InlineData("subagent:abc", "agent:main:subagent:abc", "main")]
    [InlineData("global", "global", "main")]
    [InlineData("unknown", "unknown", "main")]
    [InlineData("agent:main", "agent:main", "main")]
    [InlineData("agent::main::x", "agent:main:x", "main")]
    [InlineData("agent:../../x:main", "agent:x:main", "x")]
    public void Canonicalize_ClientSpelling_GivesOneKey(string text, string expected, string agentId)
    {
        var key = Rules.Canonicalize(text);

        Assert.NotNull(key);
        Assert.Equal(expected, key.Value.Value);
        Assert.Equal(agentId, key.Value.AgentId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Canonicalize_Blank_GivesNone(string? text) => Assert.Null(Rules.Canonicalize(text));

    [Fact]
    public void Canonicalize_MainKeyIsConfigured_BothNamesMeanIt()
    {
        var rules = new SessionKeyRules("Boss", "Home");

        Assert.Equal("agent:boss:home", rules.Canonicalize("main")!.Value.Value);
        Assert.Equal("agent:boss:home", rules.Canonicalize("home")!.Value.Value);
        Assert.Equal("agent:ops:home", rules.Canonicalize("agent:ops:main")!.Value.Value);
    }

    [Fact]
    public void Canonicalize_GlobalScope_MainIsGlobalForClientsButNotOnDisk()
    {
        var rules = new SessionKeyRules("main", globalScope: true);

        Assert.Equal("global", rules.Canonicalize("agent:main:main")!.Value.Value);
        Assert.Equal("global", rules.MainSession.Value);
        Assert.Equal("agent:main:main", rules.CanonicalizeStored("main", "main")!.Value.Value);
    }

    [Fact]
    public void Canonicalize_Twice_ChangesNothing()
    {
        var random = new Random(11);
        string[] parts = ["agent", "main", "global", "unknown", "a", "", "cron", "run", ":", "x y", "subagent", "T"];
        for (var i = 0; i < 5000; i++)
        {
            var text = string.Join(':', Enumerable.Range(0, random.Next(1, 6)).Select(_ => parts[random.Next(parts.Length)]));
            if (Rules.Canonicalize(text) is { } key)
                Assert.Equal(key, Rules.Canonicalize(key.Value));
        }
    }

    [Theory]
    [InlineData("agent:main:main", null, "direct")]
    [InlineData("agent:main:main", "group", "group")]
    [InlineData("agent:main:main", "channel", "group")]
    [InlineData("agent:main:telegram:group:-1", null, "group")]
    [InlineData("agent:main:slack:channel:c1", null, "group")]
    [InlineData("global", "group", "global")]
    [InlineData("unknown", null, "unknown")]
    public void KindOf_KeyAndChatType_GivesTheWireName(string key, string? chatType, string expected) =>
        Assert.Equal(expected, Rules.Canonicalize(key)!.Value.KindOf(chatType).Name());

    [Theory]
    [InlineData("agent:main:cron:job:run:abc", true)]
    [InlineData("cron:job:run:abc", true)]
    [InlineData("agent:main:cron:job", false)]
    [InlineData("agent:main:cron:job:run:", false)]
    [InlineData("agent:main:cron:a:b:run:c", false)]
    public void IsCronRun_Key_TellsRunsFromJobs(string key, bool expected) =>
        Assert.Equal(expected, Rules.Canonicalize(key)!.Value.IsCronRun);

    [Fact]
    public void ThreadParent_ThreadKey_GivesTheConversation()
    {
        var parent = Rules.Canonicalize("agent:main:telegram:group:-1")!.Value;
        var thread = SessionKeyBuilder.Thread(parent, " 77 ");

        Assert.Equal("agent:main:telegram:group:-1:thread:77", thread.Value);
        Assert.True(thread.IsThread);
        Assert.Equal(parent.Value, thread.ThreadParent);
        Assert.Null(parent.ThreadParent);
        Assert.Equal("session:agent:main:telegram:group:-1", parent.Lane);
    }
}
