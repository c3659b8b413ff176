namespace OpenClaw.Gateway.Bus.Queues;

/// <summary>What a handler wants done with the message it was given.</summary>
public readonly record struct QueueVerdict
{
    /// <summary>The longest delay a handler can ask for.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromDays(1);

    internal QueueVerdictKind Kind { get; private init; }

    internal TimeSpan? Delay { get; private init; }

    internal string? Reason { get; private init; }

    /// <summary>The work is done; forget the message.</summary>
    public static QueueVerdict Done => new() { Kind = QueueVerdictKind.Done };

    /// <summary>The attempt failed. The message comes again, or becomes a dead letter when its attempts are used up.</summary>
    /// <param name="reason">For the operator, without private data; cut at 256 characters.</param>
    /// <param name="delay">0 to 1 day; null leaves it to the consumer's backoff.</param>
    public static QueueVerdict Retry(string reason, TimeSpan? delay = null) => new() { Kind = QueueVerdictKind.Retry, Reason = reason, Delay = Checked(delay) };

    /// <summary>Not now, and nobody's fault: a rate limit, a channel that is not connected. The message comes again and the attempt does not count.</summary>
    /// <param name="delay">0 to 1 day.</param>
    public static QueueVerdict Postpone(TimeSpan delay) => new() { Kind = QueueVerdictKind.Postpone, Delay = Checked(delay) };

    /// <summary>No attempt can succeed: make it a dead letter now.</summary>
    /// <param name="reason">For the operator, without private data; cut at 256 characters.</param>
    public static QueueVerdict Reject(string reason) => new() { Kind = QueueVerdictKind.Reject, Reason = reason };

    private static TimeSpan? Checked(TimeSpan? delay)
    {
        if (delay is { } value)
            OptionRange.Check(nameof(delay), OptionRange.Error("delay", value, TimeSpan.Zero, MaxDelay));
        return delay;
    }
}

internal enum QueueVerdictKind
{
    // Not Done: a handler that returns default has not said that it is done.
    Retry,
    Done,
    Postpone,
    Reject,
}
