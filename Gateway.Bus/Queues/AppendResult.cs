namespace OpenClaw.Gateway.Bus.Queues;

/// <summary>What came of an append.</summary>
public enum AppendOutcome
{
    /// <summary>Durable: it will be delivered.</summary>
    Stored = 1,

    /// <summary>The queue holds as much as it may; nothing was stored.</summary>
    Full,

    /// <summary>Key or payload is larger than allowed; nothing was stored.</summary>
    TooLarge,

    /// <summary>The queue cannot be written now, a full disk for example; nothing was stored, and trying again later is right.</summary>
    Unavailable,

    /// <summary>The lease that the entry names is not held any more; nothing was stored.</summary>
    LeaseLost,

    /// <summary>It was sent, but the confirmation did not come: the entry may be delivered or not.</summary>
    Unconfirmed,

    /// <summary>An entry with this deduplication id, or one of several, was stored before; nothing was stored now, and of that id nothing has to be.</summary>
    Duplicate,
}

/// <summary>The answer to an append.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Id">The id of the message when stored; deliveries carry it. Unique within the queue.</param>
/// <param name="Error">One line for a log unless stored.</param>
public readonly record struct AppendResult(AppendOutcome Outcome, string? Id, string? Error)
{
    private readonly IReadOnlyList<string>? _knownIds;

    /// <summary>Of a <see cref="AppendOutcome.Duplicate"/>: those of the entry's deduplication ids that were appended before.</summary>
    public IReadOnlyList<string> KnownIds
    {
        get => _knownIds ?? [];
        init => _knownIds = value;
    }

    /// <summary>True when the entry is durable.</summary>
    public bool IsStored => Outcome == AppendOutcome.Stored;

    /// <summary>True when the work is in the queue, or was, whether by this append or an earlier one.</summary>
    public bool IsAccepted => Outcome is AppendOutcome.Stored or AppendOutcome.Duplicate;

    internal static AppendResult Duplicate(IReadOnlyList<string> knownIds) => new(AppendOutcome.Duplicate, null, "It was appended before.") { KnownIds = knownIds };

    internal static AppendResult Stored(string id) => new(AppendOutcome.Stored, id, null);

    internal static AppendResult Failure(AppendOutcome outcome, string error) => new(outcome, null, error);
}
