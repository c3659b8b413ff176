namespace OpenClaw.Channels.Telegram.Polling;

/// <summary>
/// Which updates came, which are being worked on, and up to where the API may be told to forget them: never past one that is not stored, whatever order
/// they come in.
/// </summary>
internal sealed class UpdateLedger
{
    /// <summary>How many are remembered that are done, as the peer does: the API sends again what it was not told to forget.</summary>
    private const int MaxRemembered = 2000;

    private readonly Lock _gate = new();
    private readonly SortedSet<long> _pending = [];
    private readonly HashSet<long> _done = [];
    private readonly Queue<long> _order = new();
    private TaskCompletionSource _settled = Completed();
    private long _highest = -1;

    /// <summary>The next poll's offset: all before it are stored. Null when nothing came yet.</summary>
    public long? Offset
    {
        get
        {
            lock (_gate)
                return field = _highest < 0 ? null : Math.Max(field ?? 0, _pending.Count > 0 ? _pending.Min : _highest + 1);
        }
    }

    /// <summary>Something is being worked on.</summary>
    public bool HasPending
    {
        get
        {
            lock (_gate)
                return _pending.Count > 0;
        }
    }

    /// <summary>Completes when nothing is being worked on.</summary>
    public Task Settled
    {
        get
        {
            lock (_gate)
                return _settled.Task;
        }
    }

    /// <summary>Takes an update for work.</summary>
    /// <returns>False when it is being worked on or done.</returns>
    public bool TryBegin(long updateId)
    {
        lock (_gate)
        {
            _highest = Math.Max(_highest, updateId);
            if (_done.Contains(updateId) || !_pending.Add(updateId))
                return false;
            if (_settled.Task.IsCompleted)
                _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return true;
        }
    }

    /// <summary>It is stored, or there is nothing in it to store.</summary>
    public void End(long updateId)
    {
        TaskCompletionSource? settled = null;
        lock (_gate)
        {
            _pending.Remove(updateId);
            _highest = Math.Max(_highest, updateId);
            if (_done.Add(updateId))
                _order.Enqueue(updateId);
            if (_order.Count > MaxRemembered)
                _done.Remove(_order.Dequeue());
            if (_pending.Count == 0)
                settled = _settled;
        }
        settled?.TrySetResult();
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        source.SetResult();
        return source;
    }
}
