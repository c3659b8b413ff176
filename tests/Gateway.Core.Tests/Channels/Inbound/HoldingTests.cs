using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Channels.Inbound.Holding;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound;

/// <summary>The clock stands still, so that what is held stays held until the test says otherwise.</summary>
public sealed class HoldingTests
{
    private const string Held = "messages: { inbound: { byChannel: { telegram: 30000 } }, queue: { mode: 'followup', debounceMs: 0 } }";

    [Fact]
    public async Task WordsOfOneSender_AreAnsweredTogether_WhenNothingMoreComes()
    {
        var time = new ManualTimeProvider();
        await using var host = (await InboundHost.StartAsync(sections: Held, time: time)).Answers("both");

        await host.SayAsync(InboundHost.Direct("one", id: "1"));
        await host.SayAsync(InboundHost.Direct("two", id: "2"));
        await HeldAsync(host, 2);
        Assert.Empty(host.Model.Requests);
        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("both", (await host.SentAsync()).Text);
        Assert.EndsWith("] one\ntwo\n[message_id: 2]", Assert.Single(host.Model.Requests).LastUserText, StringComparison.Ordinal);
        // The last one is settled when those before it are, which it looks at from time to time.
        await HeldAsync(host, 0, () => time.Advance(TimeSpan.FromMilliseconds(5)));
    }

    [Fact]
    public async Task WhatDoesNotWait_HasTheWordsBeforeItGoFirst()
    {
        var time = new ManualTimeProvider();
        await using var host = (await InboundHost.StartAsync(sections: Held, time: time)).Answers("words", "quote");

        await host.SayAsync(InboundHost.Direct("one", id: "1"));
        await HeldAsync(host, 1);
        await host.SayAsync(InboundHost.Direct("what of this?", id: "2") with { ReplyTo = new QuotedMessage("1") { Text = "one", Sender = "Bob B" } });

        Assert.Equal("words", (await host.SentAsync()).Text);
        Assert.Equal("quote", (await host.SentAsync()).Text);
        Assert.EndsWith("what of this?\n\n[Replying to Bob B id:1]\none\n[/Replying]\n[message_id: 2]", host.Model.Requests[1].LastUserText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WordsThatWereHeldWhenTheGatewayDied_AreAnsweredAfterwards()
    {
        await using var host = (await InboundHost.StartAsync(sections: Held, time: new ManualTimeProvider())).Answers("both");
        await host.SayAsync(InboundHost.Direct("one", id: "1"));
        await host.SayAsync(InboundHost.Direct("two", id: "2"));
        await HeldAsync(host, 2);

        await host.RestartAsync();
        await HeldAsync(host, 2);
        await host.SayAsync(InboundHost.Direct("/status", id: "3"));

        var sent = new[] { await host.SentAsync(), await host.SentAsync() };
        Assert.Single(sent, static message => message.Text == "both");
        Assert.Contains("one\ntwo", Assert.Single(host.Model.Requests).LastUserText, StringComparison.Ordinal);
    }

    private static Task HeldAsync(InboundHost host, int count, Action? meanwhile = null) => TestTimeouts.Until(
        async () =>
        {
            meanwhile?.Invoke();
            return await host.Bus.Queues.GetStatisticsAsync(HeldMessages.QueueName) is { } now && now.Waiting == 0 && now.InFlight == count && await IdleAsync(host);
        },
        $"{count} messages are held");

    private static async Task<bool> IdleAsync(InboundHost host) =>
        await host.Bus.Queues.GetStatisticsAsync(OpenClaw.Channels.Abstractions.ChannelNames.InboundQueue) is { Waiting: 0, InFlight: 0 };
}
