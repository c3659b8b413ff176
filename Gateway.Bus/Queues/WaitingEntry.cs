namespace OpenClaw.Gateway.Bus.Queues;

/// <summary>An entry that is to be handled still, as <see cref="IQueues.PeekAsync"/> shows it.</summary>
public sealed record WaitingEntry
{
    /// <summary>The message's id.</summary>
    public required string Id { get; init; }

    /// <summary>The key it was appended with.</summary>
    public required string Key { get; init; }

    /// <summary>How many attempts have begun.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it was appended.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>When its time to live is over; null when it has none.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What was appended.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }
}
