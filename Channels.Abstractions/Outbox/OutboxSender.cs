using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Channels.Abstractions.Outbox;

/// <summary>
/// Sends what is in an account's queue, over one connection. The queue keeps the order of a chat and what was not sent; this decides what an attempt
/// means, and notes it in <see cref="ChannelNames.OutboxMap"/> for whoever asks.
/// </summary>
internal sealed partial class OutboxSender(IBus bus, IChannelConnection connection, ConnectionContext context, ILogger logger)
{
    /// <summary>How long it is known what became of a message.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromHours(24);

    /// <summary>How soon somebody else tries who owns the account.</summary>
    private static readonly TimeSpan NotOwnedDelay = TimeSpan.FromSeconds(1);

    // The peer's numbers (channels.md A1, outbound retry), without its end after three: the message's time to live ends it.
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    public static QueueConsumerOptions Options { get; } = new() { Concurrency = 64, MaxAttempts = 1000 };

    public async ValueTask<QueueVerdict> HandleAsync(QueueDelivery delivery, CancellationToken cancellationToken)
    {
        if (Read(delivery) is not { } message)
            return QueueVerdict.Reject("not a message to send");
        var doubtful = delivery.Attempt > 1 && await IsDoubtfulAsync(message.Id, cancellationToken).ConfigureAwait(false);
        var record = new OutboxRecord(message.Id, OutboxState.Attempting, 0)
        {
            Channel = message.Channel,
            AccountId = message.AccountId,
            Attempts = delivery.Attempt,
            MayBeDouble = doubtful,
        };
        await NoteAsync(record, cancellationToken).ConfigureAwait(false);
        if (!context.IsOwner)
            return QueueVerdict.Postpone(NotOwnedDelay);
        if (doubtful)
            LogDoubtful(logger, message.Channel, message.AccountId, message.Id, delivery.Attempt);
        SendResult result;
        using var activity = ChannelActivities.Send(message.Channel, delivery.Attempt);
        try
        {
            result = await connection.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // A bug of the channel. Whether the request went out, nobody knows.
            LogThrew(logger, exception, message.Channel, message.AccountId, message.Id);
            result = new SendResult.Ambiguous(exception.GetType().Name);
        }
        return await ConcludeAsync(record, result, delivery).ConfigureAwait(false);
    }

    private async ValueTask<QueueVerdict> ConcludeAsync(OutboxRecord record, SendResult result, QueueDelivery delivery)
    {
        switch (result)
        {
            case SendResult.Delivered delivered:
                var now = context.Time.GetUtcNow().ToUnixTimeMilliseconds();
                context.Report(status => status with { LastOutboundAt = now, LastActivityAt = now });
                await NoteAsync(record with { State = OutboxState.Delivered, MessageId = delivered.MessageId }, CancellationToken.None).ConfigureAwait(false);
                return QueueVerdict.Done;
            case SendResult.RateLimited limited:
                await NoteAsync(record with { State = OutboxState.Queued, Error = "rate limited" }, CancellationToken.None).ConfigureAwait(false);
                LogLimited(logger, record.Channel, record.AccountId, record.Id, limited.Delay);
                return QueueVerdict.Postpone(limited.Delay < QueueVerdict.MaxDelay ? limited.Delay : QueueVerdict.MaxDelay);
            case SendResult.Transient transient:
                await NoteAsync(record with { State = OutboxState.Queued, Error = transient.Reason }, CancellationToken.None).ConfigureAwait(false);
                return QueueVerdict.Retry(transient.Reason, DelayAfter(delivery.Attempt));
            case SendResult.Ambiguous ambiguous:
                await NoteAsync(record with { State = OutboxState.Ambiguous, Error = ambiguous.Reason }, CancellationToken.None).ConfigureAwait(false);
                return QueueVerdict.Retry(ambiguous.Reason, DelayAfter(delivery.Attempt));
            case SendResult.Refused refused:
                await NoteAsync(record with { State = OutboxState.Failed, Error = refused.Reason }, CancellationToken.None).ConfigureAwait(false);
                LogRefused(logger, record.Channel, record.AccountId, record.Id, refused.Reason);
                return QueueVerdict.Reject(refused.Reason);
            default:
                throw new InvalidOperationException($"Unknown result {result.GetType().Name}.");
        }
    }

    /// <summary>An attempt before this one, if not the last one, was begun and nobody noted how it ended.</summary>
    private async ValueTask<bool> IsDoubtfulAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await bus.Maps.GetAsync(ChannelNames.OutboxMap, id, cancellationToken).ConfigureAwait(false) is not { } entry
                || JsonSerializer.Deserialize(entry.Value.Span, ChannelJsonContext.Default.OutboxRecord) is not { State: OutboxState.Queued, MayBeDouble: false };
        }
        catch (Exception e) when (e is BusUnavailableException or JsonException)
        {
            return true;
        }
    }

    private async ValueTask NoteAsync(OutboxRecord record, CancellationToken cancellationToken)
    {
        try
        {
            var now = context.Time.GetUtcNow().ToUnixTimeMilliseconds();
            var value = JsonSerializer.SerializeToUtf8Bytes(record with { AtMs = now }, ChannelJsonContext.Default.OutboxRecord);
            await bus.Maps.SetAsync(ChannelNames.OutboxMap, record.Id, value, Remembered, cancellationToken).ConfigureAwait(false);
        }
        catch (BusUnavailableException)
        {
            // For people to look at; the queue is what counts.
        }
    }

    private static TimeSpan DelayAfter(int attempt)
    {
        var delay = TimeSpan.FromTicks(Math.Min(FirstDelay.Ticks << Math.Clamp(attempt - 1, 0, 10), LongestDelay.Ticks));
        return delay;
    }

    private static OutboundMessage? Read(QueueDelivery delivery)
    {
        try
        {
            return JsonSerializer.Deserialize(delivery.Payload.Span, ChannelJsonContext.Default.OutboundMessage);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(8001, LogLevel.Warning, "{Channel}/{Account}: message {Id} is sent again (attempt {Attempt}) without knowing whether it is there: it may be there twice.")]
    private static partial void LogDoubtful(ILogger logger, string channel, string account, string id, int attempt);

    [LoggerMessage(8002, LogLevel.Error, "{Channel}/{Account}: sending message {Id} broke.")]
    private static partial void LogThrew(ILogger logger, Exception exception, string channel, string account, string id);

    [LoggerMessage(8003, LogLevel.Warning, "{Channel}/{Account}: the provider wants message {Id} not before {Delay}.")]
    private static partial void LogLimited(ILogger logger, string channel, string account, string id, TimeSpan delay);

    [LoggerMessage(8004, LogLevel.Error, "{Channel}/{Account}: message {Id} was refused for good: {Reason}")]
    private static partial void LogRefused(ILogger logger, string channel, string account, string id, string reason);
}
