using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>
/// The deduplication ids of the messages that were appended not long ago, whether they are over or not. They stand in the journal too:
/// in the record of their message, and when that one's segment goes, in one of their own.
/// </summary>
internal sealed class RecentIds(TimeProvider time)
{
    // What a restart has to hold in memory for it; far more than is repeated after a crash.
    internal const int MaxIds = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, RecentId> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TaskCompletionSource> _underWay = new(StringComparer.Ordinal);
    private readonly Queue<RecentId> _byAge = [];

    /// <summary>Takes ids for an append. Those that are known, and if any is, none was taken; waits while another append has one of them.</summary>
    public async ValueTask<IReadOnlyList<string>> TakeAsync(IReadOnlyList<string> texts)
    {
        while (true)
        {
            Task? other = null;
            lock (_gate)
            {
                List<string>? known = null;
                foreach (var text in texts)
                {
                    if (_ids.TryGetValue(text, out var id) && !IsOld(id))
                        (known ??= []).Add(text);
                    else if (_underWay.TryGetValue(text, out var pending))
                        other ??= pending.Task;
                }
                // Of one that is under way nobody knows yet how it ends.
                if (other is null && known is not null)
                    return known;
                if (other is null)
                {
                    var own = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    foreach (var text in texts)
                        _underWay.Add(text, own);
                    return [];
                }
            }
            await other.ConfigureAwait(false);
        }
    }

    /// <summary>The append is over, one way or the other.</summary>
    public void Release(IReadOnlyList<string> texts)
    {
        TaskCompletionSource? pending = null;
        lock (_gate)
        {
            foreach (var text in texts)
                _underWay.Remove(text, out pending);
        }
        pending?.SetResult();
    }

    /// <summary>Notes an id that stands in the journal. On the writer's thread, or before it begins.</summary>
    public void Note(string text, DateTimeOffset at, Segment segment)
    {
        lock (_gate)
        {
            if (_ids.TryGetValue(text, out var known))
            {
                Move(known, segment);
                known.At = at;
                return;
            }
            var id = new RecentId(text, segment) { At = at };
            segment.AddLive(id.Size);
            _ids.Add(text, id);
            _byAge.Enqueue(id);
            while (_byAge.TryPeek(out var oldest) && (_byAge.Count > MaxIds || IsOld(oldest)))
                Forget(_byAge.Dequeue());
        }
    }

    /// <summary>The ids that hold a segment, without those that are too old by now. On the writer's thread.</summary>
    public IReadOnlyList<RecentId> IdsIn(Segment segment)
    {
        lock (_gate)
        {
            while (_byAge.TryPeek(out var oldest) && IsOld(oldest))
                Forget(_byAge.Dequeue());
            return [.. _byAge.Where(id => ReferenceEquals(id.Segment, segment))];
        }
    }

    /// <summary>The id was written once more. On the writer's thread.</summary>
    public void Relocate(RecentId id, Segment segment)
    {
        lock (_gate)
        {
            if (_ids.TryGetValue(id.Text, out var current) && ReferenceEquals(current, id))
                Move(id, segment);
        }
    }

    private static void Move(RecentId id, Segment segment)
    {
        id.Segment.RemoveLive(id.Size);
        id.Segment = segment;
        segment.AddLive(id.Size);
    }

    private void Forget(RecentId id)
    {
        _ids.Remove(id.Text);
        id.Segment.RemoveLive(id.Size);
    }

    private bool IsOld(RecentId id) => time.GetUtcNow() - id.At >= QueueEntry.DeduplicationWindow;
}

/// <summary>An id, and the segment where it stands last.</summary>
internal sealed class RecentId(string text, Segment segment)
{
    public string Text => text;

    public Segment Segment { get; set; } = segment;

    /// <summary>When its message was appended.</summary>
    public required DateTimeOffset At { get; set; }

    /// <summary>About what its own record takes.</summary>
    public int Size => 40 + text.Length;
}
