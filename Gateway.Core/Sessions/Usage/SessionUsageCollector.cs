using System.Globalization;

namespace OpenClaw.Gateway.Core.Sessions.Usage;

/// <summary>Adds up one transcript, message by message.</summary>
internal sealed class SessionUsageCollector(SessionUsageSummary summary, UsageRange range, TimeZoneInfo zone)
{
    /// <summary>An answer after more than half a day answers something else.</summary>
    private const long MaxLatencyMs = 12 * 60 * 60 * 1000;

    private readonly SortedDictionary<string, (long Tokens, double Cost)> _days = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, DailyMessageCounts> _messages = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<long>> _latencies = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<(string Date, string? Provider, string? Model), DailyModelUsage> _dailyModels = [];
    private readonly OrderedDictionary<(string? Provider, string? Model), ModelUsage> _models = [];
    private readonly OrderedDictionary<string, long> _tools = [];
    private long? _askedAt;

    public void Add(UsageEntry entry)
    {
        if (entry.Time is { } time && !range.Contains(time))
            return;
        var day = entry.Time is { } at ? Day(at, zone) : null;
        CountMessage(entry, day);
        if (entry.Usage is { } usage)
            CountUsage(entry, usage, day);
    }

    /// <summary>Fills the summary.</summary>
    public SessionUsageSummary Finish()
    {
        summary.ActivityDates = [.. _messages.Keys];
        summary.DailyBreakdown = [.. _days.Select(static day => new UsageDay(day.Key, day.Value.Tokens, day.Value.Cost))];
        summary.DailyMessageCounts = [.. _messages.Values];
        summary.DailyLatency = _latencies.Count == 0 ? null : [.. _latencies.Select(static day =>
        {
            var stats = LatencyStats.Of(day.Value)!;
            return new DailyLatency(day.Key, stats.Count, stats.AvgMs, stats.P95Ms, stats.MinMs, stats.MaxMs);
        })];
        summary.DailyModelUsage = _dailyModels.Count == 0 ? null : [.. _dailyModels.Values.OrderBy(static m => m.Date, StringComparer.Ordinal).ThenByDescending(static m => m.Cost)];
        summary.ToolUsage = _tools.Count == 0 ? null : ToolUsage.Of(_tools);
        summary.ModelUsage = _models.Count == 0 ? null : [.. _models.Values.OrderByDescending(static m => m.Totals.TotalCost).ThenByDescending(static m => m.Totals.TotalTokens)];
        summary.Latency = LatencyStats.Of([.. _latencies.Values.SelectMany(static day => day)]);
        return summary;
    }

    /// <summary>A day as clients show it: YYYY-MM-DD in the gateway's local time.</summary>
    public static string Day(DateTimeOffset time, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private void CountMessage(UsageEntry entry, string? day)
    {
        summary.MessageCounts.Add(entry);
        foreach (var tool in entry.Tools)
            _tools[tool] = _tools.GetValueOrDefault(tool) + 1;
        if (entry.Time is not { } time || day is null)
            return;

        var ms = time.ToUnixTimeMilliseconds();
        summary.FirstActivity = Math.Min(summary.FirstActivity ?? ms, ms);
        summary.LastActivity = Math.Max(summary.LastActivity ?? ms, ms);
        if (!_messages.TryGetValue(day, out var counts))
            _messages[day] = counts = new DailyMessageCounts(day);
        counts.Add(entry);

        if (entry.IsUser)
        {
            _askedAt = ms;
            return;
        }
        if ((entry.DurationMs ?? (_askedAt is { } asked ? Math.Max(0, ms - asked) : null)) is not (<= MaxLatencyMs and var latency))
            return;
        if (!_latencies.TryGetValue(day, out var values))
            _latencies[day] = values = [];
        values.Add(latency);
    }

    private void CountUsage(UsageEntry entry, UsageNumbers usage, string? day)
    {
        summary.Add(usage, entry.Cost);
        var cost = entry.Cost?.Total ?? 0;
        var isNamed = entry.Provider is not null || entry.Model is not null;
        if (day is not null)
        {
            var (tokens, spent) = _days.GetValueOrDefault(day);
            _days[day] = (tokens + usage.Sum, spent + cost);
        }
        if (day is not null && isNamed)
        {
            var key = (day, entry.Provider, entry.Model);
            var daily = _dailyModels.GetValueOrDefault(key) ?? new DailyModelUsage(day, entry.Provider, entry.Model, 0, 0, 0);
            _dailyModels[key] = daily with { Tokens = daily.Tokens + usage.Sum, Cost = daily.Cost + cost, Count = daily.Count + 1 };
        }
        if (!isNamed)
            return;
        var model = _models.GetValueOrDefault((entry.Provider, entry.Model)) ?? new ModelUsage(entry.Provider, entry.Model, 0, new UsageTotals());
        model.Totals.Add(usage, entry.Cost);
        _models[(entry.Provider, entry.Model)] = model with { Count = model.Count + 1 };
    }
}
