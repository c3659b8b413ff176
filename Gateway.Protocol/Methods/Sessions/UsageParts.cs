namespace OpenClaw.Gateway.Protocol.Methods.Sessions;

/// <summary>Sums of tokens and US dollars.</summary>
public record UsageSums
{
    /// <summary>Prompt tokens that were not cached.</summary>
    public required long Input { get; init; }

    /// <summary>Generated tokens.</summary>
    public required long Output { get; init; }

    /// <summary>Prompt tokens read from the provider's cache.</summary>
    public required long CacheRead { get; init; }

    /// <summary>Prompt tokens written to it.</summary>
    public required long CacheWrite { get; init; }

    /// <summary>All of them.</summary>
    public required long TotalTokens { get; init; }

    /// <summary>US dollars.</summary>
    public required double TotalCost { get; init; }

    /// <summary>Its part for prompts.</summary>
    public required double InputCost { get; init; }

    /// <summary>Its part for answers.</summary>
    public required double OutputCost { get; init; }

    /// <summary>Its part for reading the cache.</summary>
    public required double CacheReadCost { get; init; }

    /// <summary>Its part for writing the cache.</summary>
    public required double CacheWriteCost { get; init; }

    /// <summary>Model calls whose price is not known; they are not in the cost.</summary>
    public required long MissingCostEntries { get; init; }
}

/// <summary>Numbers of messages.</summary>
public record UsageMessages
{
    /// <summary>All.</summary>
    public required long Total { get; init; }

    /// <summary>People's messages.</summary>
    public required long User { get; init; }

    /// <summary>Answers.</summary>
    public required long Assistant { get; init; }

    /// <summary>Calls of tools.</summary>
    public required long ToolCalls { get; init; }

    /// <summary>Results of tools.</summary>
    public required long ToolResults { get; init; }

    /// <summary>Failed answers and failed tool results.</summary>
    public required long Errors { get; init; }
}

/// <summary>Milliseconds from a message to its answer.</summary>
public record UsageLatency
{
    /// <summary>Number of answers.</summary>
    public required long Count { get; init; }

    /// <summary>Mean.</summary>
    public required double AvgMs { get; init; }

    /// <summary>95 of 100 were faster.</summary>
    public required double P95Ms { get; init; }

    /// <summary>Fastest.</summary>
    public required double MinMs { get; init; }

    /// <summary>Slowest.</summary>
    public required double MaxMs { get; init; }
}

/// <summary>Calls of tools.</summary>
public sealed record UsageTools
{
    /// <summary>All calls.</summary>
    public required long TotalCalls { get; init; }

    /// <summary>Different tools.</summary>
    public required long UniqueTools { get; init; }

    /// <summary>Most called first.</summary>
    public required IReadOnlyList<UsageTool> Tools { get; init; }
}

/// <summary>Calls of one tool.</summary>
public sealed record UsageTool
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Calls.</summary>
    public required long Count { get; init; }
}

/// <summary>Use of one model, or of all of a provider.</summary>
public sealed record UsageModel
{
    /// <summary>Provider id, when the transcript tells it.</summary>
    public string? Provider { get; init; }

    /// <summary>Model id, when the transcript tells it.</summary>
    public string? Model { get; init; }

    /// <summary>Calls.</summary>
    public required long Count { get; init; }

    /// <summary>Sums.</summary>
    public required UsageSums Totals { get; init; }
}

/// <summary>Use by one agent.</summary>
public sealed record UsageAgent
{
    /// <summary>Agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>Sums.</summary>
    public required UsageSums Totals { get; init; }
}

/// <summary>Use by one channel.</summary>
public sealed record UsageChannel
{
    /// <summary>Channel.</summary>
    public required string Channel { get; init; }

    /// <summary>Sums.</summary>
    public required UsageSums Totals { get; init; }
}
