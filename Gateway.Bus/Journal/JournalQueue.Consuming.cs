using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Gateway.Bus.Journal;

internal sealed partial class JournalQueue
{
    // How soon a record that could not be written is tried again; a full disk rarely heals faster.
    private static readonly TimeSpan RecordRetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Lanes whose first message can be taken with <see cref="Take"/>. Who reads a lane must end its turn.</summary>
    public ChannelReader<QueueLane> Ready => _index.Ready;

    /// <summary>Null when there is nothing to take after all; the turn is over then.</summary>
    public QueueItem? Take(QueueLane lane) => _index.Take(lane);

    /// <summary>Gives a lane back untouched.</summary>
    public void Return(QueueLane lane) => _index.Return(lane);

    /// <summary>
    /// Notes on disk that an attempt begins, so that one which ends with the process counts. Null when that cannot be
    /// written, or the message cannot be read; the turn is over then.
    /// </summary>
    public async Task<QueueDelivery?> BeginAttemptAsync(QueueLane lane, QueueItem item)
    {
        var attempt = _index.BeginAttempt(item);
        var result = await WriteAsync(new AttemptRecord(item.Id, attempt, null), isDurable: false).ConfigureAwait(false);
        PutRecord? put = null;
        var error = result.Error;
        try
        {
            if (error is null)
                put = Read(item);
        }
        catch (IOException exception)
        {
            error = exception;
        }
        if (error is not null)
        {
            _index.UncountAttempt(item);
            _index.GiveBack(lane, item, RecordRetryDelay);
            return null;
        }
        if (put is null)
        {
            LogUnreadable(_name, MessageId.Format(item.Id));
            _damage.Keep(item.Location.Segment.Path, item.Location.Offset, []);
            await SettleAsync(lane, item, QueueVerdict.Done, "unreadable").ConfigureAwait(false);
            return null;
        }
        return new QueueDelivery
        {
            Queue = _name,
            Id = MessageId.Format(item.Id),
            Key = item.Key,
            Attempt = attempt,
            EnqueuedAt = item.EnqueuedAt,
            IsExpired = item.ExpiresAt is { } expiry && _time.GetUtcNow() >= expiry,
            Before = _index.FindBefore(item.Id) is { } before ? MessageId.Format(before) : null,
            TraceParent = item.TraceParent,
            Payload = put.Payload,
        };
    }

    /// <summary>Drops a message whose turn came too late; false when its turn is in time.</summary>
    public async Task<bool> TryExpireAsync(QueueLane lane, QueueItem item)
    {
        if (item.ExpiresAt is not { } expiry || _time.GetUtcNow() < expiry)
            return false;
        if (await SettleAsync(lane, item, null, "expired").ConfigureAwait(false))
        {
            Interlocked.Increment(ref _expired);
            _logger.LogExpired(_name, MessageId.Format(item.Id), item.Attempts);
        }
        return true;
    }

    /// <summary>
    /// Ends a message's life. When that cannot be written the message goes back with <paramref name="verdict"/> noted,
    /// so that the next turn tries only the writing again.
    /// </summary>
    public async Task<bool> SettleAsync(QueueLane lane, QueueItem item, QueueVerdict? verdict, string outcome)
    {
        var result = await WriteAsync(new SettleRecord(item.Id), isDurable: true, _ => _index.Remove(lane, item)).ConfigureAwait(false);
        if (result.IsWritten)
            _metrics.QueueSettled(_name, outcome);
        else
            _index.GiveBack(lane, item, RecordRetryDelay, verdict);
        return result.IsWritten;
    }

    /// <summary>Makes a message a dead letter; like <see cref="SettleAsync"/> when that cannot be written.</summary>
    public async Task SetAsideAsync(QueueLane lane, QueueItem item, QueueVerdict verdict, string reason)
    {
        var now = _time.GetUtcNow();
        var result = await WriteAsync(
            new SetAsideRecord(item.Id, item.Attempts, now, reason),
            isDurable: true,
            _ => _index.SetAside(lane, item, reason, now)).ConfigureAwait(false);
        if (!result.IsWritten)
        {
            _index.GiveBack(lane, item, RecordRetryDelay, verdict);
            return;
        }
        _metrics.QueueSettled(_name, "dead_letter");
        _logger.LogDeadLetter(_name, MessageId.Format(item.Id), item.Attempts, reason);
        await EvictDeadLettersAsync().ConfigureAwait(false);
    }

    /// <summary>Gives a message back for another attempt.</summary>
    /// <param name="lane">The message's lane.</param>
    /// <param name="item">The message.</param>
    /// <param name="delay">How long it rests.</param>
    /// <param name="counts">Whether the attempt that ended counts.</param>
    /// <param name="outcome">For the metric.</param>
    public async Task GiveBackAsync(QueueLane lane, QueueItem item, TimeSpan delay, bool counts, string outcome)
    {
        var attempts = counts ? item.Attempts : _index.UncountAttempt(item);
        var notBefore = _time.GetUtcNow() + delay;
        _index.Postpone(item, notBefore);
        // Failing costs a restart no more than the delay or one attempt; the next record of the message has both.
        await WriteAsync(new AttemptRecord(item.Id, attempts, notBefore), isDurable: false).ConfigureAwait(false);
        _metrics.QueueSettled(_name, outcome);
        _index.GiveBack(lane, item, delay);
    }

    [LoggerMessage(BusEvents.QueueEntryUnreadable, LogLevel.Error, "Queue {Queue}: message {Id} can no longer be read from disk and is given up")]
    private partial void LogUnreadable(string queue, string id);
}
