namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>The messages that are live after everything in a journal has been read.</summary>
internal sealed class RecoveredItems(RecentIds recent)
{
    private readonly Dictionary<ulong, QueueItem> _items = [];

    public IEnumerable<QueueItem> All => _items.Values;

    public void Apply(JournalRecord record, RecordLocation location)
    {
        if (record is PutRecord put)
        {
            _items[put.Id] = ToItem(put, location);
            foreach (var id in put.DeduplicationIds)
                recent.Note(id, put.EnqueuedAt, location.Segment);
            return;
        }
        if (record is SeenRecord seen)
        {
            recent.Note(seen.DeduplicationId, seen.At, location.Segment);
            return;
        }
        // The message may be in a segment that is gone, or its record damaged; then there is nothing left to say of it.
        if (!_items.TryGetValue(record.Id, out var item))
            return;
        switch (record)
        {
            case AttemptRecord attempt:
                item.Attempts = attempt.Attempts;
                item.NotBefore = attempt.NotBefore;
                break;
            case SetAsideRecord aside:
                item.Attempts = aside.Attempts;
                item.SetAsideAt = aside.At;
                item.Reason = aside.Reason;
                break;
            case ReplayRecord replay:
                item.Order = replay.Order;
                item.Attempts = 0;
                item.NotBefore = null;
                item.SetAsideAt = null;
                item.Reason = null;
                break;
            default:
                _items.Remove(record.Id);
                break;
        }
    }

    private static QueueItem ToItem(PutRecord put, RecordLocation location) => new(put.Id, put.Key)
    {
        Series = put.Series,
        Order = put.Order,
        EnqueuedAt = put.EnqueuedAt,
        ExpiresAt = put.ExpiresAt,
        TraceParent = put.TraceParent,
        Attempts = put.Attempts,
        NotBefore = put.NotBefore,
        SetAsideAt = put.SetAsideAt,
        Reason = put.Reason,
        Location = location,
    };
}
