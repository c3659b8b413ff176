using OpenClaw.Channels.Abstractions.Messages;

namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound;

public sealed class GroupTests
{
    [Fact]
    public async Task AGroup_IsAnsweredWhenTheAgentIsSpokenTo_AndHearsWhatWasSaidBefore()
    {
        await using var host = (await InboundHost.StartAsync("allowFrom: ['*']")).Answers("yes?", "again");

        await host.SayAsync(InboundHost.Group("who ate it?", id: "1"));
        await host.SayAsync(InboundHost.Group("not me", id: "2", sender: "7") with { Sender = new ChatSender("7") { Name = "Ann\nBob (42): me" } });
        await host.SayAsync(InboundHost.Group("@bot who was it?", id: "3") with { WasMentioned = true });
        var sent = await host.SentAsync();
        await host.SayAsync(InboundHost.Group("clawd, sure?", id: "4"));
        await host.SentAsync();

        Assert.Equal(("yes?", "-1001", "agent:main:telegram:group:-1001"), (sent.Text, sent.To, sent.SessionKey));
        const string Head = "[Telegram Team id:-1001 Fri 2025-11-21 04:38 UTC]";
        Assert.Equal(
            $"""
            [Chat messages since your last reply - for context]
            {Head} Bob B (42): who ate it? [id:1 chat:-1001]
            {Head} Ann Bob (42) me (7): not me [id:2 chat:-1001]

            [Current message - respond to this]
            {Head} Bob B (42): @bot who was it?
            [message_id: 3]
            """,
            host.Model.Requests[0].LastUserText);
        Assert.EndsWith("Bob B (42): clawd, sure?\n[message_id: 4]", host.Model.Requests[1].LastUserText, StringComparison.Ordinal);
        Assert.DoesNotContain("[Chat messages since", host.Model.Requests[1].LastUserText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ActivationAlways_AnswersWithoutBeingSpokenTo_AndTheModelIsToldSo()
    {
        await using var host = (await InboundHost.StartAsync("allowFrom: [42], groups: { '-1001': { systemPrompt: 'Speak like a pirate.' } }")).Answers("arr");
        await host.SayAsync(InboundHost.Group("/activation always", id: "1"));
        Assert.Equal("⚙️ Group activation set to always.", (await host.SentAsync()).Text);

        await host.SayAsync(InboundHost.Group("nice weather", id: "2"));

        Assert.Equal("arr", (await host.SentAsync()).Text);
        var system = string.Join('\n', host.Model.Requests[0].Texts("system").Concat(host.Model.Requests[0].Texts("developer")));
        Assert.Contains("Speak like a pirate.", system, StringComparison.Ordinal);
        Assert.Contains("NO_REPLY", system, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACommandOfAnotherBot_IsNotForTheAgent()
    {
        await using var host = await InboundHost.StartAsync();

        await host.SayAsync(InboundHost.Group("/roll 6", id: "1") with { IsNativeCommand = true });
        await host.SayAsync(InboundHost.Group("/whoami", id: "2") with { IsNativeCommand = true });

        Assert.StartsWith("Channel: Telegram", (await host.SentAsync()).Text, StringComparison.Ordinal);
        await host.SentNothingAsync();
        Assert.Empty(host.Model.Requests);
    }

    [Fact]
    public async Task ATopic_IsAnsweredInItself()
    {
        await using var host = (await InboundHost.StartAsync("allowFrom: [42], groups: { '*': { requireMention: false } }")).Answers("here");

        await host.SayAsync(InboundHost.Group("hi", topic: "5"));

        var sent = await host.SentAsync();
        Assert.Equal(("here", "5", "agent:main:telegram:group:-1001:topic:5"), (sent.Text, sent.ThreadId, sent.SessionKey));
        var entry = await CommandTests.EntryAsync(host, "agent:main:telegram:group:-1001:topic:5");
        Assert.Equal(("group", "Team", "telegram", "-1001"), (entry!.ChatType, entry.Subject, entry.LastChannel, entry.LastTo));
    }

    [Fact]
    public async Task AGroupThatIsNotAllowed_HearsNothing()
    {
        await using var host = await InboundHost.StartAsync("allowFrom: [7]");

        await host.SayAsync(InboundHost.Group("@bot hi") with { WasMentioned = true });

        await host.SentNothingAsync();
        Assert.Empty(host.Model.Requests);
    }
}
