using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>
/// One loop that takes messages as long as there are free slots, and calls the handler in their order; another that
/// says to Redis that this consumer lives, and learns which turns were given to others.
/// </summary>
internal sealed partial class RedisQueueConsumer : IQueueConsumer, IRedisParticipant, IRedisListener
{
    private const int MaxTakenTogether = 64;

    // How late work is found whose hint was lost. Half of each pause is random.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    private readonly RedisQueueStore _store;
    private readonly QueueHandler _handler;
    private readonly QueueConsumerOptions _options;
    private readonly TimeSpan _claimTimeout;
    private readonly int _maxDeadLetters;
    private readonly RedisConnection _connection;
    private readonly TimeProvider _time;
    private readonly BusMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Func<RedisQueueConsumer, Task> _ended;
    private readonly CancellationTokenSource _stopTaking = new();
    private readonly CancellationTokenSource _stopHandlers = new();
    private readonly CancellationTokenSource _stopRenewing = new();
    private readonly SemaphoreSlim _slots;
    private readonly WakeSignal _work = new();
    private readonly ConcurrentDictionary<string, RunningHandler> _running = new(StringComparer.Ordinal);
    // The turns from their taking to their end, which is longer than their handlers run.
    private readonly ConcurrentDictionary<string, byte> _held = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private Task _taking = Task.CompletedTask;
    private Task _renewing = Task.CompletedTask;
    private Task? _disposal;
    private long _lastClaim;
    private bool _mayHaveUnknown;

    public RedisQueueConsumer(
        string queue,
        QueueHandler handler,
        QueueConsumerOptions options,
        RedisBusOptions busOptions,
        RedisConnection connection,
        TimeProvider time,
        BusMetrics metrics,
        Func<RedisQueueConsumer, Task> ended,
        ILogger logger)
    {
        Queue = queue;
        _store = new RedisQueueStore(queue, busOptions, connection);
        _handler = handler;
        _options = options;
        _claimTimeout = busOptions.ClaimTimeout;
        _maxDeadLetters = busOptions.MaxDeadLetters;
        _connection = connection;
        _time = time;
        _metrics = metrics;
        _ended = ended;
        _logger = logger;
        _slots = new SemaphoreSlim(options.Concurrency);
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

    public async Task RecoverAsync(RedisLink link, CancellationToken cancellationToken)
    {
        // Before anything is written on the new connection: a handler whose message was given to another one stops.
        await RenewAsync(link, cancellationToken).ConfigureAwait(false);
        _work.Wake();
    }

    public void Disconnected(string reason)
    {
        // Handlers go on: while nobody reaches Redis, nobody can be given their messages.
    }

    void IRedisListener.Received(byte[] message) => _work.Wake();

    void IRedisListener.Interrupted() => _work.Wake();

    internal Task JoinAsync(CancellationToken cancellationToken) => _store.JoinAsync(cancellationToken);

    internal void Start()
    {
        // What the starter's request carries along has nothing to do with the messages that come later.
        using (ExecutionContext.SuppressFlow())
        {
            _taking = Task.Run(TakeAndHandleAsync);
            _renewing = Task.Run(KeepRenewingAsync);
        }
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        await _stopTaking.CancelAsync().ConfigureAwait(false);
        try
        {
            await _taking.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (!_taking.IsCompleted)
                await _stopHandlers.CancelAsync().ConfigureAwait(false);
            await _taking.ConfigureAwait(false);
        }
    }

    private async Task DisposeOnceAsync()
    {
        try
        {
            await EndAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        }
        finally
        {
            await _stopRenewing.CancelAsync().ConfigureAwait(false);
            await _renewing.ConfigureAwait(false);
            await _ended(this).ConfigureAwait(false);
            await LeaveAsync().ConfigureAwait(false);
            _stopTaking.Dispose();
            _stopHandlers.Dispose();
            _stopRenewing.Dispose();
            _slots.Dispose();
        }
    }

    private async Task LeaveAsync()
    {
        try
        {
            await _store.LeaveAsync().ConfigureAwait(false);
        }
        catch (BusUnavailableException)
        {
            // What it had is claimed by others in time, and its name forgotten.
        }
    }

    private async Task TakeAndHandleAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                await _slots.WaitAsync(_stopTaking.Token).ConfigureAwait(false);
                var slots = 1;
                while (slots < MaxTakenTogether && _slots.Wait(0, CancellationToken.None))
                    slots++;
                var taken = await TryTakeAsync(slots).ConfigureAwait(false);
                var turns = taken?.Turns ?? [];
                if (slots > turns.Count)
                    _slots.Release(slots - turns.Count);
                running.RemoveAll(r => r.IsCompletedSuccessfully);
                if (running.Find(r => r.IsFaulted) is { } broken)
                    await broken.ConfigureAwait(false);
                foreach (var turn in turns)
                    running.Add(HandleAndConcludeAsync(turn));
                if (turns.Count == 0 && taken?.Notes.Count is null or 0)
                    await WaitForWorkAsync(taken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stopTaking.IsCancellationRequested)
        {
            // Stopped.
        }
        catch (Exception exception)
        {
            // A bug: handlers' own exceptions end in their verdict. Whoever stops the consumer gets it too.
            _logger.LogConsumerStopped(exception, Queue);
            throw;
        }
        await Task.WhenAll(running).ConfigureAwait(false);
    }

