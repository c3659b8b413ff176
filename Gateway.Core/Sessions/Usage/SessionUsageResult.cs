using System.Text.Json.Serialization;
using OpenClaw.Gateway.Core.Sessions.Json;

namespace OpenClaw.Gateway.Core.Sessions.Usage;

/// <summary>Result of <c>sessions.usage</c>.</summary>
internal sealed record SessionUsageResult
{
    /// <summary>Now, milliseconds since 1970 UTC.</summary>
    public required long UpdatedAt { get; init; }
    public required string StartDate { get; init; }
    public required string EndDate { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<SessionUsageRow> Sessions { get; init; }
    public required UsageTotals Totals { get; init; }
    public required UsageAggregates Aggregates { get; init; }
}

/// <summary>One transcript; the current one of a session, or one that no session refers to any more.</summary>
internal sealed record SessionUsageRow
{
    public required string Key { get; init; }
    public string? Label { get; init; }
    public required string SessionId { get; init; }
    public required long UpdatedAt { get; init; }
    public string? AgentId { get; init; }
    public string? Channel { get; init; }
    public string? ChatType { get; init; }
    public RawJson? Origin { get; init; }
    public string? ModelOverride { get; init; }
    public string? ProviderOverride { get; init; }
    public string? ModelProvider { get; init; }
    public string? Model { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required SessionUsageSummary? Usage { get; init; }

    /// <summary>What filled the last prompt; only when asked for, null when it is not known.</summary>
    public RawJson? ContextWeight { get; init; }
}

/// <summary>Sums over all sessions of the result.</summary>
internal sealed record UsageAggregates
{
    public required MessageCounts Messages { get; init; }
    public required ToolUsage Tools { get; init; }
    public required IReadOnlyList<ModelUsage> ByModel { get; init; }
    public required IReadOnlyList<ModelUsage> ByProvider { get; init; }
    public required IReadOnlyList<AgentUsage> ByAgent { get; init; }
    public required IReadOnlyList<ChannelUsage> ByChannel { get; init; }
    public LatencyStats? Latency { get; init; }
    public required IReadOnlyList<DailyLatency> DailyLatency { get; init; }
    public required IReadOnlyList<DailyModelUsage> ModelDaily { get; init; }
    public required IReadOnlyList<DailyTotals> Daily { get; init; }
}

internal sealed record AgentUsage(string AgentId, UsageTotals Totals);

internal sealed record ChannelUsage(string Channel, UsageTotals Totals);

internal sealed record DailyTotals(string Date, long Tokens, double Cost, long Messages, long ToolCalls, long Errors);
