using OpenClaw.Gateway.Bus.Maps;

namespace OpenClaw.Gateway.Bus.InProcess;

/// <summary>One map. Entries whose time is over are gone for every reader at once; the timer only brings the notice.</summary>
internal sealed class InProcessMap(string name, int maxEntries, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Slot> _slots = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, long> _expiries = new();
    private readonly List<InProcessMapWatch> _watches = [];
    private ITimer? _timer;
    private long _armedFor = long.MaxValue;
    private long _version;

    public MapEntry? Get(string key)
    {
        lock (_gate)
        {
            Expire();
            return _slots.TryGetValue(key, out var slot) ? slot.Entry : null;
        }
    }

    public IReadOnlyList<MapEntry> List()
    {
        lock (_gate)
        {
            Expire();
            return [.. _slots.Values.Select(s => s.Entry)];
        }
    }

    public MapWrite Write(string key, long? expectedVersion, ReadOnlyMemory<byte> value, TimeSpan? timeToLive)
    {
        lock (_gate)
        {
            Expire();
            var current = _slots.TryGetValue(key, out var slot) ? slot.Entry : null;
            if (expectedVersion is { } expected && expected != (current?.Version ?? MapEntry.NoVersion))
                return new MapWrite(MapWriteOutcome.Conflict, Current: current);
            if (current is null && _slots.Count >= maxEntries)
                return new MapWrite(MapWriteOutcome.Full);
            var entry = new MapEntry(key, value.ToArray(), ++_version);
            Place(key, entry, timeToLive);
            Notify(new MapChange(MapChangeKind.Set, key, entry));
            return new MapWrite(MapWriteOutcome.Written, entry.Version);
        }
    }

    public bool Touch(string key, TimeSpan timeToLive)
    {
        lock (_gate)
        {
            Expire();
            if (!_slots.TryGetValue(key, out var slot))
                return false;
            Place(key, slot.Entry, timeToLive);
            return true;
        }
    }

    public bool Remove(string key, long? expectedVersion)
    {
        lock (_gate)
        {
            Expire();
            if (!_slots.TryGetValue(key, out var slot) || (expectedVersion is { } expected && expected != slot.Entry.Version))
                return false;
            _slots.Remove(key);
            Notify(new MapChange(MapChangeKind.Removed, key, null));
            return true;
        }
    }

    public InProcessMapWatch Watch(MapWatchOptions options)
    {
        var watch = new InProcessMapWatch(this, name, options);
        lock (_gate)
        {
            Expire();
            _watches.Add(watch);
        }
        return watch;
    }

    public void Close()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            foreach (var watch in _watches)
                watch.Complete();
            _watches.Clear();
        }
    }

    internal void Remove(InProcessMapWatch watch)
    {
        lock (_gate)
            _watches.Remove(watch);
    }

    private void Place(string key, MapEntry entry, TimeSpan? timeToLive)
    {
        var due = timeToLive is { } limited ? Deadline.After(time, limited) : (Deadline?)null;
        _slots[key] = new Slot(entry, due);
        if (due is null)
            return;
        // Every touch leaves an outdated element behind; a map that is touched often must not grow by that.
        if (_expiries.Count > 64 + (2 * _slots.Count))
        {
            _expiries.Clear();
            _expiries.EnqueueRange(_slots.Where(s => s.Value.Due is not null).Select(s => (s.Key, s.Value.Due!.Value.Timestamp)));
        }
        else
        {
            _expiries.Enqueue(key, due.Value.Timestamp);
        }
        Arm();
    }

    private void Expire()
    {
        var now = time.GetTimestamp();
        while (_expiries.TryPeek(out var key, out var due) && due <= now)
        {
            _expiries.Dequeue();
            if (_slots.TryGetValue(key, out var slot) && slot.Due is { } current && current.Timestamp <= now)
            {
                _slots.Remove(key);
                Notify(new MapChange(MapChangeKind.Expired, key, null));
            }
        }
    }

    private void Arm()
    {
        if (!_expiries.TryPeek(out _, out var due) || due >= _armedFor)
            return;
        _armedFor = due;
        _timer ??= time.CreateTimer(static map => ((InProcessMap)map!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(new Deadline(due).TimerDelay(time), Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            _armedFor = long.MaxValue;
            Expire();
            Arm();
        }
    }

    private void Notify(MapChange change)
    {
        foreach (var watch in _watches)
            watch.Notify(change);
    }

    private readonly record struct Slot(MapEntry Entry, Deadline? Due);
}
