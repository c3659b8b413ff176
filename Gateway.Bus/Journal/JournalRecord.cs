namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>
/// What stands in a journal. Records hold whole values, never differences, so reading one twice changes nothing.
/// </summary>
internal abstract record JournalRecord(ulong Id);

/// <summary>A message with all that is known of it: as appended, or as carried on from an older segment.</summary>
internal sealed record PutRecord(ulong Id, ulong Order, string Key, ReadOnlyMemory<byte> Payload) : JournalRecord(Id)
{
    public string Series { get; init; } = "";

    public IReadOnlyList<string> DeduplicationIds { get; init; } = [];

    public required DateTimeOffset EnqueuedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public int Attempts { get; init; }

    public string? TraceParent { get; init; }

    public DateTimeOffset? SetAsideAt { get; init; }

    public string? Reason { get; init; }
}

/// <summary>The deduplication id of a message that may be over: remembered a while longer.</summary>
internal sealed record SeenRecord(ulong Id, DateTimeOffset At, string DeduplicationId) : JournalRecord(Id);

/// <summary>The attempts so far, the one that begins included, and when the next may begin.</summary>
internal sealed record AttemptRecord(ulong Id, int Attempts, DateTimeOffset? NotBefore) : JournalRecord(Id);

/// <summary>The message is a dead letter.</summary>
internal sealed record SetAsideRecord(ulong Id, int Attempts, DateTimeOffset At, string Reason) : JournalRecord(Id);

/// <summary>The dead letter waits again, at a new place in the order.</summary>
internal sealed record ReplayRecord(ulong Id, ulong Order) : JournalRecord(Id);

/// <summary>The message is over: handled, expired or dropped.</summary>
internal sealed record SettleRecord(ulong Id) : JournalRecord(Id);
