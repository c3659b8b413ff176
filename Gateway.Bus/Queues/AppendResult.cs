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

    /// <summary>An entry with this deduplication id was stored before; nothing was stored now, and nothing has to be.</summary>
    Duplicate,
}

/// <summary>The answer to an append.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Id">The id of the message when stored; deliveries carry it. Unique within the queue.</param>
/// <param name="Error">One line for a log unless stored.</param>
public readonly record struct AppendResult(AppendOutcome Outcome, string? Id, string? Error)
{
    /// <summary>True when the entry is durable.</summary>
    public bool IsStored => Outcome == AppendOutcome.Stored;

    /// <summary>True when the work is in the queue, or was, whether by this append or an earlier one.</summary>
    public bool IsAccepted => Outcome is AppendOutcome.Stored or AppendOutcome.Duplicate;

    internal static AppendResult Duplicate { get; } = new(AppendOutcome.Duplicate, null, "It was appended before.");

    internal static AppendResult Stored(string id) => new(AppendOutcome.Stored, id, null);

    internal static AppendResult Failure(AppendOutcome outcome, string error) => new(outcome, null, error);
}
