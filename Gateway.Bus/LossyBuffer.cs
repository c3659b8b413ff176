namespace OpenClaw.Gateway.Bus;

/// <summary>
/// A bounded buffer between writers that never wait and one reader. When it is full the oldest items go, and the next
/// item that is read says how many went.
/// </summary>
internal sealed class LossyBuffer<T>(int capacity, long capacityBytes)
{
    private readonly Lock _gate = new();
    private readonly Queue<(T Item, int Bytes)> _items = new();
    private long _bytes;
    private long _lost;
    private long _lostSinceRead;
    private bool _completed;
    private TaskCompletionSource? _waiter;
    private int _reading;

    public long Lost
    {
        get
        {
            lock (_gate)
                return _lost;
        }
    }

    /// <summary>Adds an item; returns how many were dropped to make room.</summary>
    public int Write(T item, int bytes)
    {
        TaskCompletionSource? waiter;
        var dropped = 0;
        lock (_gate)
        {
            if (_completed)
                return 0;
            _items.Enqueue((item, bytes));
            _bytes += bytes;
            while (_items.Count > capacity || (_bytes > capacityBytes && _items.Count > 1))
            {
                _bytes -= _items.Dequeue().Bytes;
                dropped++;
            }
            _lost += dropped;
            _lostSinceRead += dropped;
            waiter = _waiter;
            _waiter = null;
        }
        waiter?.TrySetResult();
        return dropped;
    }

    /// <summary>Notes that an unknown number of items, counted as one, was lost on the way here.</summary>
    public void Lose()
    {
        lock (_gate)
        {
            _lost++;
            _lostSinceRead++;
        }
    }

    /// <summary>Ends the reader's loop; what was not read is gone.</summary>
    public void Complete()
    {
        TaskCompletionSource? waiter;
        lock (_gate)
        {
            _completed = true;
            _items.Clear();
            waiter = _waiter;
            _waiter = null;
        }
        waiter?.TrySetResult();
    }

    /// <summary>Takes the next item; null item and false when the buffer is complete.</summary>
    public async ValueTask<(bool Taken, T? Item, long LostBefore)> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task wait;
            lock (_gate)
            {
                if (_items.TryDequeue(out var next))
                {
                    _bytes -= next.Bytes;
                    var lost = _lostSinceRead;
                    _lostSinceRead = 0;
                    return (true, next.Item, lost);
                }
                if (_completed)
                    return (false, default, 0);
                wait = (_waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
            await wait.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes the caller the one reader until the result is disposed.</summary>
    public ReaderRole BeginReading()
    {
        if (Interlocked.Exchange(ref _reading, 1) == 1)
            throw new InvalidOperationException("There is a reader already.");
        return new ReaderRole(this);
    }

    public readonly struct ReaderRole(LossyBuffer<T> buffer) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref buffer._reading, 0);
    }
}
