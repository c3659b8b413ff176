using OpenClaw.Gateway.Core.Channels.Inbound.Access;
using OpenClaw.Gateway.Core.Channels.Inbound.Pairing;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Lifetime;

namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound;

/// <summary>Commands that change the gateway or who may use it, and who may give them.</summary>
public sealed class OwnerCommandTests
{
    private const string AllOn = "commands: { config: true, debug: true, restart: true, bash: true },";

    [Theory]
    [InlineData("/config show", "⚠️ /config is switched off. The operator can set commands.config to true.")]
    [InlineData("/config set logging.level debug", "⚠️ /config is switched off.")]
    [InlineData("/debug show", "⚠️ /debug is switched off.")]
    [InlineData("/restart", "⚠️ /restart is switched off.")]
    [InlineData("/bash ls", "⚠️ /bash is switched off.")]
    [InlineData("/allowlist add group 77", "⚠️ The list for groups is in the configuration, and /config is switched off.")]
    [InlineData("/skill weather", "⚙️ This gateway has no skills.")]
    [InlineData("/tts on", "⚙️ This gateway cannot speak")]
    [InlineData("/subagents list", "⚙️ This gateway starts no sub-agents")]
    [InlineData("/elev on", "⚙️ There are no elevated rights here")]
    [InlineData("/exec host=node", "⚙️ Where commands run and who is asked is set for the whole gateway")]
    [InlineData("/approve", "⚙️ Use: /approve <id> allow-once|allow-always|deny")]
    [InlineData("/approve x maybe", "⚙️ Use: /approve <id> allow-once|allow-always|deny")]
    [InlineData("/approve none allow-once", "⚙️ Nothing with this id waits for a decision")]
    [InlineData("/allowlist", "⚙️ Direct messages (pairing): 42\nGroups (allowlist): 42")]
    [InlineData("/allowlist add", "⚙️ Use: /allowlist list")]
    [InlineData("/allowlist add *", "⚙️ Use: /allowlist list")]
    [InlineData("/allowlist remove 77", "⚙️ 77 is not on the list.")]
    [InlineData("/allowlist remove 42", "⚙️ 42 is in the configuration; take it out of channels.telegram.allowFrom.")]
    public async Task ANamedSender_IsAnswered(string text, string expected)
    {
        await using var host = await InboundHost.StartAsync();

        await host.SayAsync(InboundHost.Direct(text));

        Assert.StartsWith(expected, (await host.SentAsync()).Text, StringComparison.Ordinal);
        await host.SentNothingAsync();
        Assert.Empty(host.Model.Requests);
    }

