using System.Diagnostics;
using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Gateway.Bus.Journal;

internal sealed partial class JournalQueueConsumer
{
    private const int MaxReasonLength = 256;

    private async Task HandleAndConcludeAsync(Turn turn)
    {
        try
        {
            await ConcludeAsync(turn.Lane, turn.Item, await HandleAsync(turn.Delivery).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Asks the handler; null when it was cancelled because the consumer stops.</summary>
    private async Task<QueueVerdict?> HandleAsync(QueueDelivery delivery)
    {
        using var activity = BusMetrics.Activities.StartActivity("bus.deliver", ActivityKind.Consumer, delivery.TraceParent);
        activity?.SetTag("bus.queue", Queue);
        activity?.SetTag("bus.attempt", delivery.Attempt);
        try
        {
            return await _handler(delivery, _stopHandlers.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopHandlers.IsCancellationRequested)
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

    private async Task ConcludeAsync(QueueLane lane, QueueItem item, QueueVerdict? given)
    {
        if (given is not { } verdict)
        {
            await _source.GiveBackAsync(lane, item, TimeSpan.Zero, counts: false, "released").ConfigureAwait(false);
            return;
        }
        var reason = verdict.Reason is { Length: > MaxReasonLength } longer ? longer[..MaxReasonLength] : verdict.Reason ?? "";
        switch (verdict.Kind)
        {
            case QueueVerdictKind.Done:
                await _source.SettleAsync(lane, item, verdict, "done").ConfigureAwait(false);
                break;
            case QueueVerdictKind.Postpone:
                await _source.GiveBackAsync(lane, item, verdict.Delay ?? TimeSpan.Zero, counts: false, "postponed").ConfigureAwait(false);
                break;
            case QueueVerdictKind.Retry when item.Attempts < _options.MaxAttempts:
                _logger.LogAttemptFailed(Queue, MessageId.Format(item.Id), item.Attempts, _options.MaxAttempts, reason);
                await _source.GiveBackAsync(lane, item, verdict.Delay ?? _options.DelayAfter(item.Attempts), counts: true, "retry").ConfigureAwait(false);
                break;
            default:
                await _source.SetAsideAsync(lane, item, verdict, reason).ConfigureAwait(false);
                break;
        }
    }
}
