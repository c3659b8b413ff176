namespace OpenClaw.Gateway.Bus.Journal;

internal sealed partial class QueueIndex
{
    /// <summary>Messages that are to be handled, oldest first.</summary>
    public IReadOnlyList<QueueItem> Peek(int limit, ulong after)
    {
        lock (_gate)
            return [.. _items.Values.Where(i => i.SetAsideAt is null && i.Id > after).OrderBy(i => i.Id).Take(limit)];
    }

    /// <summary>Claims a message that no consumer has, so that none takes it; null when there is none with this id.</summary>
    public QueueItem? ClaimWaiting(ulong id)
    {
        lock (_gate)
        {
            if (!_items.TryGetValue(id, out var item) || item.SetAsideAt is not null || item.IsInFlight || item.IsClaimed || item.Unrecorded is not null)
                return null;
            item.IsClaimed = true;
            return item;
        }
    }

    /// <summary>Lets consumers have a claimed message again.</summary>
    public void UnclaimWaiting(QueueItem item)
    {
        lock (_gate)
        {
            item.IsClaimed = false;
            if (item.Lane is { IsParked: true } lane && ReferenceEquals(lane.Items.Peek(), item))
            {
                lane.IsParked = false;
                Schedule(lane, TimeSpan.Zero);
            }
        }
    }

    /// <summary>Forgets a claimed message. Its place in its lane is skipped when the lane gets there.</summary>
    public void RemoveWaiting(QueueItem item)
    {
        lock (_gate)
        {
            Forget(item);
            item.IsClaimed = false;
            item.IsGone = true;
            if (item.Lane is not { } lane || !ReferenceEquals(lane.Items.Peek(), item))
                return;
            if (lane.IsParked)
            {
                lane.IsParked = false;
                Advance(lane);
            }
            else if (_timed.Remove(lane))
            {
                lane.Timer?.Dispose();
                lane.Timer = null;
                Advance(lane);
            }
        }
    }

    /// <summary>Ends the turn of a lane whose first message is not to be handed out.</summary>
    private void Skip(QueueLane lane, QueueItem item)
    {
        if (item.IsGone)
            Advance(lane);
        else
            lane.IsParked = true;
    }
}
