using System.Threading.Channels;
using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>What of a queue is in memory: which messages there are, whose turn it is, and which were set aside.</summary>
internal sealed partial class QueueIndex(TimeProvider time, int maxEntries, long maxBytes)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, QueueItem> _items = [];
    private readonly Dictionary<string, QueueLane> _lanes = new(StringComparer.Ordinal);
    private readonly HashSet<QueueLane> _timed = [];
    private readonly Channel<QueueLane> _ready = Channel.CreateUnbounded<QueueLane>();
    private long _bytes;
    private int _reservedEntries;
    private long _reservedBytes;
    private int _inFlight;
    private bool _closed;

    /// <summary>Lanes whose first message may be taken.</summary>
    public ChannelReader<QueueLane> Ready => _ready.Reader;

    /// <summary>Keeps room for a message that is about to be written; false when there is none.</summary>
    public bool TryReserve(int bytes)
    {
        lock (_gate)
        {
            if (_items.Count + _reservedEntries >= maxEntries || _bytes + _reservedBytes + bytes > maxBytes)
                return false;
            _reservedEntries++;
            _reservedBytes += bytes;
            return true;
        }
    }

    /// <summary>Gives up the room of a message that was not written.</summary>
    public void CancelReservation(int bytes)
    {
        lock (_gate)
        {
            _reservedEntries--;
            _reservedBytes -= bytes;
        }
    }

    /// <summary>Adds a message that is durable now, behind the others of its key, in the room that was kept for it.</summary>
    public void Add(QueueItem item, RecordLocation location)
    {
        lock (_gate)
        {
            _reservedEntries--;
            _reservedBytes -= location.Length;
            Place(item, location);
            Enqueue(item);
        }
    }

    /// <summary>Takes what a restart found: waiting messages in their order, and dead letters.</summary>
    public void Load(IEnumerable<QueueItem> items)
    {
        lock (_gate)
        {
            foreach (var item in items.OrderBy(i => i.Order))
            {
                Place(item, item.Location);
                if (item.SetAsideAt is null)
                    Enqueue(item);
                else
                    _deadLetters.Add(item.Id, item);
            }
        }
    }

    /// <summary>Hands the first message of a lane to a consumer; null when it was dropped, or is being dropped, which then ends the turn.</summary>
    public QueueItem? Take(QueueLane lane)
    {
        lock (_gate)
        {
            var item = lane.Items.Peek();
            if (item.IsGone || item.IsClaimed)
            {
                Skip(lane, item);
                return null;
            }
            item.IsInFlight = true;
            _inFlight++;
            return item;
        }
    }

    /// <summary>Gives a lane back whose message was not taken.</summary>
    public void Return(QueueLane lane) => _ready.Writer.TryWrite(lane);

    /// <summary>Counts an attempt that begins; returns its number.</summary>
    public int BeginAttempt(QueueItem item)
    {
        lock (_gate)
        {
            item.NotBefore = null;
            return ++item.Attempts;
        }
    }

    /// <summary>Gives a message back to the head of its lane, to be taken again after a while.</summary>
    public void GiveBack(QueueLane lane, QueueItem item, TimeSpan delay, QueueVerdict? unrecorded = null)
    {
        lock (_gate)
        {
            Land(item);
            item.Unrecorded = unrecorded;
            Schedule(lane, delay);
        }
    }

    /// <summary>Undoes the count of an attempt that is not to count.</summary>
    public int UncountAttempt(QueueItem item)
    {
        lock (_gate)
            return --item.Attempts;
    }

    public void Postpone(QueueItem item, DateTimeOffset notBefore)
    {
        lock (_gate)
            item.NotBefore = notBefore;
    }

    /// <summary>Forgets a message that is over.</summary>
    public void Remove(QueueLane lane, QueueItem item)
    {
        lock (_gate)
        {
            Land(item);
            Forget(item);
            Advance(lane);
        }
    }

    public QueueStatistics Describe(long expired, long damaged)
    {
        lock (_gate)
        {
            var alive = _items.Values.Where(i => i.SetAsideAt is null).Select(i => (DateTimeOffset?)i.EnqueuedAt);
            return new QueueStatistics
            {
                Waiting = _items.Count - _inFlight - _deadLetters.Count,
                InFlight = _inFlight,
                DeadLetters = _deadLetters.Count,
                Bytes = _bytes,
                OldestEnqueuedAt = alive.Min(),
                Expired = expired,
                Damaged = damaged,
            };
        }
    }

    /// <summary>The messages whose newest record is in a segment.</summary>
    public IReadOnlyList<QueueItem> ItemsIn(Segment segment)
    {
        lock (_gate)
            return [.. _items.Values.Where(i => ReferenceEquals(i.Location.Segment, segment)).OrderBy(i => i.Location.Offset)];
    }

    public RecordLocation LocationOf(QueueItem item)
    {
        lock (_gate)
            return item.Location;
    }

    /// <summary>Notes that a message was written anew elsewhere.</summary>
    public void Relocate(QueueItem item, RecordLocation location)
    {
        lock (_gate)
        {
            item.Location.Segment.RemoveLive(item.Location.Length);
            _bytes += location.Length - item.Location.Length;
            item.Location = location;
            location.Segment.AddLive(location.Length);
        }
    }

    /// <summary>Stops handing out messages.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _ready.Writer.TryComplete();
            foreach (var lane in _timed)
                lane.Timer?.Dispose();
            _timed.Clear();
        }
    }

    private void Place(QueueItem item, RecordLocation location)
    {
        item.Location = location;
        location.Segment.AddLive(location.Length);
        _bytes += location.Length;
        _items.Add(item.Id, item);
    }

    private void Forget(QueueItem item)
    {
        LeaveSeries(item);
        _items.Remove(item.Id);
        _bytes -= item.Location.Length;
        item.Location.Segment.RemoveLive(item.Location.Length);
    }

    private void Land(QueueItem item)
    {
        item.IsInFlight = false;
        _inFlight--;
    }

    private void Enqueue(QueueItem item)
    {
        JoinSeries(item);
        // Without a key there is no order to keep: a lane of its own, which nobody needs to find.
        if (item.Key.Length > 0 && _lanes.TryGetValue(item.Key, out var lane))
        {
            item.Lane = lane;
            lane.Items.Enqueue(item);
            return;
        }
        lane = new QueueLane();
        if (item.Key.Length > 0)
            _lanes.Add(item.Key, lane);
        item.Lane = lane;
        lane.Items.Enqueue(item);
        Schedule(lane, item.NotBefore is { } notBefore ? notBefore - time.GetUtcNow() : TimeSpan.Zero);
    }

    private void Advance(QueueLane lane)
    {
        var done = lane.Items.Dequeue();
        if (lane.Items.Count > 0)
            Schedule(lane, TimeSpan.Zero);
        else if (done.Key.Length > 0)
            _lanes.Remove(done.Key);
    }

    private void Schedule(QueueLane lane, TimeSpan delay)
    {
        if (_closed)
            return;
        if (delay <= TimeSpan.Zero)
        {
            _ready.Writer.TryWrite(lane);
            return;
        }
        // A wall clock that was set back must not hold a message longer than any delay can be.
        var due = Deadline.After(time, delay < QueueVerdict.MaxDelay ? delay : QueueVerdict.MaxDelay);
        var timer = time.CreateTimer(OnTimer, lane, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lane.Timer = timer;
        _timed.Add(lane);
        timer.Change(due.TimerDelay(time), Timeout.InfiniteTimeSpan);
    }

    private void OnTimer(object? state)
    {
        var lane = (QueueLane)state!;
        lock (_gate)
        {
            // The message whose retry it was may have been dropped in this moment.
            if (!_timed.Remove(lane))
                return;
            lane.Timer?.Dispose();
            lane.Timer = null;
        }
        _ready.Writer.TryWrite(lane);
    }
}
