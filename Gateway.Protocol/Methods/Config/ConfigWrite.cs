using System.Text.Json;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Config;

/// <summary>Params of <c>config.set</c>.</summary>
public sealed record ConfigSetParams
{
    /// <summary>The whole configuration, JSON5.</summary>
    [NonEmpty]
    public required string Raw { get; init; }

    /// <summary><see cref="ConfigGetResult.Hash"/> of what it was made from; required when the file exists.</summary>
    [NonEmpty]
    public string? BaseHash { get; init; }
}

/// <summary>Params of <c>config.patch</c> and <c>config.apply</c>.</summary>
public sealed record ConfigChangeParams
{
    /// <summary>A JSON merge patch (null deletes) for <c>config.patch</c>, the whole configuration for <c>config.apply</c>; JSON5.</summary>
    [NonEmpty]
    public required string Raw { get; init; }

    /// <summary><see cref="ConfigGetResult.Hash"/> of what it was made from; required when the file exists.</summary>
    [NonEmpty]
    public string? BaseHash { get; init; }

    /// <summary>Session that asks, for the note after a restart.</summary>
    public string? SessionKey { get; init; }

    /// <summary>What the agent is told after a restart.</summary>
    public string? Note { get; init; }

    /// <summary>Milliseconds until a restart, if the change needs one; 2000 when absent, at most 60000.</summary>
    [Bounds(0)]
    public long? RestartDelayMs { get; init; }
}

/// <summary>Result of <c>config.set</c>.</summary>
public sealed record ConfigSetResult
{
    /// <summary>Always true.</summary>
    public required bool Ok { get; init; }

    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The effective configuration, without its secrets.</summary>
    public required JsonElement Config { get; init; }
}

/// <summary>Result of <c>config.patch</c> and <c>config.apply</c>.</summary>
public sealed record ConfigChangeResult
{
    /// <summary>Always true.</summary>
    public required bool Ok { get; init; }

    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The effective configuration, without its secrets.</summary>
    public required JsonElement Config { get; init; }

    /// <summary>The restart that follows.</summary>
    public required RestartNotice Restart { get; init; }

    /// <summary>What will be told after it.</summary>
    public required RestartSentinelNotice Sentinel { get; init; }
}

/// <summary>A restart that a change asked for.</summary>
public sealed record RestartNotice
{
    /// <summary>Always true.</summary>
    public required bool Ok { get; init; }

    /// <summary>The gateway's process, which goes on.</summary>
    public required int Pid { get; init; }

    /// <summary>Always <c>SIGUSR1</c>.</summary>
    public string Signal { get; init; } = "SIGUSR1";

    /// <summary>Milliseconds until it begins; 0 when there is none.</summary>
    public required long DelayMs { get; init; }

    /// <summary>The method that asked.</summary>
    public required string Reason { get; init; }

    /// <summary><c>emit</c>: it is scheduled. <c>none</c>: the change is in force already, and nothing restarts.</summary>
    [OneOf("emit", "none")]
    public required string Mode { get; init; }
}

/// <summary>Where a note for the time after a restart is, and what it says.</summary>
public sealed record RestartSentinelNotice
{
    /// <summary>The file, or null when none was written.</summary>
    [OrNull]
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public required string? Path { get; init; }

    /// <summary>What it says.</summary>
    public required RestartSentinel Payload { get; init; }
}

/// <summary>A note for the time after a restart.</summary>
public sealed record RestartSentinel
{
    /// <summary>What was done: <c>config-apply</c> or <c>update</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>How it went.</summary>
    public required string Status { get; init; }

    /// <summary>When, Unix milliseconds.</summary>
    public required long Ts { get; init; }

    /// <summary>Session that asked.</summary>
    public string? SessionKey { get; init; }

    /// <summary>The note of who asked, or null.</summary>
    [OrNull]
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)]
    public required string? Message { get; init; }

    /// <summary>The command that looks for problems.</summary>
    public string? DoctorHint { get; init; }

    /// <summary>Details.</summary>
    public RestartSentinelStats? Stats { get; init; }
}

/// <summary>Details of a <see cref="RestartSentinel"/>.</summary>
public sealed record RestartSentinelStats
{
    /// <summary>The method.</summary>
    public string? Mode { get; init; }

    /// <summary>What it changed.</summary>
    public string? Root { get; init; }
}
