using System.Text.Json.Serialization;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Sessions;

/// <summary>Result of <c>sessions.usage</c>.</summary>
public sealed record SessionUsageResult
{
    /// <summary>Now, milliseconds since 1970 UTC.</summary>
    public required long UpdatedAt { get; init; }

    /// <summary>First day.</summary>
    public required string StartDate { get; init; }

    /// <summary>Last day.</summary>
    public required string EndDate { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<SessionUsageRow> Sessions { get; init; }

    /// <summary>Sums over all rows.</summary>
    public required UsageSums Totals { get; init; }

    /// <summary>Sums by subject.</summary>
    public required UsageAggregates Aggregates { get; init; }
}

/// <summary>One transcript: the current one of a session, or one that no session refers to any more.</summary>
public sealed record SessionUsageRow
{
    /// <summary>Canonical key.</summary>
    public required string Key { get; init; }

    /// <summary>Label.</summary>
    public string? Label { get; init; }

    /// <summary>Id of the transcript.</summary>
    public required string SessionId { get; init; }

    /// <summary>Last use, milliseconds since 1970 UTC; the Node gateway tells fractions where it takes the file's time.</summary>
    public required double UpdatedAt { get; init; }

    /// <summary>Agent.</summary>
    public string? AgentId { get; init; }

    /// <summary>Channel it came from.</summary>
    public string? Channel { get; init; }

    /// <summary><c>direct</c>, <c>group</c> or <c>channel</c>.</summary>
    public string? ChatType { get; init; }

    /// <summary>Where it began, as it is stored.</summary>
    public RawJsonValue? Origin { get; init; }

    /// <summary>Model that the session was told to use.</summary>
    public string? ModelOverride { get; init; }

    /// <summary>Its provider.</summary>
    public string? ProviderOverride { get; init; }

    /// <summary>Provider of the model that answered last.</summary>
    public string? ModelProvider { get; init; }

    /// <summary>Model that answered last.</summary>
    public string? Model { get; init; }

    /// <summary>What it used, or null.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required SessionUsageSummary? Usage { get; init; }

    /// <summary>The report about the last system prompt as it is stored, null when there is none; only when asked for.</summary>
    public RawJsonValue? ContextWeight { get; init; }
}

/// <summary>What one transcript says about use and cost; the sums are the inherited members.</summary>
public sealed record SessionUsageSummary : UsageSums
{
    /// <summary>Id of the transcript.</summary>
    public string? SessionId { get; init; }

    /// <summary>Its file.</summary>
    public required string SessionFile { get; init; }

    /// <summary>First message of the range, milliseconds since 1970 UTC.</summary>
    public long? FirstActivity { get; init; }

    /// <summary>Last message of the range, milliseconds since 1970 UTC.</summary>
    public long? LastActivity { get; init; }

    /// <summary>Between them.</summary>
    public long? DurationMs { get; init; }

    /// <summary>Days with messages.</summary>
    public required IReadOnlyList<string> ActivityDates { get; init; }

    /// <summary>Use by day.</summary>
    public required IReadOnlyList<UsageDay> DailyBreakdown { get; init; }

    /// <summary>Messages by day.</summary>
    public required IReadOnlyList<DailyUsageMessages> DailyMessageCounts { get; init; }

    /// <summary>Time to answer by day.</summary>
    public IReadOnlyList<DailyUsageLatency>? DailyLatency { get; init; }

    /// <summary>Use by day and model.</summary>
    public IReadOnlyList<DailyUsageModel>? DailyModelUsage { get; init; }

    /// <summary>Messages.</summary>
    public required UsageMessages MessageCounts { get; init; }

    /// <summary>Tools.</summary>
    public UsageTools? ToolUsage { get; init; }

    /// <summary>Use by model.</summary>
    public IReadOnlyList<UsageModel>? ModelUsage { get; init; }

    /// <summary>Time to answer.</summary>
    public UsageLatency? Latency { get; init; }
}

/// <summary>Sums over all sessions of the result.</summary>
public sealed record UsageAggregates
{
    /// <summary>Messages.</summary>
    public required UsageMessages Messages { get; init; }

    /// <summary>Tools.</summary>
    public required UsageTools Tools { get; init; }

    /// <summary>Costliest first.</summary>
    public required IReadOnlyList<UsageModel> ByModel { get; init; }

    /// <summary>Costliest first.</summary>
    public required IReadOnlyList<UsageModel> ByProvider { get; init; }

    /// <summary>Costliest first.</summary>
    public required IReadOnlyList<UsageAgent> ByAgent { get; init; }

    /// <summary>Costliest first.</summary>
    public required IReadOnlyList<UsageChannel> ByChannel { get; init; }

    /// <summary>Time to answer.</summary>
    public UsageLatency? Latency { get; init; }

    /// <summary>Time to answer by day.</summary>
    public required IReadOnlyList<DailyUsageLatency> DailyLatency { get; init; }

    /// <summary>Use by day and model.</summary>
    public required IReadOnlyList<DailyUsageModel> ModelDaily { get; init; }

    /// <summary>Everything by day.</summary>
    public required IReadOnlyList<DailyUsage> Daily { get; init; }
}
