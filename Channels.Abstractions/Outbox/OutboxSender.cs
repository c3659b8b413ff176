using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Maps;
using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Channels.Abstractions.Outbox;

/// <summary>
/// Sends what is in an account's queue, over one connection. The queue keeps the order of a chat and what was not sent; this decides what an attempt
/// means, and notes it in <see cref="ChannelNames.OutboxMap"/> for whoever asks.
/// </summary>
internal sealed partial class OutboxSender(IBus bus, IChannelConnection connection, ConnectionContext context, ILogger logger)
{
    /// <summary>How soon somebody else tries who owns the account.</summary>
    private static readonly TimeSpan NotOwnedDelay = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Attempts whose outcome nobody knows before a person is to decide (channels.md A1, outbound retry): each may have put the message there once more.
    /// What surely was not sent is tried until the message's time to live is over.
    /// </summary>
    private const int MaxAmbiguousAttempts = 3;

    /// <summary>With the note went the count of those; a message that was tried this often gets one of them and not three more.</summary>
    private const int ManyAttempts = 10;

    /// <summary>Somebody else changes a note once or twice; a note that cannot be written is no reason to go on.</summary>
    private const int MaxNoteTries = 5;

    // The peer's numbers (channels.md A1, outbound retry).
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    public static QueueConsumerOptions Options { get; } = new() { Concurrency = 64, MaxAttempts = 1000, DeliversExpired = true };

