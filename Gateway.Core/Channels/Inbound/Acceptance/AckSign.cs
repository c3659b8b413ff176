using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Agents.Roster;
using OpenClaw.Gateway.Core.Channels.Replies;
using OpenClaw.Gateway.Core.Channels.Sending;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;

/// <summary>The sign that a message gets which was taken.</summary>
/// <param name="Emoji">The sign.</param>
/// <param name="IsRemoved">It goes when the answer is there.</param>
internal sealed record Ack(string Emoji, bool IsRemoved);

/// <summary>Whether a message gets a sign, and which (<c>messages.ackReaction</c>, <c>ackReactionScope</c>, <c>removeAckAfterReply</c>).</summary>
internal sealed class AckSign(WorkSigns signs)
{
    /// <summary>As in the peer, for an agent without a sign of its own.</summary>
    private const string Default = "👀";

    /// <summary>The sign of a message; null for none.</summary>
    /// <param name="snapshot">The configuration.</param>
    /// <param name="message">The message.</param>
    /// <param name="agentId">Who answers it.</param>
    /// <param name="wasMentioned">The agent was spoken to.</param>
    /// <param name="requireMention">In this group it has to be.</param>
    public static Ack? Of(ConfigSnapshot snapshot, InboundMessage message, string agentId, bool wasMentioned, bool requireMention)
    {
        // A press has no message of its own.
        if (message.Kind is not InboundKind.Message)
            return null;
        var messages = snapshot.Root.Section("messages");
        var emoji = messages.String("ackReaction") is { } set ? set.Trim() : AgentRoster.Of(snapshot).Find(agentId)?.Identity?.Emoji?.Trim() ?? Default;
        var isDirect = message.Chat.Type is ChatType.Direct;
        var isWanted = messages.Text("ackReactionScope") switch
        {
            "all" => true,
            "direct" => isDirect,
            "group-all" => !isDirect,
            "off" => false,
            _ => !isDirect && requireMention && wasMentioned,
        };
        return isWanted && emoji.Length > 0 ? new Ack(emoji, messages.Bool("removeAckAfterReply") is true) : null;
    }

    /// <summary>Has it put on the message; nobody waits for that.</summary>
    public void Show(Ack? ack, ReplyRoute route)
    {
        if (ack is not null && route.MessageId is not null)
            signs.Acknowledge(route, ack.Emoji);
    }
}
