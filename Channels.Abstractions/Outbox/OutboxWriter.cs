using System.Text.Json;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Channels.Abstractions.Outbox;

/// <summary>Puts messages into the queue of the account that is to send them.</summary>
/// <param name="bus">The bus.</param>
public sealed class OutboxWriter(IBus bus)
{
    /// <summary>How long a reply is worth sending: a day, after which the question is forgotten.</summary>
    public static readonly TimeSpan ReplyTimeToLive = TimeSpan.FromHours(24);

    /// <summary>Stores a message. One of the same <see cref="OutboundMessage.Id"/> that was stored before is not stored again.</summary>
    /// <param name="message">The message.</param>
    /// <param name="timeToLive">When its sending has not begun by then it is not sent any more.</param>
    /// <param name="cancellationToken">Stops waiting; it may have been stored.</param>
    public ValueTask<AppendResult> AppendAsync(OutboundMessage message, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return bus.Queues.AppendAsync(
            ChannelNames.OutboundQueue(message.Channel, message.AccountId),
            new QueueEntry
            {
                Key = message.OrderKey,
                DeduplicationId = message.Id,
                Payload = JsonSerializer.SerializeToUtf8Bytes(message, ChannelJsonContext.Default.OutboundMessage),
                TimeToLive = timeToLive,
            },
            cancellationToken);
    }
}
