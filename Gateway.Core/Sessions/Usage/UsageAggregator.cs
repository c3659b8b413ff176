namespace OpenClaw.Gateway.Core.Sessions.Usage;

/// <summary>Adds up the summaries of several transcripts.</summary>
internal sealed class UsageAggregator
{
    private readonly MessageCounts _messages = new();
    private readonly OrderedDictionary<string, long> _tools = [];
    private readonly OrderedDictionary<(string? Provider, string? Model), ModelUsage> _models = [];
    private readonly OrderedDictionary<(string? Provider, string? Model), ModelUsage> _providers = [];
    private readonly OrderedDictionary<string, UsageTotals> _agents = [];
    private readonly OrderedDictionary<string, UsageTotals> _channels = [];
    private readonly OrderedDictionary<(string, string?, string?), DailyModelUsage> _dailyModels = [];
    private readonly SortedDictionary<string, DailyTotals> _days = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, LatencyStats> _dailyLatency = new(StringComparer.Ordinal);
    private LatencyStats? _latency;

    public UsageTotals Totals { get; } = new();

    public void Add(SessionUsageSummary usage, string? agentId, string? channel)
    {
        Totals.Add(usage);
        _messages.Add(usage.MessageCounts);
        foreach (var tool in usage.ToolUsage?.Tools ?? [])
            _tools[tool.Name] = _tools.GetValueOrDefault(tool.Name) + tool.Count;
        foreach (var model in usage.ModelUsage ?? [])
        {
            Merge(_models, model, model.Model);
            Merge(_providers, model, model: null);
        }
        if (usage.Latency is { } latency)
            _latency = Merge(_latency, latency);
        foreach (var day in usage.DailyLatency ?? [])
            _dailyLatency[day.Date] = Merge(_dailyLatency.GetValueOrDefault(day.Date), day);
        foreach (var model in usage.DailyModelUsage ?? [])
        {
            var key = (model.Date, model.Provider, model.Model);
            _dailyModels[key] = _dailyModels.TryGetValue(key, out var known)
                ? known with { Tokens = known.Tokens + model.Tokens, Cost = known.Cost + model.Cost, Count = known.Count + model.Count }
                : model;
        }
        if (agentId is not null)
            TotalsOf(_agents, agentId).Add(usage);
        if (channel is not null)
            TotalsOf(_channels, channel).Add(usage);
        foreach (var day in usage.DailyBreakdown)
            Day(day.Date, known => known with { Tokens = known.Tokens + day.Tokens, Cost = known.Cost + day.Cost });
        foreach (var day in usage.DailyMessageCounts)
            Day(day.Date, known => known with { Messages = known.Messages + day.Total, ToolCalls = known.ToolCalls + day.ToolCalls, Errors = known.Errors + day.Errors });
    }

    public UsageAggregates Finish() => new()
    {
        Messages = _messages,
        Tools = ToolUsage.Of(_tools),
        ByModel = Costliest(_models.Values),
        ByProvider = Costliest(_providers.Values),
        ByAgent = [.. _agents.Select(static a => new AgentUsage(a.Key, a.Value)).OrderByDescending(static a => a.Totals.TotalCost)],
        ByChannel = [.. _channels.Select(static c => new ChannelUsage(c.Key, c.Value)).OrderByDescending(static c => c.Totals.TotalCost)],
        Latency = _latency,
        DailyLatency = [.. _dailyLatency.Select(static d => new DailyLatency(d.Key, d.Value.Count, d.Value.AvgMs, d.Value.P95Ms, d.Value.MinMs, d.Value.MaxMs))],
        ModelDaily = [.. _dailyModels.Values.OrderBy(static m => m.Date, StringComparer.Ordinal).ThenByDescending(static m => m.Cost)],
        Daily = [.. _days.Values],
    };

    private static IReadOnlyList<ModelUsage> Costliest(IEnumerable<ModelUsage> models) =>
        [.. models.OrderByDescending(static m => m.Totals.TotalCost).ThenByDescending(static m => m.Totals.TotalTokens)];

    private static void Merge(OrderedDictionary<(string?, string?), ModelUsage> all, ModelUsage usage, string? model)
    {
        var known = all.GetValueOrDefault((usage.Provider, model)) ?? new ModelUsage(usage.Provider, model, 0, new UsageTotals());
        known.Totals.Add(usage.Totals);
        all[(usage.Provider, model)] = known with { Count = known.Count + usage.Count };
    }

    /// <summary>Percentiles cannot be added; the highest of the parts is an upper bound.</summary>
    private static LatencyStats Merge(LatencyStats? known, LatencyStats other) => known is null
        ? new LatencyStats(other.Count, other.AvgMs, other.P95Ms, other.MinMs, other.MaxMs)
        : new LatencyStats(
            known.Count + other.Count,
            ((known.AvgMs * known.Count) + (other.AvgMs * other.Count)) / (known.Count + other.Count),
            Math.Max(known.P95Ms, other.P95Ms),
            Math.Min(known.MinMs, other.MinMs),
            Math.Max(known.MaxMs, other.MaxMs));

    private static UsageTotals TotalsOf(OrderedDictionary<string, UsageTotals> all, string name)
    {
        if (!all.TryGetValue(name, out var totals))
            all[name] = totals = new UsageTotals();
        return totals;
    }

    private void Day(string date, Func<DailyTotals, DailyTotals> change) =>
        _days[date] = change(_days.GetValueOrDefault(date) ?? new DailyTotals(date, 0, 0, 0, 0, 0));
}
