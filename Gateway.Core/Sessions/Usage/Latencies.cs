using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Sessions.Usage;

/// <summary>How long answers took.</summary>
internal static class Latencies
{
    /// <summary>Null without values.</summary>
    public static UsageLatency? Of(List<long> milliseconds)
    {
        if (milliseconds.Count == 0)
            return null;
        milliseconds.Sort();
        var p95 = Math.Max(0, (int)Math.Ceiling(milliseconds.Count * 0.95) - 1);
        return new UsageLatency
        {
            Count = milliseconds.Count,
            AvgMs = milliseconds.Average(),
            P95Ms = milliseconds[p95],
            MinMs = milliseconds[0],
            MaxMs = milliseconds[^1],
        };
    }

    public static DailyUsageLatency OnDay(this UsageLatency latency, string date) => new()
    {
        Date = date,
        Count = latency.Count,
        AvgMs = latency.AvgMs,
        P95Ms = latency.P95Ms,
        MinMs = latency.MinMs,
        MaxMs = latency.MaxMs,
    };

    /// <summary>Percentiles cannot be added; the highest of the parts is an upper bound.</summary>
    public static UsageLatency And(this UsageLatency? known, UsageLatency other) => known is null ? other : new UsageLatency
    {
        Count = known.Count + other.Count,
        AvgMs = ((known.AvgMs * known.Count) + (other.AvgMs * other.Count)) / (known.Count + other.Count),
        P95Ms = Math.Max(known.P95Ms, other.P95Ms),
        MinMs = Math.Min(known.MinMs, other.MinMs),
        MaxMs = Math.Max(known.MaxMs, other.MaxMs),
    };
}
