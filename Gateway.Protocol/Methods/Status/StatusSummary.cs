using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Gateway.Protocol.Methods.Config;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Status;

/// <summary>Result of <c>status</c>.</summary>
[OpenObject]
public sealed record StatusSummary
{
    /// <summary>The first channel that can be linked; absent without one.</summary>
    public StatusLinkChannel? LinkChannel { get; init; }

    /// <summary>Heartbeats of all agents.</summary>
    public required StatusHeartbeat Heartbeat { get; init; }

    /// <summary>One line per channel.</summary>
    public required IReadOnlyList<string> ChannelSummary { get; init; }

    /// <summary>Texts that wait for the main session's next turn.</summary>
    public required IReadOnlyList<string> QueuedSystemEvents { get; init; }

    /// <summary>What a gateway that crashed again and again holds back; absent when nothing.</summary>
    public SafeModeNotice? SafeMode { get; init; }

    /// <summary>Why the configuration file as it is now is not in force; absent when it is.</summary>
    public ConfigFileProblem? ConfigProblem { get; init; }

    /// <summary>Sessions of all agents.</summary>
    public required StatusSessions Sessions { get; init; }
}

/// <summary>Link state of a channel.</summary>
public sealed record StatusLinkChannel
{
    /// <summary>Channel id.</summary>
    public required string Id { get; init; }

    /// <summary>Display name.</summary>
    public required string Label { get; init; }

    /// <summary>True when an account is linked.</summary>
    public required bool Linked { get; init; }

    /// <summary>Age of the credentials in milliseconds, or null.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? AuthAgeMs { get; init; }
}

/// <summary>Heartbeats in a status summary.</summary>
public sealed record StatusHeartbeat
{
    /// <summary>Agent that answers by default.</summary>
    public required string DefaultAgentId { get; init; }

    /// <summary>One row per agent.</summary>
    public required IReadOnlyList<StatusHeartbeatAgent> Agents { get; init; }
}

/// <summary>Heartbeat of one agent.</summary>
public sealed record StatusHeartbeatAgent
{
    /// <summary>Agent id.</summary>
    public required string AgentId { get; init; }

    /// <summary>True when it runs.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Interval as configured.</summary>
    public required string Every { get; init; }

    /// <summary>Interval in milliseconds, or null.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? EveryMs { get; init; }
}

/// <summary>Sessions in a status summary.</summary>
public sealed record StatusSessions
{
    /// <summary>Store paths of all agents.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Number of sessions over all agents.</summary>
    public required long Count { get; init; }

    /// <summary>Model and context size used where a session says nothing.</summary>
    public required StatusSessionDefaults Defaults { get; init; }

    /// <summary>The newest sessions, at most ten; rows of the session store.</summary>
    public required IReadOnlyList<JsonElement> Recent { get; init; }

    /// <summary>The same per agent.</summary>
    public required IReadOnlyList<StatusAgentSessions> ByAgent { get; init; }
}

/// <summary>Defaults of sessions.</summary>
public sealed record StatusSessionDefaults
{
    /// <summary>Model id, or null.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Model { get; init; }

    /// <summary>Context size in tokens, or null.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? ContextTokens { get; init; }
}

/// <summary>Sessions of one agent.</summary>
public sealed record StatusAgentSessions
{
    /// <summary>Agent id.</summary>
    public required string AgentId { get; init; }

    /// <summary>Store path.</summary>
    public required string Path { get; init; }

    /// <summary>Number of sessions.</summary>
    public required long Count { get; init; }

    /// <summary>The newest, at most ten.</summary>
    public required IReadOnlyList<JsonElement> Recent { get; init; }
}
