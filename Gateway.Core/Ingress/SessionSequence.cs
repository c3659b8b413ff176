using OpenClaw.Gateway.Bus;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>
/// Hands the messages of a session on in the order they came, also when one must wait because it is suspected of ending the process, or
/// because the core died that had it: a conversation is not answered out of its order, and its history must not show an answer behind a
/// message that it is not for. The queue says which message came before; the core that owns the session knows whether that was handed on.
/// </summary>
internal sealed class SessionSequence(IBus bus, TimeProvider time)
{
    /// <summary>How long a message waits here for one that is elsewhere. Then it gives its place back, which the other may need to come here.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>How long it is remembered that a message is over: longer than its settling takes.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, long At)> _over = [];

    /// <summary>The message is in this process, to be handed on when its turn comes. Dispose the result when the process has nothing more to do with it.</summary>
    public SequencePlace Arrive(string id)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(id, out var entry))
                _entries[id] = entry = new Entry();
            entry.Users++;
        }
        return new SequencePlace(this, id);
    }

    /// <summary>Waits until the one before was handed on here, or is over. False when that takes too long; then the message has to come again.</summary>
    public async ValueTask<bool> WaitForTurnAsync(DeliveredMessage message, CancellationToken cancellationToken)
    {
        var before = message.Before;
        var pause = FirstLook;
        var since = time.GetTimestamp();
        while (before is not null)
        {
            if (Watch(before) is not { } watched)
                return true;
            try
            {
                var isElsewhere = !watched.IsHere;
                if (isElsewhere && time.GetElapsedTime(since) >= Patience)
                    return false;
                await watched.Changed.Task.WaitAsync(isElsewhere ? pause : Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }
            finally
            {
                Unwatch(before, watched);
            }
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            if (IsThrough(before))
                return true;
            before = await FindBeforeAsync(message.Id, before, cancellationToken).ConfigureAwait(false);
        }
        return true;
    }

    internal void HandedOn(string id) => Change(id, static entry => entry.HandedOn++);

    internal void Leave(string id, bool wasHandedOn, bool isOver)
    {
        var now = time.GetTimestamp();
        Change(id, entry =>
        {
            entry.Users--;
            entry.HandedOn -= wasHandedOn ? 1 : 0;
            entry.IsOver |= isOver;
        });
        lock (_gate)
        {
            if (isOver)
                _over.Enqueue((id, now));
            while (_over.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At, now) > Remembered)
            {
                _over.Dequeue();
                if (!_entries.TryGetValue(oldest.Id, out var entry))
                    continue;
                entry.IsOver = false;
                RemoveUnused(oldest.Id, entry);
            }
        }
    }

    /// <summary>The message, to wait for a change of it; null when nobody has to wait for it.</summary>
    private Entry? Watch(string id)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(id, out var entry))
                _entries[id] = entry = new Entry();
            if (entry.IsThrough)
                return null;
            entry.Watchers++;
            return entry;
        }
    }

    private void Unwatch(string id, Entry entry)
    {
        lock (_gate)
        {
            entry.Watchers--;
            RemoveUnused(id, entry);
        }
    }

    private bool IsThrough(string id)
    {
        lock (_gate)
            return _entries.TryGetValue(id, out var entry) && entry.IsThrough;
    }

    private async ValueTask<string?> FindBeforeAsync(string id, string known, CancellationToken cancellationToken)
    {
        try
        {
            return await bus.Queues.FindBeforeAsync(MessageIngress.QueueName, id, cancellationToken).ConfigureAwait(false);
        }
        catch (BusUnavailableException)
        {
            return known;
        }
    }

    private void Change(string id, Action<Entry> change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            var entry = _entries[id];
            change(entry);
            changed = entry.Changed;
            entry.Changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            RemoveUnused(id, entry);
        }
        changed.TrySetResult();
    }

    private void RemoveUnused(string id, Entry entry)
    {
        if (entry is { Users: 0, Watchers: 0, IsOver: false })
            _entries.Remove(id);
    }

    private sealed class Entry
    {
        /// <summary>How many times it is in this process: once by the queue, and once for each core that asks about it.</summary>
        public int Users { get; set; }

        public int Watchers { get; set; }

        public int HandedOn { get; set; }

        public bool IsOver { get; set; }

        public bool IsHere => Users > 0;

        public bool IsThrough => HandedOn > 0 || IsOver;

        public TaskCompletionSource Changed { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A message's place in the sequence of its session, in this process.</summary>
internal sealed class SequencePlace(SessionSequence sequence, string id) : IDisposable
{
    private readonly Lock _gate = new();
    private bool _wasHandedOn;
    private bool _isOver;
    private bool _disposed;

    /// <summary>The next message of the session may follow.</summary>
    public void HandedOn()
    {
        lock (_gate)
        {
            if (_wasHandedOn || _disposed)
                return;
            _wasHandedOn = true;
            sequence.HandedOn(id);
        }
    }

    /// <summary>The message needs nothing more.</summary>
    public void Over()
    {
        lock (_gate)
            _isOver = true;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            sequence.Leave(id, _wasHandedOn, _isOver);
        }
    }
}
