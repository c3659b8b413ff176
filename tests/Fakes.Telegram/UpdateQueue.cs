using System.Text.Json.Nodes;

namespace OpenClaw.Fakes.Telegram;

/// <summary>What waits for a bot, until it confirms by the offset of its next poll. One poll at a time: a second one ends the first.</summary>
internal sealed class UpdateQueue
{
    private readonly Lock _gate = new();
    private readonly List<JsonObject> _updates = [];
    private TaskCompletionSource _arrived = NewSignal();
    private (CancellationTokenSource Ended, Func<bool> IsGone)? _poll;
    private long _next = 700_000_001;

    public int Conflicts { get; private set; }

    public int Polling { get; private set; }

    public long? LastOffset { get; private set; }

    public int Count
    {
        get
        {
            lock (_gate)
                return _updates.Count;
        }
    }

    /// <summary>Adds updates, between which no poll comes. Those without an id get the next one.</summary>
    public long Add(params ReadOnlySpan<JsonObject> updates)
    {
        lock (_gate)
        {
            var id = 0L;
            foreach (var update in updates)
            {
                update["update_id"] ??= _next;
                id = update["update_id"]!.Number();
                _next = Math.Max(_next, id + 1);
                _updates.Add(update);
            }
            _arrived.TrySetResult();
            return id;
        }
    }

    /// <summary>The oldest update, without confirming it: for a webhook.</summary>
    public async Task<JsonObject> PeekAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task arrived;
            lock (_gate)
            {
                if (_updates.Count > 0)
                    return _updates[0].DeepClone().AsObject();
                arrived = Signal();
            }
            await arrived.WaitAsync(cancellationToken);
        }
    }

    public void Remove(long id)
    {
        lock (_gate)
            _updates.RemoveAll(update => update["update_id"]!.Number() == id);
    }

    public void Clear()
    {
        lock (_gate)
            _updates.Clear();
    }

    /// <summary>
    /// A poll. One that hangs is not answered, but counts as one. It ends the one before; that is a conflict when somebody still waits for that.
    /// </summary>
    public async Task<JsonArray> PollAsync(long? offset, int limit, TimeSpan timeout, bool isHanging, Func<bool> isGone, CancellationToken cancellationToken)
    {
        using var own = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_gate)
        {
            if (_poll is { } before)
            {
                if (!before.IsGone())
                    Conflicts++;
                before.Ended.Cancel();
            }
            _poll = (own, isGone);
            Polling++;
            LastOffset = offset ?? LastOffset;
            if (offset is { } confirmed)
                _updates.RemoveAll(update => update["update_id"]!.Number() < confirmed);
        }
        try
        {
            if (isHanging)
                await Task.Delay(Timeout.Infinite, own.Token);
            return await WaitAsync(limit, timeout, own.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ApiError(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running");
        }
        finally
        {
            lock (_gate)
            {
                Polling--;
                if (_poll?.Ended == own)
                    _poll = null;
            }
        }
    }

    private async Task<JsonArray> WaitAsync(int limit, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task arrived;
            lock (_gate)
            {
                if (_updates.Count > 0 || patience.IsCancellationRequested || timeout == TimeSpan.Zero)
                    return [.. _updates.Take(limit).Select(update => update.DeepClone())];
                arrived = Signal();
            }
            await arrived.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task Signal()
    {
        if (_arrived.Task.IsCompleted)
            _arrived = NewSignal();
        return _arrived.Task;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
