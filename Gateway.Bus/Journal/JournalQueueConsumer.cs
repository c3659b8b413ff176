using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>As many loops as there may be handlers at the same time, each taking one message at a time.</summary>
internal sealed partial class JournalQueueConsumer : IQueueConsumer
{
    private const int MaxReasonLength = 256;

    private readonly JournalQueue _source;
    private readonly QueueHandler _handler;
    private readonly QueueConsumerOptions _options;
    private readonly Action<JournalQueueConsumer> _ended;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopTaking = new();
    private readonly CancellationTokenSource _stopHandlers = new();
    private readonly Task _work;
    private readonly Lock _gate = new();
    private Task? _disposal;

    public JournalQueueConsumer(string queue, JournalQueue source, QueueHandler handler, QueueConsumerOptions options, Action<JournalQueueConsumer> ended, ILogger logger)
    {
        Queue = queue;
        _source = source;
        _handler = handler;
        _options = options;
        _ended = ended;
        _logger = logger;
        // What the starter's request carries along has nothing to do with the messages that come later.
        using (ExecutionContext.SuppressFlow())
            _work = Task.WhenAll(Enumerable.Range(0, options.Concurrency).Select(_ => Task.Run(WorkAsync)));
    }

    public string Queue { get; }

    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
            return _disposal ?? EndAsync(cancellationToken);
    }

    /// <summary>The bus and the consumer's owner may both do this; the second waits for the first.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
            return new ValueTask(_disposal ??= DisposeOnceAsync());
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        await _stopTaking.CancelAsync().ConfigureAwait(false);
        try
        {
            await _work.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (!_work.IsCompleted)
                await _stopHandlers.CancelAsync().ConfigureAwait(false);
            await _work.ConfigureAwait(false);
        }
        _ended(this);
    }

    private async Task DisposeOnceAsync()
    {
        await EndAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        _stopTaking.Dispose();
        _stopHandlers.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            while (true)
            {
                var lane = await _source.Ready.ReadAsync(_stopTaking.Token).ConfigureAwait(false);
                if (_stopTaking.IsCancellationRequested)
                {
                    // It came while the cancellation was still on its way to this loop.
                    _source.Return(lane);
                    return;
                }
                await ProcessAsync(lane, _source.Take(lane)).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stopTaking.IsCancellationRequested)
        {
            // Stopped.
        }
        catch (ChannelClosedException)
        {
            // The queue was closed.
        }
    }

    private async Task ProcessAsync(QueueLane lane, QueueItem item)
    {
        if (item.Unrecorded is { } decided)
        {
            await ConcludeAsync(lane, item, decided).ConfigureAwait(false);
            return;
        }
        if (await _source.TryExpireAsync(lane, item).ConfigureAwait(false))
            return;
        if (item.Attempts >= _options.MaxAttempts)
        {
            await ConcludeAsync(lane, item, QueueVerdict.Reject("The process ended during the last attempt.")).ConfigureAwait(false);
            return;
        }
        if (await _source.BeginAttemptAsync(lane, item).ConfigureAwait(false) is { } delivery)
            await ConcludeAsync(lane, item, await HandleAsync(delivery).ConfigureAwait(false)).ConfigureAwait(false);
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
            LogException(exception, Queue, delivery.Id);
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
                LogAttemptFailed(Queue, MessageId.Format(item.Id), item.Attempts, _options.MaxAttempts, reason);
                await _source.GiveBackAsync(lane, item, verdict.Delay ?? _options.DelayAfter(item.Attempts), counts: true, "retry").ConfigureAwait(false);
                break;
            default:
                await _source.SetAsideAsync(lane, item, verdict, reason).ConfigureAwait(false);
                break;
        }
    }

    [LoggerMessage(BusEvents.QueueAttemptFailed, LogLevel.Warning, "Queue {Queue}: attempt {Attempt} of {MaxAttempts} at message {Id} failed: {Reason}")]
    private partial void LogAttemptFailed(string queue, string id, int attempt, int maxAttempts, string reason);

    [LoggerMessage(BusEvents.QueueAttemptException, LogLevel.Debug, "Queue {Queue}: the handler threw at message {Id}")]
    private partial void LogException(Exception exception, string queue, string id);
}