    /// <summary>Null when Redis cannot be asked.</summary>
    private async Task<RedisQueueTaken?> TryTakeAsync(int slots)
    {
        _stopTaking.Token.ThrowIfCancellationRequested();
        try
        {
            // Not to be cancelled once it is sent: what it takes would be nobody's until it is claimed.
            var taken = await _store.TakeAsync(slots, _options.MaxAttempts, _options.DeliversExpired, IsTimeToClaim(), _mayHaveUnknown ? [.. _held.Keys] : null, CancellationToken.None).ConfigureAwait(false);
            _mayHaveUnknown = false;
            foreach (var turn in taken.Turns)
                _held.TryAdd(turn.Entry, 0);
            foreach (var note in taken.Notes)
                Tell(note);
            return taken;
        }
        catch (BusUnavailableException exception)
        {
            // What was taken and did not arrive is asked for again.
            _mayHaveUnknown |= exception is RedisInterruptedException;
            return null;
        }
    }

    private async Task WaitForWorkAsync(RedisQueueTaken? taken)
    {
        if (taken is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50 + (50 * Jitter.Next())), _connection.Time, _stopTaking.Token).ConfigureAwait(false);
            await _connection.UntilConnectedAsync(_stopTaking.Token).ConfigureAwait(false);
            return;
        }
        var pause = PollInterval * (0.5 + (0.5 * Jitter.Next()));
        await _work.WaitAsync(taken.NextLate is { } sooner && sooner < pause ? sooner : pause, _time, _stopTaking.Token).ConfigureAwait(false);
    }

    /// <summary>
    /// Now and then, and only after the connection has lasted so long that every living consumer has reported: after an
    /// outage all of them have been silent.
    /// </summary>
    private bool IsTimeToClaim()
    {
        if (_connection.ConnectedFor < _claimTimeout || (_lastClaim != 0 && _connection.Time.GetElapsedTime(_lastClaim) < _claimTimeout / 8))
            return false;
        _lastClaim = _connection.Time.GetTimestamp();
        return true;
    }

    private async Task KeepRenewingAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_claimTimeout / 3, _connection.Time, _stopRenewing.Token).ConfigureAwait(false);
                try
                {
                    await RenewAsync(await _connection.GetAsync(_stopRenewing.Token).ConfigureAwait(false), _stopRenewing.Token).ConfigureAwait(false);
                }
                catch (BusUnavailableException)
                {
                    // Recovering does it.
                }
            }
        }
        catch (OperationCanceledException) when (_stopRenewing.IsCancellationRequested)
        {
            // Nothing is left to renew.
        }
    }

    private async Task RenewAsync(RedisLink link, CancellationToken cancellationToken)
    {
        if (_running.IsEmpty)
            return;
        foreach (var entry in await RedisQueueStore.RenewAsync(_store, link, _running.Keys, cancellationToken).ConfigureAwait(false))
        {
            if (_running.TryGetValue(entry, out var handler) && handler.Lose())
                LogClaimLost(Queue, entry);
        }
    }

    [LoggerMessage(BusEvents.RedisQueueClaimLost, LogLevel.Warning, "Queue {Queue}: turn {Turn} was given to another consumer, as this one was not heard of for too long")]
    private partial void LogClaimLost(string queue, string turn);
}
