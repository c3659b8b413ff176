namespace OpenClaw.Gateway.Bus.Queues;

/// <summary>A message that was set aside because it could not be handled.</summary>
public sealed record DeadLetter
{
    /// <summary>The message's id.</summary>
    public required string Id { get; init; }

    /// <summary>The key it was appended with.</summary>
    public required string Key { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it was appended.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>When it was set aside.</summary>
    public required DateTimeOffset SetAsideAt { get; init; }

    /// <summary>Why: the handler's reason or the type of its exception.</summary>
    public required string Reason { get; init; }

    /// <summary>What was appended.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }
}
