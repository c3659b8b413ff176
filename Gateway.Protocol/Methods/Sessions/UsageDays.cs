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
public sealed record DailyUsageMessages : UsageMessages
{
    /// <summary>Day, YYYY-MM-DD in the gateway's local time.</summary>
    public required string Date { get; init; }
}

/// <summary>Milliseconds from a message to its answer, on a day.</summary>
public sealed record DailyUsageLatency : UsageLatency
{
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
