using System.Text.Json.Nodes;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound;

/// <summary>A group that becomes a supergroup has another id, and is the same group.</summary>
public sealed class GroupMoveTests
{
    private const string Telegram = """
        groups: { "-1001": { requireMention: false, systemPrompt: "Be brief." } }, groupPolicy: "open",
        accounts: { default: { groups: { "-1001": { requireMention: false } } } }
        """;

    private const string Bindings = """bindings: [{ agentId: "beta", match: { channel: "telegram", peer: { kind: "group", id: "-1001" } } }]""";

    [Fact]
    public async Task SessionsSettingsAndBindings_FollowTheGroup()
    {
        await using var host = (await InboundHost.StartAsync(Telegram, Bindings)).Answers("one", "two");
        await host.SayAsync(InboundHost.Group("hello"));
        await host.SentAsync();
        await host.SettledAsync();
        var before = await EntryAsync(host, "-1001");

        await host.SayAsync(Moved());
        await host.SettledAsync();

        Assert.Null(await EntryAsync(host, "-1001"));
        var after = await EntryAsync(host, "-1002");
        Assert.Equal((before!.SessionId, "-1002", "-1002"), (after!.SessionId, after.GroupId, after.LastTo));
        var root = (JsonObject)JsonNode.Parse(host.Get<ConfigStore>().Current.Root.Node!.ToJsonString())!;
        Assert.Equal("Be brief.", (string?)root["channels"]!["telegram"]!["groups"]!["-1002"]!["systemPrompt"]);
        Assert.Null(root["channels"]!["telegram"]!["groups"]!["-1001"]);
        Assert.NotNull(root["channels"]!["telegram"]!["accounts"]!["default"]!["groups"]!["-1002"]);
        // The same agent answers in the same conversation, unasked as before.
        await host.SayAsync(InboundHost.Group("still there?", id: "2") with { Chat = new ChatAddress(ChatType.Group, "-1002") });
        var answer = await host.SentAsync();
        Assert.Equal(("two", "-1002", "agent:beta:telegram:group:-1002"), (answer.Text, answer.To, answer.SessionKey));
        Assert.Contains("hello", host.Model.Requests[1].Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MoveThatIsSaidTwice_ChangesNothingMore()
    {
        await using var host = (await InboundHost.StartAsync(Telegram, Bindings)).Answers("one");
        await host.SayAsync(InboundHost.Group("hello"));
        await host.SentAsync();
        await host.SayAsync(Moved());
        await host.SettledAsync();
        var written = await File.ReadAllTextAsync(host.Gateway.ConfigPath);

        await host.SayAsync(Moved(), redelivered: true);
        await host.SettledAsync();

        Assert.Equal(written, await File.ReadAllTextAsync(host.Gateway.ConfigPath));
        Assert.NotNull(await EntryAsync(host, "-1002"));
        Assert.Single(host.Model.Requests);
    }

    [Fact]
    public async Task ConfigurationThatMayNotBeWritten_IsLeftAlone()
    {
        await using var host = await InboundHost.StartAsync(Telegram + ", configWrites: false");
        var written = await File.ReadAllTextAsync(host.Gateway.ConfigPath);

        await host.SayAsync(Moved());
        await host.SettledAsync();

        Assert.Equal(written, await File.ReadAllTextAsync(host.Gateway.ConfigPath));
    }

    private static InboundMessage Moved() => InboundHost.Group("", id: "9") with { Kind = InboundKind.Moved, MovedTo = "-1002" };

    private static async Task<SessionEntry?> EntryAsync(InboundHost host, string group) =>
        (await host.Get<SessionStores>().ReadAllAsync(CancellationToken.None)).Where(pair => pair.Key.Value == $"agent:beta:telegram:group:{group}").Select(pair => pair.Value).SingleOrDefault();
}