    public async ValueTask<QueueVerdict> HandleAsync(QueueDelivery delivery, CancellationToken cancellationToken)
    {
        if (Read(delivery) is not { } message)
            return QueueVerdict.Reject("not a message to send");
        if (delivery.IsExpired)
            return await ExpireAsync(message, delivery.Attempt, cancellationToken).ConfigureAwait(false);
        if (await BeginAsync(message, delivery.Attempt, cancellationToken).ConfigureAwait(false) is not { } record)
            return QueueVerdict.Done;
        if (!context.IsOwner)
        {
            // Nothing left, so the next attempt has nothing to doubt.
            await NoteAsync(record with { State = OutboxState.Queued }).ConfigureAwait(false);
            return QueueVerdict.Postpone(NotOwnedDelay);
        }
        if (record.MayBeDouble)
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
        if (result is SendResult.Transient && cancellationToken.IsCancellationRequested)
        {
            // It was stopped before anything left: neither a doubt nor an attempt.
            await NoteAsync(record with { State = OutboxState.Queued }).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
        return await ConcludeAsync(record, result, delivery).ConfigureAwait(false);
    }

    /// <summary>
    /// Notes that an attempt begins. Null when a person did not want it any more, which from here on would be too late, and when it is there already: the
    /// process was killed between the note and the queue.
    /// </summary>
    private async ValueTask<OutboxRecord?> BeginAsync(OutboundMessage message, int attempt, CancellationToken cancellationToken)
    {
        var record = OutboxRecord.Of(message, OutboxState.Attempting, Now()) with { Attempts = attempt };
        while (true)
        {
            (OutboxRecord Record, long Version)? before;
            try
            {
                before = await OutboxRecords.FindAsync(bus, message.Id, cancellationToken).ConfigureAwait(false);
                if (before is { Record.State: OutboxState.Dropped or OutboxState.Delivered })
                {
                    LogNotNeeded(logger, message.Channel, message.AccountId, message.Id, before.Value.Record.State);
                    return null;
                }
                // An attempt before this one, if not the last one, was begun and nobody noted how it ended.
                var isDoubtful = before is { Record.State: OutboxState.Attempting or OutboxState.Ambiguous } or { Record.MayBeDouble: true }
                    || (attempt > 1 && before is not { Record: { State: OutboxState.Queued, Attempts: > 0 } });
                if (isDoubtful && before is not { Record.State: OutboxState.Ambiguous } and not { Record.MayBeDouble: true })
                    ChannelMetrics.Ambiguous(message.Channel, message.AccountId);
                record = record with { MayBeDouble = isDoubtful, AmbiguousAttempts = AmbiguousBefore(before?.Record, attempt) };
                var value = JsonSerializer.SerializeToUtf8Bytes(record, ChannelJsonContext.Default.OutboxRecord);
                var write = before is { } known
                    ? await bus.Maps.CompareAndSetAsync(ChannelNames.OutboxMap, record.Id, known.Version, value, OutboxRecords.Remembered, cancellationToken).ConfigureAwait(false)
                    : await bus.Maps.SetAsync(ChannelNames.OutboxMap, record.Id, value, OutboxRecords.Remembered, cancellationToken).ConfigureAwait(false);
                if (write.Outcome is not MapWriteOutcome.Conflict)
                    return record;
            }
            catch (BusUnavailableException)
            {
                return record with { MayBeDouble = attempt > 1, AmbiguousAttempts = AmbiguousBefore(null, attempt) };
            }
        }
    }

    /// <summary>Its turn came too late: it is not sent, and kept for a person to decide about, like one that failed.</summary>
    private async ValueTask<QueueVerdict> ExpireAsync(OutboundMessage message, int attempt, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            (OutboxRecord Record, long Version)? before;
            try
            {
                before = await OutboxRecords.FindAsync(bus, message.Id, cancellationToken).ConfigureAwait(false);
            }
            catch (BusUnavailableException away)
            {
                return QueueVerdict.Postpone(away.RetryAfter);
            }
            var known = before?.Record;
            if (known is { State: OutboxState.Dropped or OutboxState.Delivered })
                return QueueVerdict.Done;
            // This turn is none of its attempts; see BeginAsync for what leaves a doubt.
            var isDoubtful = known is { State: OutboxState.Attempting or OutboxState.Ambiguous } or { MayBeDouble: true }
                || (attempt > 1 && known is not { State: OutboxState.Queued, Attempts: > 0 } and not { IsOver: true });
            var reason = known is { IsOver: false, Error: { } error } ? $"{OutboxReasons.Expired} ({error})" : OutboxReasons.Expired;
            var record = OutboxRecord.Of(message, isDoubtful ? OutboxState.Ambiguous : OutboxState.Failed, Now()) with
            {
                Attempts = attempt - 1,
                AmbiguousAttempts = known?.AmbiguousAttempts ?? 0,
                MayBeDouble = isDoubtful,
                IsTooLate = true,
                IsSetAside = true,
                Error = reason,
                RetriedAs = known?.RetriedAs,
            };
            if (await OutboxRecords.WriteAsync(bus, record, before?.Version ?? MapEntry.NoVersion, CancellationToken.None).ConfigureAwait(false) is null && tries < MaxNoteTries)
                continue;
            LogExpired(logger, message.Channel, message.AccountId, message.Id, attempt - 1);
            // What was sent again under another name is not needed any more.
            return record.RetriedAs is not null ? QueueVerdict.Done : QueueVerdict.Reject(isDoubtful ? OutboxReasons.Ambiguous + reason : reason);
        }
    }

    /// <summary>Only results count, no attempts that ended with their process: a process that is killed again and again must not cost a message its delivery.</summary>
    private static int AmbiguousBefore(OutboxRecord? before, int attempt) =>
        before is { Attempts: > 0 } ? before.AmbiguousAttempts : attempt > ManyAttempts ? MaxAmbiguousAttempts - 1 : 0;

