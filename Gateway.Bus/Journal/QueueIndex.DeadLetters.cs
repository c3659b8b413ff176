namespace OpenClaw.Gateway.Bus.Journal;

internal sealed partial class QueueIndex
{
    private readonly SortedDictionary<ulong, QueueItem> _deadLetters = [];

    /// <summary>Moves a message that was in flight to the dead letters.</summary>
    public void SetAside(QueueLane lane, QueueItem item, string reason, DateTimeOffset at)
    {
        lock (_gate)
        {
            Land(item);
            item.Unrecorded = null;
            item.SetAsideAt = at;
            item.Reason = reason;
            _deadLetters.Add(item.Id, item);
            LeaveSeries(item);
            Advance(lane);
        }
    }

    public IReadOnlyList<QueueItem> ListDeadLetters(int limit, ulong after)
    {
        lock (_gate)
            return [.. _deadLetters.Values.SkipWhile(i => i.Id <= after).Take(limit)];
    }

    /// <summary>Claims a dead letter, so that of two who want to replay or drop it only one does.</summary>
    public QueueItem? ClaimDeadLetter(ulong id)
    {
        lock (_gate)
        {
            if (!_deadLetters.TryGetValue(id, out var item) || item.IsClaimed)
                return null;
            item.IsClaimed = true;
            return item;
        }
    }

    /// <summary>Claims the oldest dead letter when there are more than allowed.</summary>
    public QueueItem? ClaimSurplusDeadLetter(int allowed)
    {
        lock (_gate)
        {
            if (_deadLetters.Count <= allowed || _deadLetters.Values.FirstOrDefault(i => !i.IsClaimed) is not { } item)
                return null;
            item.IsClaimed = true;
            return item;
        }
    }

    public void UnclaimDeadLetter(QueueItem item)
    {
        lock (_gate)
            item.IsClaimed = false;
    }

    /// <summary>Puts a claimed dead letter behind the waiting messages of its key.</summary>
    public void ReplayDeadLetter(QueueItem item, ulong order)
    {
        lock (_gate)
        {
            _deadLetters.Remove(item.Id);
            item.IsClaimed = false;
            item.Order = order;
            item.Attempts = 0;
            item.NotBefore = null;
            item.SetAsideAt = null;
            item.Reason = null;
            Enqueue(item);
        }
    }

    /// <summary>Forgets a claimed dead letter.</summary>
    public void RemoveDeadLetter(QueueItem item)
    {
        lock (_gate)
        {
            _deadLetters.Remove(item.Id);
            Forget(item);
        }
    }
}
