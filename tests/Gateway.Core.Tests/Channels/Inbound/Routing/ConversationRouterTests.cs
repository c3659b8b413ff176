using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Channels.Inbound.Routing;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Tests.Configuration;

namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound.Routing;

public sealed class ConversationRouterTests
{
    private const string Agents = "agents: { list: [{ id: 'main', default: true }, { id: 'beta' }, { id: 'gamma' }] },";

    [Theory]
    [InlineData("", "agent:main:main")]
    [InlineData("session: { dmScope: 'per-peer' }", "agent:main:direct:42")]
    [InlineData("session: { dmScope: 'per-channel-peer' }", "agent:main:telegram:direct:42")]
    [InlineData("session: { dmScope: 'per-account-channel-peer' }", "agent:main:telegram:default:direct:42")]
    [InlineData("session: { dmScope: 'per-peer', identityLinks: { Bob: ['telegram:42', '+1555'] } }", "agent:main:direct:bob")]
    [InlineData("session: { identityLinks: { Bob: ['telegram:42'] } }", "agent:main:main")]
    [InlineData("session: { scope: 'global' }", "global")]
    public async Task KeyOf_DirectMessage_FollowsTheScope(string sections, string expected) => Assert.Equal(expected, await KeyAsync(sections, InboundHost.Direct("hi")));

    [Fact]
    public async Task KeyOf_Group_IsItsOwn() => Assert.Equal("agent:main:telegram:group:-1001", await KeyAsync("", InboundHost.Group("hi")));

    [Fact]
    public async Task KeyOf_Topic_IsItsOwn() => Assert.Equal("agent:main:telegram:group:-1001:topic:5", await KeyAsync("", InboundHost.Group("hi", topic: "5")));

    [Fact]
    public async Task KeyOf_ThreadOfADirectChat_HangsOffIt()
    {
        var message = InboundHost.Direct("hi");
        Assert.Equal("agent:main:main:thread:7", await KeyAsync("", message with { Chat = message.Chat with { ThreadId = "7" } }));
    }

    [Theory]
    [InlineData("{ agentId: 'beta', match: { channel: 'telegram' } }", "beta")]
    [InlineData("{ agentId: 'beta', match: { channel: 'whatsapp' } }", "main")]
    [InlineData("{ agentId: 'beta', match: { channel: 'telegram', accountId: 'work' } }", "main")]
    [InlineData("{ agentId: 'beta', match: { channel: 'telegram', accountId: '*' } }, { agentId: 'gamma', match: { channel: 'telegram' } }", "gamma")]
    [InlineData("{ agentId: 'gamma', match: { channel: 'telegram' } }, { agentId: 'beta', match: { channel: 'telegram', peer: { kind: 'group', id: '-1001' } } }", "beta")]
    [InlineData("{ agentId: 'gamma', match: { channel: 'telegram', peer: { kind: 'group', id: '-1001' } } }, { agentId: 'beta', match: { channel: 'telegram', peer: { kind: 'group', id: '-1001:topic:5' } } }", "beta")]
    [InlineData("{ agentId: 'beta', match: { channel: 'telegram', peer: { kind: 'direct', id: '-1001' } } }", "main")]
    [InlineData("{ agentId: 'nobody', match: { channel: 'telegram' } }", "main")]
    public async Task KeyOf_Topic_GoesToTheAgentThatIsBoundNearest(string bindings, string expected) =>
        Assert.Equal($"agent:{expected}:telegram:group:-1001:topic:5", await KeyAsync($"bindings: [{bindings}]", InboundHost.Group("hi", topic: "5")));

    private static async Task<string> KeyAsync(string sections, InboundMessage message)
    {
        using var home = new ConfigHome($$"""{ {{Agents}} {{sections}} }""");
        var snapshot = await home.LoadAsync();
        return ConversationRouter.KeyOf(snapshot, new SessionKeyRules("main", globalScope: snapshot.Session.IsGlobal), message).Value;
    }
}
