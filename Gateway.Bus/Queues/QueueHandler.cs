namespace OpenClaw.Gateway.Bus.Queues;

/// <summary>Works on a delivery.</summary>
/// <param name="delivery">What to work on. The same message may come again, so the work must bear repetition.</param>
/// <param name="cancellationToken">Signalled when the consumer stops. Ending by cancellation then gives the message back and does not count as an attempt.</param>
/// <returns>What to do with the message. An exception counts as <see cref="QueueVerdict.Retry"/>.</returns>
public delegate ValueTask<QueueVerdict> QueueHandler(QueueDelivery delivery, CancellationToken cancellationToken);

/// <summary>A message on its way to a handler.</summary>
public sealed record QueueDelivery
{
    /// <summary>The queue it comes from.</summary>
    public required string Queue { get; init; }

    /// <summary>The message's id, the same in every attempt.</summary>
    public required string Id { get; init; }

    /// <summary>The key it was appended with.</summary>
    public required string Key { get; init; }

    /// <summary>
    /// 1 for the first attempt. Attempts that ended with the death of the process count too, so a message that kills
    /// its handler becomes a dead letter in the end.
    /// </summary>
    public required int Attempt { get; init; }

    /// <summary>When it was appended.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>Its time to live was over before its turn; only where <see cref="QueueConsumerOptions.DeliversExpired"/>.</summary>
    public bool IsExpired { get; init; }

    /// <summary>
    /// The last one before it in its series that was not settled when this was taken; null for none, and for entries without a series. What
    /// has become of that one meanwhile, <see cref="IQueues.FindBeforeAsync"/> tells.
    /// </summary>
    public string? Before { get; init; }

    /// <summary>The W3C trace parent of the append, if there was one.</summary>
    public string? TraceParent { get; init; }

    /// <summary>What was appended.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }
}
