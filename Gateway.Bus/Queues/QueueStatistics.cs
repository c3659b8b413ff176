namespace OpenClaw.Gateway.Bus.Queues;

/// <summary>What is in a queue at one moment.</summary>
public sealed record QueueStatistics
{
    /// <summary>Messages that wait: for a consumer, for the one before them, or for their retry.</summary>
    public required int Waiting { get; init; }

    /// <summary>Messages that a handler works on.</summary>
    public required int InFlight { get; init; }

    /// <summary>Messages that were set aside.</summary>
    public required int DeadLetters { get; init; }

    /// <summary>Bytes of everything above as it is stored.</summary>
    public required long Bytes { get; init; }

    /// <summary>When the oldest message that waits or is handled was appended; null when there is none.</summary>
    public required DateTimeOffset? OldestEnqueuedAt { get; init; }

    /// <summary>Messages whose time to live was over before their turn came, since the bus was opened.</summary>
    public required long Expired { get; init; }

    /// <summary>Stretches of the store that could not be read and were set aside, since the bus was opened.</summary>
    public required long Damaged { get; init; }
}
