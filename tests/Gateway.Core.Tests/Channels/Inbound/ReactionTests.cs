using OpenClaw.Channels.Abstractions.Messages;

namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound;

public sealed class ReactionTests
{
    [Theory]
    [InlineData("allowFrom: [42]", true, true)]
    [InlineData("allowFrom: [42]", false, false)]
    [InlineData("allowFrom: [42], reactionNotifications: 'all'", false, true)]
    [InlineData("allowFrom: [42], reactionNotifications: 'off'", true, false)]
    [InlineData("allowFrom: [7]", true, false)]
    public async Task ASignOnAMessage_StandsBeforeTheNextOne_AndAsksNobody(string telegram, bool isOnOwn, bool isTold)
    {
        await using var host = (await InboundHost.StartAsync(telegram)).Answers("thanks");

        await host.SayAsync(Sign(InboundHost.Direct(""), isOnOwn));
        await host.SentNothingAsync();
        if (telegram.Contains("[7]", StringComparison.Ordinal))
            return;
        await host.SayAsync(InboundHost.Direct("hi", id: "2"));

        await host.SentAsync();
        var text = Assert.Single(host.Model.Requests).LastUserText;
        Assert.Equal(isTold, text.Contains("Telegram reaction added: 👍 by Bob B (@bob) on msg 9\n", StringComparison.Ordinal));
        Assert.Equal(isTold, text.StartsWith("System: [", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ASignInAGroup_IsToldTheGroup_Once()
    {
        await using var host = (await InboundHost.StartAsync()).Answers("one", "two");

        await host.SayAsync(Sign(InboundHost.Group(""), isOnOwn: true));
        await host.SettledAsync();
        await host.SayAsync(InboundHost.Group("hi", id: "2") with { WasMentioned = true });
        await host.SentAsync();
        await host.SayAsync(InboundHost.Group("hi again", id: "3") with { WasMentioned = true });
        await host.SentAsync();

        Assert.Contains("Telegram reaction added: 👍", host.Model.Requests[0].LastUserText, StringComparison.Ordinal);
        Assert.DoesNotContain("reaction added", host.Model.Requests[1].LastUserText, StringComparison.Ordinal);
    }

    private static InboundMessage Sign(InboundMessage message, bool isOnOwn) =>
        message with { Kind = InboundKind.Reaction, MessageId = "9:1", Reaction = new ReactionChange("9", ["👍"], [], isOnOwn) };
}
