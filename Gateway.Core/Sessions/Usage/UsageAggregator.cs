using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Sessions.Usage;

/// <summary>Adds up the summaries of several transcripts.</summary>
internal sealed class UsageAggregator
{
    private readonly UsageTotals _totals = new();
    private readonly MessageCounts _messages = new();
    private readonly UsageBySubject _models = new();
    private readonly UsageBySubject _providers = new();
    private readonly OrderedDictionary<string, UsageTotals> _agents = [];
    private readonly OrderedDictionary<string, UsageTotals> _channels = [];
    private readonly SortedDictionary<string, DailyUsage> _days = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, UsageLatency> _dailyLatency = new(StringComparer.Ordinal);
    private UsageLatency? _latency;

    public UsageSums Totals => _totals.ToSums();

    public void Add(SessionUsageSummary usage, string? agentId, string? channel)
    {
        _totals.Add(usage);
        _messages.Add(usage.MessageCounts);
        foreach (var tool in usage.ToolUsage?.Tools ?? [])
            _models.AddTool(tool.Name, tool.Count);
        foreach (var model in usage.ModelUsage ?? [])
        {
            _models.CountModel(model.Provider, model.Model, model.Count).Add(model.Totals);
            _providers.CountModel(model.Provider, model: null, model.Count).Add(model.Totals);
        }
        if (usage.Latency is { } latency)
            _latency = _latency.And(latency);
        foreach (var day in usage.DailyLatency ?? [])
            _dailyLatency[day.Date] = _dailyLatency.GetValueOrDefault(day.Date).And(day);
        foreach (var day in usage.DailyModelUsage ?? [])
            _models.AddDay(day);
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
        Messages = _messages.ToMessages(),
        Tools = _models.Tools,
        ByModel = _models.Models,
        ByProvider = _providers.Models,
        ByAgent = [.. _agents.Select(static a => new UsageAgent { AgentId = a.Key, Totals = a.Value.ToSums() }).OrderByDescending(static a => a.Totals.TotalCost)],
        ByChannel = [.. _channels.Select(static c => new UsageChannel { Channel = c.Key, Totals = c.Value.ToSums() }).OrderByDescending(static c => c.Totals.TotalCost)],
        Latency = _latency,
        DailyLatency = [.. _dailyLatency.Select(static d => d.Value.OnDay(d.Key))],
        ModelDaily = _models.DailyModels,
        Daily = [.. _days.Values],
    };

    private static UsageTotals TotalsOf(OrderedDictionary<string, UsageTotals> all, string name)
    {
        if (!all.TryGetValue(name, out var totals))
            all[name] = totals = new UsageTotals();
        return totals;
    }

    private void Day(string date, Func<DailyUsage, DailyUsage> change) =>
        _days[date] = change(_days.GetValueOrDefault(date) ?? new DailyUsage { Date = date, Tokens = 0, Cost = 0, Messages = 0, ToolCalls = 0, Errors = 0 });
}
