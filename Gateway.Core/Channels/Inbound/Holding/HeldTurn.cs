using System.Text.Json.Serialization;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Core.Channels.Inbound.Acceptance;
using OpenClaw.Gateway.Core.Sessions.Keys;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Holding;

/// <summary>A turn in the form in which it waits.</summary>
/// <param name="Message">The message.</param>
/// <param name="SessionKey">Canonical key.</param>
/// <param name="AgentId">The agent.</param>
/// <param name="Rest">What follows the agent in the key.</param>
/// <param name="ChannelName">The channel's name for people.</param>
/// <param name="WasMentioned">The agent was spoken to.</param>
/// <param name="DelayMs">Quiet time that is waited for.</param>
internal sealed record HeldTurn(InboundMessage Message, string SessionKey, string AgentId, string Rest, string ChannelName, bool WasMentioned, long DelayMs)
{
    /// <summary>Those of one place and one sender are put together.</summary>
    [JsonIgnore]
    public string Group => GroupOf(Message);

    public static string GroupOf(InboundMessage message) => $"{message.Conversation}:{message.Chat.ThreadId}:{message.Sender.Id}";

    public static HeldTurn Of(InboundTurn turn, TimeSpan delay) => new(turn.Message, turn.Key.Value, turn.Key.AgentId, turn.Key.Rest, turn.ChannelName, turn.WasMentioned, (long)delay.TotalMilliseconds);

    /// <summary>Several as one: their words in their order, all else of the last.</summary>
    public static InboundTurn Merge(IReadOnlyList<HeldTurn> turns)
    {
        var last = turns[^1];
        var message = last.Message with
        {
            Text = string.Join('\n', turns.Select(static turn => turn.Message.Text)),
            PartIds = [.. turns.SkipLast(1).Select(static turn => turn.Message.MessageId), .. last.Message.PartIds],
        };
        return new InboundTurn(message, new SessionKey(last.SessionKey, last.AgentId, last.Rest), last.ChannelName, turns.Any(static turn => turn.WasMentioned));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HeldTurn))]
internal sealed partial class HeldTurnJsonContext : JsonSerializerContext;
