using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Gateway.Bus.Redis;

internal sealed partial class RedisQueueConsumer
{
    private const int MaxReasonLength = 256;

    private async Task HandleAndConcludeAsync(RedisQueueTurn turn)
    {
        try
        {
            await using var running = new RunningHandler(_stopHandlers.Token);
            _running.TryAdd(turn.Entry, running);
            var verdict = await HandleAsync(turn, running).ConfigureAwait(false);
            // From here on it is Redis that says whose turn it is.
            _running.TryRemove(turn.Entry, out _);
            if (!running.IsLost && !await ConcludeAsync(turn, verdict).ConfigureAwait(false))
                LogClaimLost(Queue, turn.Entry);
        }
        finally
        {
            _held.TryRemove(turn.Entry, out _);
            _slots.Release();
        }
    }

    /// <summary>Asks the handler; no verdict when it was cancelled, because the consumer stops or the turn was lost.</summary>
    private async Task<QueueVerdict?> HandleAsync(RedisQueueTurn turn, RunningHandler running)
    {
        var delivery = turn.Delivery;
        using var activity = BusMetrics.Activities.StartActivity("bus.deliver", ActivityKind.Consumer, delivery.TraceParent);
        activity?.SetTag("bus.queue", Queue);
        activity?.SetTag("bus.attempt", delivery.Attempt);
        try
        {
            return _stopTaking.IsCancellationRequested ? null : await _handler(delivery, running.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (running.Token.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception)
        {
            // The message of an exception may quote what is private, so it is for debugging only.
            _logger.LogHandlerThrew(exception, Queue, delivery.Id);
            return QueueVerdict.Retry(exception.GetType().Name);
        }
    }

    /// <summary>Carries the verdict out. False when the turn had been given to another consumer, whose verdict then counts.</summary>
    private async Task<bool> ConcludeAsync(RedisQueueTurn turn, QueueVerdict? given)
    {
        if (given is not { } verdict)
            return await GiveBackAsync(turn, TimeSpan.Zero, counts: false, "released").ConfigureAwait(false);
        var attempt = turn.Delivery.Attempt;
        var reason = verdict.Reason is { Length: > MaxReasonLength } longer ? longer[..MaxReasonLength] : verdict.Reason ?? "";
        switch (verdict.Kind)
        {
            case QueueVerdictKind.Done:
                return await RecordAsync(() => _store.SettleAsync(turn), "done").ConfigureAwait(false);
            case QueueVerdictKind.Postpone:
                return await GiveBackAsync(turn, verdict.Delay ?? TimeSpan.Zero, counts: false, "postponed").ConfigureAwait(false);
            case QueueVerdictKind.Retry when attempt < _options.MaxAttempts:
                _logger.LogAttemptFailed(Queue, turn.Delivery.Id, attempt, _options.MaxAttempts, reason);
                return await GiveBackAsync(turn, verdict.Delay ?? _options.DelayAfter(attempt), counts: true, "retry").ConfigureAwait(false);
            default:
                return await SetAsideAsync(turn, reason).ConfigureAwait(false);
        }
    }

    private Task<bool> GiveBackAsync(RedisQueueTurn turn, TimeSpan delay, bool counts, string outcome) =>
        RecordAsync(() => _store.GiveBackAsync(turn, delay, counts), outcome);

    private Task<bool> SetAsideAsync(RedisQueueTurn turn, string reason) => RecordAsync(
        async () =>
        {
            if (await _store.SetAsideAsync(turn, reason).ConfigureAwait(false) is not { } evicted)
                return false;
            _logger.LogDeadLetter(Queue, turn.Delivery.Id, turn.Delivery.Attempt, reason);
            foreach (var id in evicted)
                _logger.LogDeadLetterEvicted(Queue, id, _maxDeadLetters);
            return true;
        },
        "dead_letter");

    /// <summary>Tells Redis until it has heard. Repeating does no harm: the second time the turn is over.</summary>
    private async Task<bool> RecordAsync(Func<Task<bool>> tell, string outcome)
    {
        var isRepeated = false;
        while (true)
        {
            try
            {
                if (await tell().ConfigureAwait(false))
                {
                    _metrics.QueueSettled(Queue, outcome);
                    return true;
                }
                // After a lost answer this most likely is what the first telling did.
                return isRepeated;
            }
            catch (BusUnavailableException exception)
            {
                isRepeated |= exception is RedisInterruptedException;
            }
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 + (50 * Jitter.Next())), _connection.Time, _stopHandlers.Token).ConfigureAwait(false);
                await _connection.UntilConnectedAsync(_stopHandlers.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stopHandlers.IsCancellationRequested)
            {
                // No time left. The message is claimed by another consumer in time, and comes again.
                return true;
            }
        }
    }

    private void Tell(RedisQueueNote note)
    {
        switch (note.Event)
        {
            case "expired":
                _metrics.QueueSettled(Queue, "expired");
                _logger.LogExpired(Queue, note.Id, note.Attempts);
                break;
            case "dead":
                _metrics.QueueSettled(Queue, "dead_letter");
                _logger.LogDeadLetter(Queue, note.Id, note.Attempts, "The process ended during the last attempt.");
                break;
            case "evicted":
                _logger.LogDeadLetterEvicted(Queue, note.Id, _maxDeadLetters);
                break;
            default:
                LogMissing(Queue, note.Id);
                break;
        }
    }

    [LoggerMessage(BusEvents.RedisMessageMissing, LogLevel.Error, "Queue {Queue}: message {Id} is gone from Redis; were keys evicted or removed by hand?")]
    private partial void LogMissing(string queue, string id);
}
