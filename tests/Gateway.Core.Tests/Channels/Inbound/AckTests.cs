using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Tests.Channels.Inbound;

/// <summary>The sign that a message gets which was taken.</summary>
public sealed class AckTests
{
    [Theory]
    [InlineData("", "direct", null)]
    [InlineData("", "group mentioned", "👀")]
    [InlineData("", "group", null)]
    [InlineData("ackReactionScope: \"all\"", "direct", "👀")]
    [InlineData("ackReactionScope: \"all\"", "group", "👀")]
    [InlineData("ackReactionScope: \"direct\"", "direct", "👀")]
    [InlineData("ackReactionScope: \"direct\"", "group mentioned", null)]
    [InlineData("ackReactionScope: \"group-all\"", "group", "👀")]
    [InlineData("ackReactionScope: \"group-all\"", "direct", null)]
    [InlineData("ackReactionScope: \"all\", ackReaction: \"\"", "direct", null)]
    [InlineData("ackReactionScope: \"all\", ackReaction: \" 🦀 \"", "direct", "🦀")]
    [InlineData("ackReactionScope: \"all\"", "button", null)]
    public async Task Of_ByScope_IsTheSignOrNone(string messages, string where, string? expected)
    {
        await using var host = await InboundHost.StartAsync(sections: $"messages: {{ {messages} }}");
        var message = where switch
        {
            "direct" => InboundHost.Direct("hi"),
            "button" => InboundHost.Direct("hi") with { Kind = InboundKind.Button },
            _ => InboundHost.Group("hi"),
        };

        var ack = AckSign.Of(host.Get<ConfigStore>().Current, message, "main", wasMentioned: where.EndsWith("mentioned", StringComparison.Ordinal), requireMention: true);

        Assert.Equal(expected, ack?.Emoji);
        Assert.False(ack?.IsRemoved ?? false);
    }
}
