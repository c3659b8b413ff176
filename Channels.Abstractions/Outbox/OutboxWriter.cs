using System.Text.Json;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Maps;
using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Channels.Abstractions.Outbox;

/// <summary>Puts messages into the queue of the account that is to send them, and notes that for whoever asks.</summary>
/// <param name="bus">The bus.</param>
/// <param name="time">Clock.</param>
public sealed class OutboxWriter(IBus bus, TimeProvider time)
{
    /// <summary>How long a reply is worth sending: a day, after which the question is forgotten.</summary>
    public static readonly TimeSpan ReplyTimeToLive = TimeSpan.FromHours(24);

    /// <summary>Stores a message. One of the same <see cref="OutboundMessage.Id"/> that was stored before is not stored again.</summary>
    /// <param name="message">The message.</param>
    /// <param name="timeToLive">When its sending has not begun by then it is not sent any more.</param>
    /// <param name="cancellationToken">Stops waiting; it may have been stored.</param>
    public async ValueTask<AppendResult> AppendAsync(OutboundMessage message, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var now = time.GetUtcNow();
        message = message with { ExpiresAtMs = (now + timeToLive).ToUnixTimeMilliseconds() };
        var record = OutboxRecord.Of(message, OutboxState.Prepared, now.ToUnixTimeMilliseconds());
        var prepared = await OutboxRecords.WriteAsync(bus, record, MapEntry.NoVersion, cancellationToken).ConfigureAwait(false);
        var result = await bus.Queues.AppendAsync(
            ChannelNames.OutboundQueue(message.Channel, message.AccountId),
            new QueueEntry
            {
                Key = message.OrderKey,
                DeduplicationId = message.Id,
                Payload = JsonSerializer.SerializeToUtf8Bytes(message, ChannelJsonContext.Default.OutboundMessage),
                TimeToLive = timeToLive,
            },
            cancellationToken).ConfigureAwait(false);
        // Whoever sends it may be faster, and knows more.
        if (prepared is not { } version)
            return result;
        if (result.IsStored)
            await OutboxRecords.WriteAsync(bus, record with { State = OutboxState.Queued }, version, CancellationToken.None).ConfigureAwait(false);
        else if (result.Outcome is not AppendOutcome.Unconfirmed)
            await OutboxRecords.ForgetAsync(bus, message.Id, version).ConfigureAwait(false);
        return result;
    }
}
