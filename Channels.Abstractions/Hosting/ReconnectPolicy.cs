namespace OpenClaw.Channels.Abstractions.Hosting;

/// <summary>How long to wait before an account is connected again.</summary>
public static class ReconnectPolicy
{
    /// <summary>The first pause; the numbers are the peer's (channels.md A2: 2 s to 30 s, times 1.8, a quarter of it random).</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(2);

    /// <summary>The longest pause.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>A connection that lasted this long has nothing to do with the failures before it.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromSeconds(60);

    private const double Factor = 1.8;

    private const double Spread = 0.25;

    /// <summary>The pause after a failure.</summary>
    /// <param name="failures">Failures in a row, 1 or more.</param>
    /// <param name="random">0 to 1.</param>
    public static TimeSpan DelayAfter(int failures, double random)
    {
        var seconds = Math.Min(First.TotalSeconds * Math.Pow(Factor, Math.Clamp(failures - 1, 0, 30)), Longest.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (1 + (Spread * ((2 * random) - 1))));
    }
}
