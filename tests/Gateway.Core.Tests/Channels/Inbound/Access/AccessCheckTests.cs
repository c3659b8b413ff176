using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Channels.Inbound.Access;
using OpenClaw.Gateway.Core.Tests.Configuration;

namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound.Access;

public sealed class AccessCheckTests
{
    [Theory]
    // Direct messages.
    [InlineData("", "", "NeedsPairing")]
    [InlineData("dmPolicy: 'pairing'", "42", "Allowed")]
    [InlineData("dmPolicy: 'pairing', allowFrom: [42]", "", "Allowed")]
    [InlineData("dmPolicy: 'allowlist', allowFrom: ['tg:42']", "", "Allowed")]
    [InlineData("dmPolicy: 'allowlist', allowFrom: ['telegram:42']", "", "Allowed")]
    [InlineData("dmPolicy: 'allowlist', allowFrom: ['@BOB']", "", "Allowed")]
    [InlineData("dmPolicy: 'allowlist', allowFrom: ['Bob B']", "", "Ignored")]
    [InlineData("dmPolicy: 'allowlist', allowFrom: ['421']", "", "Ignored")]
    [InlineData("dmPolicy: 'allowlist'", "", "Ignored")]
    [InlineData("dmPolicy: 'allowlist'", "42", "Allowed")]
    [InlineData("dmPolicy: 'open', allowFrom: ['*']", "", "Allowed")]
    [InlineData("dmPolicy: 'disabled', allowFrom: ['*']", "42", "Ignored")]
    // An account has its own rules, however its name is written.
    [InlineData("dmPolicy: 'open', allowFrom: ['*'], accounts: { default: { dmPolicy: 'allowlist', allowFrom: [7] } }", "", "Ignored")]
    [InlineData("dmPolicy: 'open', allowFrom: ['*'], accounts: { ' Default': { dmPolicy: 'allowlist', allowFrom: [7] } }", "", "Ignored")]
    [InlineData("dmPolicy: 'disabled', accounts: { DEFAULT: { dmPolicy: 'allowlist', allowFrom: [42] } }", "", "Allowed")]
    public async Task Decide_DirectMessage_FollowsThePolicy(string telegram, string approved, string expected) =>
        Assert.Equal(expected, (await DecideAsync(telegram, InboundHost.Direct("hi"), approved)).Outcome.ToString());

    [Theory]
    [InlineData("", "", "Ignored")]
    [InlineData("", "42", "Allowed")]
    [InlineData("allowFrom: [42]", "", "Allowed")]
    [InlineData("allowFrom: [42], groupAllowFrom: [7]", "", "Ignored")]
    [InlineData("groupAllowFrom: [7]", "42", "Ignored")]
    [InlineData("allowFrom: [7]", "42", "Allowed")]
    [InlineData("groups: { '-1001': { allowFrom: [7] } }", "42", "Ignored")]
    [InlineData("groupPolicy: 'open', groups: { '-1001': { allowFrom: [7] } }", "42", "Ignored")]
    [InlineData("groups: { '*': { allowFrom: [7] } }", "42", "Ignored")]
    [InlineData("groupAllowFrom: ['*']", "", "Allowed")]
    [InlineData("groupPolicy: 'open'", "", "Allowed")]
    [InlineData("groupPolicy: 'open', groups: { '-1002': {} }", "", "Ignored")]
    [InlineData("groupPolicy: 'open', groups: { '-1001': {} }", "", "Allowed")]
    [InlineData("groupPolicy: 'open', groups: { '*': {} }", "", "Allowed")]
    [InlineData("groupPolicy: 'open', groups: { '-1001': { enabled: false } }", "", "Ignored")]
    [InlineData("groupPolicy: 'open', groups: { '-1001': { allowFrom: [7] } }", "", "Ignored")]
    [InlineData("groupPolicy: 'allowlist', groups: { '-1001': { allowFrom: [42] } }", "", "Allowed")]
    [InlineData("groupPolicy: 'disabled', allowFrom: [42]", "", "Ignored")]
    [InlineData("groupPolicy: 'disabled', allowFrom: [42], groups: { '-1001': { groupPolicy: 'open' } }", "", "Allowed")]
    public async Task Decide_Group_FollowsThePolicy(string telegram, string approved, string expected) =>
        Assert.Equal(expected, (await DecideAsync(telegram, InboundHost.Group("hi"), approved)).Outcome.ToString());

