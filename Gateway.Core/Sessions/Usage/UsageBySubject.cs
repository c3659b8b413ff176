using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Sessions.Usage;

/// <summary>Use by model and by tool, in the order of their first appearance until they are sorted.</summary>
internal sealed class UsageBySubject
{
    private readonly OrderedDictionary<(string? Provider, string? Model), (long Count, UsageTotals Totals)> _models = [];
    private readonly OrderedDictionary<(string Date, string? Provider, string? Model), DailyUsageModel> _dailyModels = [];
    private readonly OrderedDictionary<string, long> _tools = [];

    /// <summary>Costliest first.</summary>
    public IReadOnlyList<UsageModel> Models =>
        [.. _models.Select(static m => new UsageModel { Provider = m.Key.Provider, Model = m.Key.Model, Count = m.Value.Count, Totals = m.Value.Totals.ToSums() })
            .OrderByDescending(static m => m.Totals.TotalCost).ThenByDescending(static m => m.Totals.TotalTokens)];

    /// <summary>By day, of a day the costliest first.</summary>
    public IReadOnlyList<DailyUsageModel> DailyModels =>
        [.. _dailyModels.Values.OrderBy(static m => m.Date, StringComparer.Ordinal).ThenByDescending(static m => m.Cost)];

    /// <summary>Most called first.</summary>
    public UsageTools Tools => new()
    {
        TotalCalls = _tools.Values.Sum(),
        UniqueTools = _tools.Count,
        Tools = [.. _tools.Select(static tool => new UsageTool { Name = tool.Key, Count = tool.Value }).OrderByDescending(static tool => tool.Count)],
    };

    public void AddTool(string name, long calls) => _tools[name] = _tools.GetValueOrDefault(name) + calls;

    /// <summary>The sums of a model, to be added to.</summary>
    public UsageTotals CountModel(string? provider, string? model, long calls)
    {
        var (count, totals) = _models.TryGetValue((provider, model), out var known) ? known : (0, new UsageTotals());
        _models[(provider, model)] = (count + calls, totals);
        return totals;
    }

    public void AddDay(DailyUsageModel day)
    {
        var key = (day.Date, day.Provider, day.Model);
        _dailyModels[key] = _dailyModels.TryGetValue(key, out var known)
            ? known with { Tokens = known.Tokens + day.Tokens, Cost = known.Cost + day.Cost, Count = known.Count + day.Count }
            : day;
    }
}
