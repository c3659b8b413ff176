namespace OpenClaw.Gateway.Core.SafeMode;

/// <summary>
/// The state of a gateway that crashed again and again: it serves clients, and holds back what may be the cause. Channels do not connect and jobs do not
/// begin until it has stood for a while; what was worked on during a crash waits for <see cref="ResumptionPause"/>, because messages that end a process
/// are found out one by one, and nobody should wait longer for the others. Nothing is lost: what is not fetched stays with the provider, what is
/// stored stays in its queue.
/// </summary>
public sealed class SafeModeState
{
    /// <summary>How long the gateway must have stood before it takes up the messages that were worked on when it crashed.</summary>
    public static readonly TimeSpan ResumptionPause = TimeSpan.FromSeconds(15);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SafeModeState(string? reason, DateTimeOffset since, TimeSpan duration)
    {
        Reason = reason;
        Since = since;
        Duration = duration;
        if (reason is null)
            _ended.SetResult();
    }

    /// <summary>Why, for people; null for a gateway that was never in it.</summary>
    public string? Reason { get; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>How long the gateway has to stand for it to end.</summary>
    public TimeSpan Duration { get; }

    /// <summary>It is in force.</summary>
    public bool IsActive => !_ended.Task.IsCompleted;

    /// <summary>Completes when it ends; completed where it never was.</summary>
    public Task Ended => _ended.Task;

    /// <summary>A gateway that holds nothing back.</summary>
    public static SafeModeState Off() => new(null, default, default);

    /// <summary>A gateway in safe mode.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="since">From when on.</param>
    /// <param name="duration">For how long.</param>
    public static SafeModeState On(string reason, DateTimeOffset since, TimeSpan duration) => new(reason, since, duration);

    /// <summary>How much longer a message waits that was worked on when the process ended.</summary>
    /// <param name="uptime">How long the gateway has stood.</param>
    public TimeSpan ResumptionDelay(TimeSpan uptime) => IsActive && uptime < ResumptionPause ? ResumptionPause - uptime : TimeSpan.Zero;

    /// <summary>Ends it.</summary>
    public void End() => _ended.TrySetResult();
}
