namespace OpenClaw.Channels.Telegram.Polling;

/// <summary>Times of polling.</summary>
internal sealed record PollSettings
{
    /// <summary>How long the API holds a request that it has nothing for; the peer's number.</summary>
    public TimeSpan PollTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How much longer than that a request may take before it counts as stalled.</summary>
    public TimeSpan Watchdog { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the other side may take to close a poll's connection that we have done with; then it is cut.</summary>
    public TimeSpan ClosePatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long to wait for what is on its way before asking again.</summary>
    public TimeSpan PendingPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>For calls that have nothing to wait for.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Makes every pause after a failure this much shorter; 1 but for tests.</summary>
    public double PauseDivisor { get; init; } = 1;

    public TimeSpan Scale(TimeSpan pause) => pause / PauseDivisor;
}