    private async ValueTask<QueueVerdict> ConcludeAsync(OutboxRecord record, SendResult result, QueueDelivery delivery)
    {
        switch (result)
        {
            case SendResult.Delivered delivered:
                var now = Now();
                context.Report(status => status with { LastOutboundAt = now, LastActivityAt = now });
                await NoteAsync(record with { State = OutboxState.Delivered, MessageId = delivered.MessageId }).ConfigureAwait(false);
                return QueueVerdict.Done;
            case SendResult.RateLimited limited:
                LogLimited(logger, record.Channel, record.AccountId, record.Id, limited.Delay);
                if (IsTooLate(record, limited.Delay))
                    return await SetAsideAsync(record with { IsTooLate = true }, "the provider wants it later than it is worth sending").ConfigureAwait(false);
                await NoteAsync(record with { State = OutboxState.Queued, Error = "rate limited" }).ConfigureAwait(false);
                return QueueVerdict.Postpone(limited.Delay < QueueVerdict.MaxDelay ? limited.Delay : QueueVerdict.MaxDelay);
            case SendResult.Transient transient:
                if (IsLast(record, delivery.Attempt))
                    return await SetAsideAsync(record with { IsTooLate = true }, $"it could not be sent in time: {transient.Reason}").ConfigureAwait(false);
                await NoteAsync(record with { State = OutboxState.Queued, Error = transient.Reason }).ConfigureAwait(false);
                return QueueVerdict.Retry(transient.Reason, DelayAfter(delivery.Attempt));
            case SendResult.Ambiguous ambiguous:
                ChannelMetrics.Ambiguous(record.Channel, record.AccountId);
                record = record with { AmbiguousAttempts = record.AmbiguousAttempts + 1 };
                if (record.AmbiguousAttempts >= MaxAmbiguousAttempts || IsLast(record, delivery.Attempt))
                {
                    LogGivenUp(logger, record.Channel, record.AccountId, record.Id, delivery.Attempt, ambiguous.Reason);
                    return await SetAsideAsync(record with { MayBeDouble = true }, ambiguous.Reason).ConfigureAwait(false);
                }
                await NoteAsync(record with { State = OutboxState.Ambiguous, Error = ambiguous.Reason }).ConfigureAwait(false);
                return QueueVerdict.Retry(ambiguous.Reason, DelayAfter(delivery.Attempt));
            case SendResult.Refused refused:
                LogRefused(logger, record.Channel, record.AccountId, record.Id, refused.Reason);
                return await SetAsideAsync(record, refused.Reason).ConfigureAwait(false);
            default:
                throw new InvalidOperationException($"Unknown result {result.GetType().Name}.");
        }
    }

    /// <summary>It is kept for a person to decide about. What became of an earlier attempt that nobody knows, a later one's failure does not tell.</summary>
    private async ValueTask<QueueVerdict> SetAsideAsync(OutboxRecord record, string reason)
    {
        var isAmbiguous = record.MayBeDouble;
        await NoteAsync(record with { State = isAmbiguous ? OutboxState.Ambiguous : OutboxState.Failed, IsSetAside = true, Error = reason }).ConfigureAwait(false);
        return QueueVerdict.Reject(isAmbiguous ? OutboxReasons.Ambiguous + reason : reason);
    }

    /// <summary>The queue would not let it come again: its attempts are used up, or it would be too late.</summary>
    private bool IsLast(OutboxRecord record, int attempt) => attempt >= Options.MaxAttempts || IsTooLate(record, DelayAfter(attempt));

    /// <summary>The queue would drop it before its next attempt.</summary>
    private bool IsTooLate(OutboxRecord record, TimeSpan delay) =>
        record.ExpiresAtMs is { } expires && Now() + delay.TotalMilliseconds >= expires;

    private async ValueTask NoteAsync(OutboxRecord record) =>
        await OutboxRecords.WriteAsync(bus, record with { AtMs = Now() }, expectedVersion: null, CancellationToken.None).ConfigureAwait(false);

    private long Now() => context.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private static TimeSpan DelayAfter(int attempt) => TimeSpan.FromTicks(Math.Min(FirstDelay.Ticks << Math.Clamp(attempt - 1, 0, 10), LongestDelay.Ticks));

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

    [LoggerMessage(8005, LogLevel.Information, "{Channel}/{Account}: message {Id} is not sent, it is {State} already.")]
    private static partial void LogNotNeeded(ILogger logger, string channel, string account, string id, OutboxState state);

    [LoggerMessage(8006, LogLevel.Error, "{Channel}/{Account}: message {Id} is set aside after attempt {Attempt}, it may be there or not: {Reason}")]
    private static partial void LogGivenUp(ILogger logger, string channel, string account, string id, int attempt, string reason);

    [LoggerMessage(8007, LogLevel.Warning, "{Channel}/{Account}: the time of message {Id} was over before it could be sent ({Attempts} attempts); it is set aside.")]
    private static partial void LogExpired(ILogger logger, string channel, string account, string id, int attempts);
}
