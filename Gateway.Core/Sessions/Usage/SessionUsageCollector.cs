using System.Globalization;
using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Sessions.Usage;

/// <summary>Adds up one transcript, message by message.</summary>
internal sealed class SessionUsageCollector(UsageRange range, TimeZoneInfo zone)
{
    /// <summary>An answer after more than half a day answers something else.</summary>
    private const long MaxLatencyMs = 12 * 60 * 60 * 1000;

    private readonly UsageTotals _totals = new();
    private readonly MessageCounts _allMessages = new();
    private readonly UsageBySubject _subjects = new();
    private readonly SortedDictionary<string, (long Tokens, double Cost)> _days = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, MessageCounts> _messages = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<long>> _latencies = new(StringComparer.Ordinal);
    private long? _firstActivity;
    private long? _lastActivity;
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

    /// <summary>What was added up, of the transcript <paramref name="transcript"/>.</summary>
    public SessionUsageSummary Finish(UsageTranscript transcript)
    {
        var totals = _totals;
        return new SessionUsageSummary
        {
            Input = totals.Input,
            Output = totals.Output,
            CacheRead = totals.CacheRead,
            CacheWrite = totals.CacheWrite,
            TotalTokens = totals.TotalTokens,
            TotalCost = totals.TotalCost,
            InputCost = totals.InputCost,
            OutputCost = totals.OutputCost,
            CacheReadCost = totals.CacheReadCost,
            CacheWriteCost = totals.CacheWriteCost,
            MissingCostEntries = totals.MissingCostEntries,
            SessionId = transcript.SessionId,
            SessionFile = transcript.Path,
            FirstActivity = _firstActivity,
            LastActivity = _lastActivity,
            DurationMs = _lastActivity - _firstActivity,
            ActivityDates = [.. _messages.Keys],
            DailyBreakdown = [.. _days.Select(static day => new UsageDay { Date = day.Key, Tokens = day.Value.Tokens, Cost = day.Value.Cost })],
            DailyMessageCounts = [.. _messages.Select(static day => day.Value.OnDay(day.Key))],
            DailyLatency = NullIfEmpty([.. _latencies.Select(static day => Latencies.Of(day.Value)!.OnDay(day.Key))]),
            DailyModelUsage = NullIfEmpty(_subjects.DailyModels),
            MessageCounts = _allMessages.ToMessages(),
            ToolUsage = _subjects.Tools is { UniqueTools: > 0 } tools ? tools : null,
            ModelUsage = NullIfEmpty(_subjects.Models),
            Latency = Latencies.Of([.. _latencies.Values.SelectMany(static day => day)]),
        };
    }

    /// <summary>A day as clients show it: YYYY-MM-DD in the gateway's local time.</summary>
    public static string Day(DateTimeOffset time, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IReadOnlyList<T>? NullIfEmpty<T>(IReadOnlyList<T> list) => list.Count == 0 ? null : list;

    private void CountMessage(UsageEntry entry, string? day)
    {
        _allMessages.Add(entry);
        foreach (var tool in entry.Tools)
            _subjects.AddTool(tool, 1);
        if (entry.Time is not { } time || day is null)
            return;

        var ms = time.ToUnixTimeMilliseconds();
        _firstActivity = Math.Min(_firstActivity ?? ms, ms);
        _lastActivity = Math.Max(_lastActivity ?? ms, ms);
        if (!_messages.TryGetValue(day, out var counts))
            _messages[day] = counts = new MessageCounts();
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
        _totals.Add(usage, entry.Cost);
        var cost = entry.Cost?.Total ?? 0;
        var isNamed = entry.Provider is not null || entry.Model is not null;
        if (day is not null)
        {
            var (tokens, spent) = _days.GetValueOrDefault(day);
            _days[day] = (tokens + usage.Sum, spent + cost);
        }
        if (!isNamed)
            return;
        if (day is not null)
            _subjects.AddDay(new DailyUsageModel { Date = day, Provider = entry.Provider, Model = entry.Model, Tokens = usage.Sum, Cost = cost, Count = 1 });
        _subjects.CountModel(entry.Provider, entry.Model, 1).Add(usage, entry.Cost);
    }
}
