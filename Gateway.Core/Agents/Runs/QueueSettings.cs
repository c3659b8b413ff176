namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>What happens to a message that arrives while its session is busy.</summary>
internal sealed record QueueSettings
{
    public QueueMode Mode { get; init; } = QueueMode.Collect;

    /// <summary>Quiet time after the last queued message before the queue is drained.</summary>
    public TimeSpan Debounce { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Most messages kept; at least 1.</summary>
    public int Cap { get; init; } = 20;

    public QueueDropPolicy Drop { get; init; } = QueueDropPolicy.Summarize;

    /// <summary>The longest quiet time that is waited for: a day. Longer ones and negative ones come from typing errors.</summary>
    private const long MaxDebounceMs = 24 * 60 * 60 * 1000;

    /// <summary>A debounce from a number somebody wrote, in milliseconds.</summary>
    public static TimeSpan Limit(double debounceMs) => TimeSpan.FromMilliseconds(Math.Clamp(debounceMs, 0, MaxDebounceMs));

    /// <summary>Reads a mode name (<c>queue</c> is the old name of steer); null for anything else.</summary>
    public static QueueMode? ParseMode(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "collect" or "coalesce" => QueueMode.Collect,
        "followup" or "follow-up" or "follow-ups" or "followups" => QueueMode.Followup,
        "steer" or "steering" or "queue" or "queued" => QueueMode.Steer,
        "steer-backlog" or "steer+backlog" or "steer_backlog" => QueueMode.SteerBacklog,
        "interrupt" or "interrupts" or "abort" => QueueMode.Interrupt,
        _ => null,
    };

    /// <summary>The name that is stored and shown.</summary>
    public static string NameOf(QueueMode mode) => mode switch
    {
        QueueMode.Collect => "collect",
        QueueMode.Followup => "followup",
        QueueMode.Steer => "steer",
        QueueMode.SteerBacklog => "steer-backlog",
        QueueMode.Interrupt => "interrupt",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
    };

    public static string NameOf(QueueDropPolicy drop) => drop switch
    {
        QueueDropPolicy.Summarize => "summarize",
        QueueDropPolicy.Old => "old",
        QueueDropPolicy.New => "new",
        _ => throw new ArgumentOutOfRangeException(nameof(drop), drop, null),
    };

    public static QueueDropPolicy? ParseDrop(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "old" or "oldest" => QueueDropPolicy.Old,
        "new" or "newest" => QueueDropPolicy.New,
        "summarize" or "summary" => QueueDropPolicy.Summarize,
        _ => null,
    };
}

internal enum QueueMode
{
    /// <summary>Waiting messages become one turn when they share a reply route.</summary>
    Collect,

    /// <summary>One turn per waiting message.</summary>
    Followup,

    /// <summary>Put into the running turn after its current tool.</summary>
    Steer,

    /// <summary>Put into the running turn, and answered again in a turn of its own.</summary>
    SteerBacklog,

    /// <summary>Ends the running turn and takes its place.</summary>
    Interrupt,
}

/// <summary>Which message gives way when the queue is full.</summary>
internal enum QueueDropPolicy
{
    /// <summary>The oldest, of which one line is kept for the next prompt.</summary>
    Summarize,
    Old,
    New,
}
