using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Cron;

/// <summary>Params of <c>cron.list</c>.</summary>
public sealed record CronListParams
{
    /// <summary>True lists schedules too that are switched off.</summary>
    public bool? IncludeDisabled { get; init; }

    /// <summary>How many at most; all when absent. Clients of protocol 4 send it.</summary>
    [Bounds(1)]
    public long? Limit { get; init; }

    /// <summary>How many to leave out first.</summary>
    [Bounds(0)]
    public long? Offset { get; init; }
}