    [Theory]
    [InlineData("groups: { '-1001': { groupPolicy: 'disabled', topics: { '5': { groupPolicy: 'open' } } } }", "Allowed")]
    [InlineData("groupPolicy: 'open', groups: { '-1001': { topics: { '5': { enabled: false } } } }", "Ignored")]
    [InlineData("groupPolicy: 'open', groups: { '-1001': { allowFrom: [42], topics: { '5': { allowFrom: [7] } } } }", "Ignored")]
    [InlineData("groups: { '-1001': { topics: { '5': { allowFrom: [7] } } } }", "Ignored", "42")]
    public async Task Decide_Topic_TheTopicsWordCounts(string telegram, string expected, string approved = "") =>
        Assert.Equal(expected, (await DecideAsync(telegram, InboundHost.Group("hi", topic: "5"), approved)).Outcome.ToString());

    [Fact]
    public async Task Decide_ASenderWhoWasLetInOneByOne_HasNoRightsWhereAListForGroupsIsWritten()
    {
        var verdict = await DecideAsync("groupPolicy: 'open', groupAllowFrom: [7]", InboundHost.Group("/config"), "42");

        Assert.Equal((AccessOutcome.Allowed, false, false), (verdict.Outcome, verdict.MayCommand, verdict.IsOwner));
    }

    [Theory]
    [InlineData("allowFrom: [42]", "", true)]
    [InlineData("groupPolicy: 'open'", "", false)]
    [InlineData("groupPolicy: 'open'", "commands: { useAccessGroups: false },", true)]
    [InlineData("allowFrom: [42]", "commands: { ownerAllowFrom: ['7'] },", false)]
    [InlineData("allowFrom: [42]", "commands: { ownerAllowFrom: ['tg:42'] },", true)]
    [InlineData("allowFrom: [42]", "commands: { ownerAllowFrom: [42] },", true)]
    [InlineData("allowFrom: [42]", "commands: { ownerAllowFrom: ['discord:42'] },", false)]
    public async Task Decide_WhoMayGiveCommands(string telegram, string sections, bool expected) =>
        Assert.Equal(expected, (await DecideAsync(telegram, InboundHost.Group("/status"), "", sections)).MayCommand);

    [Fact]
    public void Allows_AHandleThatLooksLikeAnId_IsNotThatId()
    {
        // A handle can be chosen; an id cannot.
        var allowed = AllowList.Of("telegram", ["42"]);

        Assert.False(allowed.Allows(new ChatSender("666") { Username = "42" }));
        Assert.False(allowed.Allows(new ChatSender("666") { Name = "42" }));
    }

    [Theory]
    [InlineData("+1 (555) 123-4567", "+15551234567", true)]
    [InlineData("whatsapp:15551234567", "+15551234567", true)]
    [InlineData("+15551234568", "+15551234567", false)]
    [InlineData("", "+15551234567", false)]
    public void Allows_PhoneNumbers_InAnySpelling(string entry, string number, bool expected) =>
        Assert.Equal(expected, AllowList.Of("whatsapp", [entry]).Allows(new ChatSender("999@lid") { PhoneNumber = number }));

    private static async Task<AccessVerdict> DecideAsync(string telegram, InboundMessage message, string approved, string sections = "")
    {
        using var home = new ConfigHome($$"""{ {{sections}} channels: { telegram: { {{telegram}} } } }""");
        return AccessCheck.Decide(await home.LoadAsync(), message, approved.Length == 0 ? [] : [approved]);
    }
}
