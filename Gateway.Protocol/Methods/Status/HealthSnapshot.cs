using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Gateway.Protocol.Methods.Config;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Status;

/// <summary>Result of <c>health</c> and payload of the event of that name.</summary>
[OpenObject]
public sealed record HealthSnapshot
{
    /// <summary>False when something that was configured does not work; the reasons are in <see cref="Degraded"/>.</summary>
    public required bool Ok { get; init; }

    /// <summary>When it was taken, Unix milliseconds.</summary>
    public required long Ts { get; init; }

    /// <summary>How long taking it took, in milliseconds.</summary>
    public required long DurationMs { get; init; }

    /// <summary>Summary per channel id.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Channels { get; init; }

    /// <summary>Channel ids in display order.</summary>
    public required IReadOnlyList<string> ChannelOrder { get; init; }

    /// <summary>Display name per channel id.</summary>
    public required IReadOnlyDictionary<string, string> ChannelLabels { get; init; }

    /// <summary>Interval of the default agent's heartbeat in seconds, 0 when off.</summary>
    public required long HeartbeatSeconds { get; init; }

    /// <summary>Agent that answers by default.</summary>
    public required string DefaultAgentId { get; init; }

    /// <summary>All configured agents.</summary>
    public required IReadOnlyList<HealthAgent> Agents { get; init; }

    /// <summary>Sessions of the default agent.</summary>
    public required HealthSessions Sessions { get; init; }

    /// <summary>What is wrong, in words; absent when nothing is.</summary>
    public IReadOnlyList<string>? Degraded { get; init; }

    /// <summary>What a gateway that crashed again and again holds back; absent when nothing.</summary>
    public SafeModeNotice? SafeMode { get; init; }

    /// <summary>Why the configuration file as it is now is not in force; absent when it is.</summary>
    public ConfigFileProblem? ConfigProblem { get; init; }
}

/// <summary>One agent in a health snapshot.</summary>
public sealed record HealthAgent
{
    /// <summary>Agent id.</summary>
    public required string AgentId { get; init; }

    /// <summary>Name for people.</summary>
    public string? Name { get; init; }

    /// <summary>True for the one that answers by default.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>Heartbeat settings.</summary>
    public required HealthHeartbeat Heartbeat { get; init; }

    /// <summary>Its sessions.</summary>
    public required HealthSessions Sessions { get; init; }
}

/// <summary>Heartbeat settings of an agent.</summary>
public sealed record HealthHeartbeat
{
    /// <summary>True when it runs.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Interval as configured, e.g. <c>30m</c>.</summary>
    public required string Every { get; init; }

    /// <summary>Interval in milliseconds, null when it never runs.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? EveryMs { get; init; }

    /// <summary>What the agent is asked.</summary>
    public required string Prompt { get; init; }

    /// <summary>Where an answer goes.</summary>
    public required string Target { get; init; }

    /// <summary>Model override.</summary>
    public string? Model { get; init; }

    /// <summary>An acknowledgement up to this many characters is not delivered.</summary>
    public required long AckMaxChars { get; init; }
}

/// <summary>Short view of a session store.</summary>
public sealed record HealthSessions
{
    /// <summary>Absolute path of the store.</summary>
    public required string Path { get; init; }

    /// <summary>Number of sessions.</summary>
    public required long Count { get; init; }

    /// <summary>The newest, at most five.</summary>
    public required IReadOnlyList<HealthRecentSession> Recent { get; init; }
}

/// <summary>A recently used session.</summary>
public sealed record HealthRecentSession
{
    /// <summary>Session key.</summary>
    public required string Key { get; init; }

    /// <summary>Last use, Unix milliseconds, or null.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? UpdatedAt { get; init; }

    /// <summary>Milliseconds since then, or null.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? Age { get; init; }
}
