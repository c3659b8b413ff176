namespace OpenClaw.Gateway.Bus.Queues;

/// <summary>How a consumer works.</summary>
public sealed record QueueConsumerOptions
{
    internal static QueueConsumerOptions Default { get; } = new();

    /// <summary>Messages that are handled at the same time, all of different keys; 1 to 1 024, 16 by default.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>Attempts before a message becomes a dead letter, 1 to 1 000; 10 by default: with the default backoff about ten minutes of trying.</summary>
    public int MaxAttempts { get; init; } = 10;

    /// <summary>Delay after the first failed attempt, 0 to 1 day; 1 s by default. It doubles with every further one.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Where the doubling ends, <see cref="RetryDelay"/> to 1 day; 5 min by default.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Gives the handler the entries too whose time to live was over before their turn, marked by <see cref="QueueDelivery.IsExpired"/>; false by
    /// default: they are dropped, counted and logged.
    /// </summary>
    public bool DeliversExpired { get; init; }

    internal void Check() => OptionRange.Check(
        "options",
        OptionRange.Error(nameof(Concurrency), Concurrency, 1, 1024),
        OptionRange.Error(nameof(MaxAttempts), MaxAttempts, 1, 1000),
        OptionRange.Error(nameof(RetryDelay), RetryDelay, TimeSpan.Zero, QueueVerdict.MaxDelay),
        OptionRange.Error(nameof(MaxRetryDelay), MaxRetryDelay, RetryDelay, QueueVerdict.MaxDelay));

    internal TimeSpan DelayAfter(int attempt)
    {
        var seconds = RetryDelay.TotalSeconds * Math.Pow(2, Math.Clamp(attempt - 1, 0, 60));
        return seconds < MaxRetryDelay.TotalSeconds ? TimeSpan.FromSeconds(seconds) : MaxRetryDelay;
    }
}
