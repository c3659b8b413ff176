using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>A live message: everything but its payload, which stays on disk. Changed only under the lock of <see cref="QueueIndex"/>.</summary>
internal sealed class QueueItem(ulong id, string key)
{
    public ulong Id => id;

    public string Key => key;

    /// <summary>Empty for none.</summary>
    public string Series { get; init; } = "";

    /// <summary>Its place among the messages of its key, and of its series.</summary>
    public required ulong Order { get; set; }

    public required DateTimeOffset EnqueuedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public string? TraceParent { get; init; }

    /// <summary>Attempts that have begun.</summary>
    public int Attempts { get; set; }

    /// <summary>When the next attempt may begin, by the wall clock: only what a restart goes by.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    public DateTimeOffset? SetAsideAt { get; set; }

    public string? Reason { get; set; }

    /// <summary>Where its newest full record is.</summary>
    public RecordLocation Location { get; set; }

    public bool IsInFlight { get; set; }

    /// <summary>Where it waits, or has waited.</summary>
    public QueueLane? Lane { get; set; }

    /// <summary>Whether a dead letter is being replayed or dropped at this moment, or a waiting message dropped.</summary>
    public bool IsClaimed { get; set; }

    /// <summary>Whether it was dropped while it waited; only its place in its lane is left.</summary>
    public bool IsGone { get; set; }

    /// <summary>What the handler said, when that could not be recorded yet. The handler is not asked again.</summary>
    public QueueVerdict? Unrecorded { get; set; }
}
