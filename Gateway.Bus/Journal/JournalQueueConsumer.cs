using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>
/// One loop that takes messages as long as there are free slots, and calls the handler in their order. Attempts that
/// begin together are noted on disk together.
/// </summary>
internal sealed partial class JournalQueueConsumer : IQueueConsumer
{
    private const int MaxBegunTogether = 64;

    private readonly JournalQueue _source;
    private readonly QueueHandler _handler;
    private readonly QueueConsumerOptions _options;
    private readonly Action<JournalQueueConsumer> _ended;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopTaking = new();
    private readonly CancellationTokenSource _stopHandlers = new();
    private readonly SemaphoreSlim _slots;
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
        _slots = new SemaphoreSlim(options.Concurrency);
        // What the starter's request carries along has nothing to do with the messages that come later.
        using (ExecutionContext.SuppressFlow())
            _work = Task.Run(WorkAsync);
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
        _slots.Dispose();
    }

    private async Task WorkAsync()
    {
        var running = new List<Task>();
        var begun = new List<Task<Turn?>>();
        try
        {
            while (await TakeAsync(begun).ConfigureAwait(false))
            {
                running.RemoveAll(r => r.IsCompletedSuccessfully);
                if (running.Find(r => r.IsFaulted) is { } broken)
                    await broken.ConfigureAwait(false);
                foreach (var turn in begun)
                {
                    if (await turn.ConfigureAwait(false) is { } ready)
                        running.Add(HandleAndConcludeAsync(ready));
                }
                begun.Clear();
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
        catch (Exception exception)
        {
            // A bug: handlers' own exceptions end in their verdict. Whoever stops the consumer gets it too.
            _logger.LogConsumerStopped(exception, Queue);
            throw;
        }
        await Task.WhenAll(running).ConfigureAwait(false);
    }

    /// <summary>Waits for a message and a free slot, and begins with all that are ready then.</summary>
    private async Task<bool> TakeAsync(List<Task<Turn?>> begun)
    {
        await _slots.WaitAsync(_stopTaking.Token).ConfigureAwait(false);
        var lane = await _source.Ready.ReadAsync(_stopTaking.Token).ConfigureAwait(false);
        if (_stopTaking.IsCancellationRequested)
        {
            // It came while the cancellation was still on its way to this loop.
            _source.Return(lane);
            return false;
        }
        begun.Add(BeginAsync(lane));
        while (begun.Count < MaxBegunTogether && _slots.Wait(0, CancellationToken.None))
        {
            if (!_source.Ready.TryRead(out var another))
            {
                _slots.Release();
                break;
            }
            begun.Add(BeginAsync(another));
        }
        return true;
    }

    /// <summary>Takes the first message of a lane; null when there is nothing to handle, which frees the slot.</summary>
    private async Task<Turn?> BeginAsync(QueueLane lane)
    {
        if (_source.Take(lane) is not { } item)
            return Nothing();
        if (item.Unrecorded is { } decided)
            await ConcludeAsync(lane, item, decided).ConfigureAwait(false);
        else if (!_options.DeliversExpired && await _source.TryExpireAsync(lane, item).ConfigureAwait(false))
            return Nothing();
        else if (item.Attempts >= _options.MaxAttempts)
            await ConcludeAsync(lane, item, QueueVerdict.Reject("The process ended during the last attempt.")).ConfigureAwait(false);
        else if (await _source.BeginAttemptAsync(lane, item).ConfigureAwait(false) is { } delivery)
            return new Turn(lane, item, delivery);
        return Nothing();

        Turn? Nothing()
        {
            _slots.Release();
            return null;
        }
    }

    private sealed record Turn(QueueLane Lane, QueueItem Item, QueueDelivery Delivery);
}
