namespace OpenClaw.Gateway.Core.Sessions.Usage;

/// <summary>What one transcript says about use and cost; the sums are the inherited members.</summary>
internal sealed class SessionUsageSummary : UsageTotals
{
    public string? SessionId { get; set; }
    public required string SessionFile { get; init; }

    /// <summary>Time of the first message in the range, milliseconds since 1970 UTC.</summary>
    public long? FirstActivity { get; set; }
    public long? LastActivity { get; set; }
    public long? DurationMs => LastActivity - FirstActivity;

    /// <summary>Days with messages, in the gateway's local time.</summary>
    public IReadOnlyList<string> ActivityDates { get; set; } = [];
    public IReadOnlyList<UsageDay> DailyBreakdown { get; set; } = [];
    public IReadOnlyList<DailyMessageCounts> DailyMessageCounts { get; set; } = [];
    public IReadOnlyList<DailyLatency>? DailyLatency { get; set; }
    public IReadOnlyList<DailyModelUsage>? DailyModelUsage { get; set; }
    public MessageCounts MessageCounts { get; set; } = new();
    public ToolUsage? ToolUsage { get; set; }
    public IReadOnlyList<ModelUsage>? ModelUsage { get; set; }
    public LatencyStats? Latency { get; set; }
}

/// <summary>Tokens and US dollars of a day.</summary>
internal sealed record UsageDay(string Date, long Tokens, double Cost);

internal class MessageCounts
{
    public long Total { get; set; }
    public long User { get; set; }
    public long Assistant { get; set; }
    public long ToolCalls { get; set; }
    public long ToolResults { get; set; }

    /// <summary>Failed answers and failed tool results.</summary>
    public long Errors { get; set; }

    public void Add(UsageEntry entry)
    {
        Total++;
        if (entry.IsUser)
            User++;
        else
            Assistant++;
        ToolCalls += entry.Tools.Count;
        ToolResults += entry.ToolResults.Total;
        Errors += entry.ToolResults.Errors + (entry.IsFailed ? 1 : 0);
    }

    public void Add(MessageCounts other)
    {
        Total += other.Total;
        User += other.User;
        Assistant += other.Assistant;
        ToolCalls += other.ToolCalls;
        ToolResults += other.ToolResults;
        Errors += other.Errors;
    }
}

internal sealed class DailyMessageCounts(string date) : MessageCounts
{
    public string Date { get; } = date;
}

/// <summary>Milliseconds from a user message to an answer.</summary>
internal record LatencyStats(long Count, double AvgMs, double P95Ms, double MinMs, double MaxMs)
{
    /// <summary>Null without values.</summary>
    public static LatencyStats? Of(List<long> values)
    {
        if (values.Count == 0)
            return null;
        values.Sort();
        var p95 = Math.Max(0, (int)Math.Ceiling(values.Count * 0.95) - 1);
        return new LatencyStats(values.Count, values.Average(), values[p95], values[0], values[^1]);
    }
}

internal sealed record DailyLatency(string Date, long Count, double AvgMs, double P95Ms, double MinMs, double MaxMs)
    : LatencyStats(Count, AvgMs, P95Ms, MinMs, MaxMs);

internal sealed record DailyModelUsage(string Date, string? Provider, string? Model, long Tokens, double Cost, long Count);

internal sealed record ModelUsage(string? Provider, string? Model, long Count, UsageTotals Totals);

internal sealed record ToolUsage(long TotalCalls, int UniqueTools, IReadOnlyList<ToolCount> Tools)
{
    public static ToolUsage Of(IReadOnlyDictionary<string, long> counts) => new(
        counts.Values.Sum(),
        counts.Count,
        [.. counts.Select(static tool => new ToolCount(tool.Key, tool.Value)).OrderByDescending(static tool => tool.Count)]);
}

internal sealed record ToolCount(string Name, long Count);
