namespace OpenClaw.Gateway.Protocol.Methods.Sessions;

/// <summary>Use on a day.</summary>
public sealed record UsageDay
{
    /// <summary>Day, YYYY-MM-DD in the gateway's local time.</summary>
    public required string Date { get; init; }

    /// <summary>Tokens.</summary>
    public required long Tokens { get; init; }

    /// <summary>US dollars.</summary>
    public required double Cost { get; init; }
}

/// <summary>Messages of a day.</summary>
public sealed record DailyUsageMessages
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

    /// <summary>Day, YYYY-MM-DD in the gateway's local time.</summary>
    public required string Date { get; init; }
}

/// <summary>Milliseconds from a message to its answer, on a day.</summary>
public sealed record DailyUsageLatency
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

    /// <summary>Day, YYYY-MM-DD in the gateway's local time.</summary>
    public required string Date { get; init; }
}

/// <summary>Use of a model on a day.</summary>
public sealed record DailyUsageModel
{
    /// <summary>Day, YYYY-MM-DD in the gateway's local time.</summary>
    public required string Date { get; init; }

    /// <summary>Provider id, when the transcript tells it.</summary>
    public string? Provider { get; init; }

    /// <summary>Model id, when the transcript tells it.</summary>
    public string? Model { get; init; }

    /// <summary>Tokens.</summary>
    public required long Tokens { get; init; }

    /// <summary>US dollars.</summary>
    public required double Cost { get; init; }

    /// <summary>Calls.</summary>
    public required long Count { get; init; }
}

/// <summary>Everything on a day.</summary>
public sealed record DailyUsage
{
    /// <summary>Day, YYYY-MM-DD in the gateway's local time.</summary>
    public required string Date { get; init; }

    /// <summary>Tokens.</summary>
    public required long Tokens { get; init; }

    /// <summary>US dollars.</summary>
    public required double Cost { get; init; }

    /// <summary>Messages.</summary>
    public required long Messages { get; init; }

    /// <summary>Calls of tools.</summary>
    public required long ToolCalls { get; init; }

    /// <summary>Failed answers and failed tool results.</summary>
    public required long Errors { get; init; }
}