    [Theory]
    [InlineData("/config get logging", "⚙️ Nothing is set at logging.nothing", "/config get logging.nothing")]
    [InlineData("/config set messages.responsePrefix = hi", "⚙️ messages.responsePrefix:\n```json\n\"hi\"", "/config get messages.responsePrefix")]
    [InlineData("/config set messages.responsePrefix=hi", "⚙️ Removed messages.responsePrefix.", "/config unset messages.responsePrefix")]
    [InlineData("/config", "⚙️ Nothing is set at messages.responsePrefix.", "/config unset messages.responsePrefix")]
    [InlineData("/config", "⚙️ Use: /config show", "/config dance")]
    [InlineData("/config", "⚙️ Not written: ", "/config set gateway.port nowhere")]
    [InlineData("/config", "⚙️ This value stands for a secret", "/config set gateway.auth.token __OPENCLAW_REDACTED__")]
    [InlineData("/config", "⚙️ This gateway has no settings that last only until a restart", "/debug set a=1")]
    [InlineData("/config", "⚙️ This gateway runs no commands straight from a chat.", "/bash ls")]
    public async Task SwitchedOn_TheyWork(string first, string expected, string second)
    {
        await using var host = await InboundHost.StartAsync(sections: AllOn);

        await host.SayAsync(InboundHost.Direct(first));
        await host.SentAsync();
        await host.SayAsync(InboundHost.Direct(second, id: "2"));

        Assert.StartsWith(expected, (await host.SentAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_ShowsNoSecrets_AndNothingInGroups()
    {
        await using var host = await InboundHost.StartAsync("""allowFrom: [42], groups: { "*": { requireMention: false } }""", AllOn);

        await host.SayAsync(InboundHost.Direct("/config show channels"));
        await host.SayAsync(InboundHost.Group("/config show", id: "2"));

        Assert.DoesNotContain("123:abc", (await host.SentAsync()).Text, StringComparison.Ordinal);
        Assert.Equal("⚙️ /config works in direct chats only.", (await host.SentAsync()).Text);
    }

    [Theory]
    [InlineData("/config set logging.level debug")]
    [InlineData("/restart")]
    [InlineData("/allowlist add 666")]
    [InlineData("/approve x allow-once")]
    [InlineData("/bash id")]
    public async Task AStrangerLetInByTheWildcard_MayChangeNothing(string text)
    {
        await using var host = await InboundHost.StartAsync("""dmPolicy: "open", allowFrom: ["*"]""", AllOn);
        var before = await File.ReadAllTextAsync(host.Gateway.ConfigPath);

        await host.SayAsync(InboundHost.Direct(text, sender: "666"));
        Assert.Equal("You are not authorized to use this command.", (await host.SentAsync()).Text);
        await host.SayAsync(InboundHost.Direct("/whoami", id: "2", sender: "666"));

        Assert.StartsWith("Channel: Telegram", (await host.SentAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(host.Gateway.ConfigPath));
        Assert.False(host.Get<GatewayRestart>().IsScheduled);
        Assert.Empty(await host.Get<PairingStore>().ReadAllowedAsync("telegram", CancellationToken.None));
        Assert.Empty(host.Model.Requests);
    }

    [Theory]
    [InlineData("/config show")]
    [InlineData("/restart")]
    [InlineData("/status")]
    public async Task WhereOwnersAreNamed_OthersMayNot(string text)
    {
        await using var host = await InboundHost.StartAsync(sections: """commands: { config: true, restart: true, ownerAllowFrom: ["telegram:7"] },""");

        await host.SayAsync(InboundHost.Direct(text));

        Assert.Equal("You are not authorized to use this command.", (await host.SentAsync()).Text);
        await host.SentNothingAsync();
        Assert.False(host.Get<GatewayRestart>().IsScheduled);
    }

    [Fact]
    public async Task AnUnknownSender_GetsACodeAndNothingElse()
    {
        await using var host = await InboundHost.StartAsync(sections: AllOn);

        await host.SayAsync(InboundHost.Direct("/config show", sender: "666"));

        Assert.Contains("Pairing code: ", (await host.SentAsync()).Text, StringComparison.Ordinal);
        await host.SentNothingAsync();
    }

    [Fact]
    public async Task AllowList_LetsInAndOut()
    {
        await using var host = await InboundHost.StartAsync(sections: AllOn);

        await host.SayAsync(InboundHost.Direct("/allowlist add dm tg:77"));
        Assert.Equal("⚙️ 77 may write to me.", (await host.SentAsync()).Text);
        await host.SayAsync(InboundHost.Direct("/whoami", id: "2", sender: "77"));
        Assert.StartsWith("Channel: Telegram", (await host.SentAsync()).Text, StringComparison.Ordinal);
        await host.SayAsync(InboundHost.Direct("/allowlist list", id: "3"));
        Assert.Contains("Direct messages (pairing): 42, 77\n", (await host.SentAsync()).Text, StringComparison.Ordinal);
        await host.SayAsync(InboundHost.Direct("/allowlist remove 77", id: "4"));
        Assert.Equal("⚙️ 77 may not write to me any more.", (await host.SentAsync()).Text);
        await host.SayAsync(InboundHost.Direct("/whoami", id: "5", sender: "77"));
        Assert.Contains("Pairing code: ", (await host.SentAsync()).Text, StringComparison.Ordinal);

        await host.SayAsync(InboundHost.Direct("/allowlist add group 88", id: "6"));
        Assert.Equal("⚙️ 88 may write to me in groups.", (await host.SentAsync()).Text);
        await host.SayAsync(InboundHost.Direct("/allowlist list", id: "7"));
        Assert.EndsWith("Groups (allowlist): 42, 88", (await host.SentAsync()).Text, StringComparison.Ordinal);
        await host.SayAsync(InboundHost.Direct("/allowlist remove group 88", id: "8"));
        Assert.Equal("⚙️ 88 may not write to me in groups any more.", (await host.SentAsync()).Text);
        await host.SayAsync(InboundHost.Direct("/allowlist remove group 42", id: "9"));
        Assert.StartsWith("⚙️ The last one on the list cannot be removed", (await host.SentAsync()).Text, StringComparison.Ordinal);
    }

    /// <summary>What is said of a sender is what the rules make of it afterwards; <c>77</c> was let in before.</summary>
    [Theory]
    [InlineData("allowFrom: [42]", "/allowlist remove group 77", "⚙️ 77 may not write to me in groups any more.", false)]
    [InlineData("allowFrom: [42], groupPolicy: 'open'", "/allowlist remove group 77", "⚙️ 77 is not on the list, but everybody may write to me in groups.", true)]
    [InlineData("allowFrom: [42], groupAllowFrom: [42]", "/allowlist remove group 77", "⚙️ 77 is not on the list.", false)]
    [InlineData("allowFrom: [42], groupAllowFrom: [42]", "/allowlist", "⚙️ Direct messages (pairing): 42, 77\nGroups (allowlist): 42", false)]
    [InlineData("allowFrom: [42]", "/allowlist", "⚙️ Direct messages (pairing): 42, 77\nGroups (allowlist): 42, 77", true)]
    [InlineData("allowFrom: [42]", "/allowlist add group 88", "⚙️ 88 may write to me in groups.", true)]
    [InlineData("allowFrom: [42]", "/allowlist remove 77", "⚙️ 77 may not write to me any more.", false)]
    [InlineData("allowFrom: [42, 77]", "/allowlist remove 77", "⚙️ 77 is in the configuration too, and may still write to me; take it out of channels.telegram.allowFrom.", true)]
    [InlineData("allowFrom: [42, '*'], dmPolicy: 'open'", "/allowlist remove 77", "⚙️ 77 is off the list, but everybody may write to me.", true)]
    public async Task AllowList_SaysWhatHoldsAfterwards(string telegram, string text, string expected, bool mayInGroups)
    {
        await using var host = await InboundHost.StartAsync(telegram, AllOn);
        await host.Get<PairingStore>().AllowAsync("telegram", "77", CancellationToken.None);

        await host.SayAsync(InboundHost.Direct(text));

        Assert.Equal(expected, (await host.SentAsync()).Text);
        var approved = await host.Get<PairingStore>().ReadAllowedAsync("telegram", CancellationToken.None);
        var verdict = AccessCheck.Decide(host.Get<ConfigStore>().Current, InboundHost.Group("hi", sender: "77"), approved);
        Assert.Equal(mayInGroups ? AccessOutcome.Allowed : AccessOutcome.Ignored, verdict.Outcome);
    }

    [Fact]
    public async Task Restart_SwitchedOn_IsAnsweredAndScheduled()
    {
        await using var host = await InboundHost.StartAsync(sections: AllOn);

        await host.SayAsync(InboundHost.Direct("/restart"));

        Assert.StartsWith("⚙️ The gateway restarts now", (await host.SentAsync()).Text, StringComparison.Ordinal);
        Assert.True(host.Get<GatewayRestart>().IsScheduled);
    }

    [Theory]
    [InlineData("please /think:high solve it", "please  solve it", "high")]
    [InlineData("solve it /t high", "solve it", "high")]
    [InlineData("solve it /think loudly", "solve it /think loudly", null)]
    [InlineData("see a/think high", "see a/think high", null)]
    public async Task DirectivesInAText_HoldForItAlone(string text, string words, string? effort)
    {
        await using var host = (await InboundHost.StartAsync()).Answers("ok");

        await host.SayAsync(InboundHost.Direct(text));

        Assert.Equal("ok", (await host.SentAsync()).Text);
        var request = Assert.Single(host.Model.Requests);
        Assert.Contains($"] {words}\n", request.LastUserText, StringComparison.Ordinal);
        Assert.Equal(effort == "high", (string?)request.Body["reasoning_effort"] == "high");
    }

    [Fact]
    public async Task CommandsInTexts_SwitchedOff_GoToTheAgent_AndStopStillStops()
    {
        await using var host = (await InboundHost.StartAsync(sections: "commands: { text: false },")).Answers("ok");

        await host.SayAsync(InboundHost.Direct("/status"));
        Assert.Equal("ok", (await host.SentAsync()).Text);
        await host.SayAsync(InboundHost.Direct("stop", id: "2"));
        Assert.Equal("⚙️ Agent was aborted.", (await host.SentAsync()).Text);
    }
}
