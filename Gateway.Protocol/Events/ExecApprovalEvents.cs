using System.Text.Json.Serialization;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Events;

/// <summary>Payload of <c>exec.approval.requested</c>: a command waits for a person's decision.</summary>
[OpenObject]
public sealed record ExecApprovalRequestedEvent
{
    /// <summary>Id to decide by.</summary>
    [NonEmpty]
    public required string Id { get; init; }

    /// <summary>What is to be decided.</summary>
    public required ExecApprovalSubject Request { get; init; }

    /// <summary>When it was asked, Unix milliseconds.</summary>
    [Bounds(0)]
    public required long CreatedAtMs { get; init; }

    /// <summary>When it counts as not decided, Unix milliseconds.</summary>
    [Bounds(0)]
    public required long ExpiresAtMs { get; init; }
}

/// <summary>A command that waits.</summary>
[OpenObject]
public sealed record ExecApprovalSubject
{
    /// <summary>The command as people are to see it.</summary>
    [NonEmpty]
    public required string Command { get; init; }

    /// <summary>Working directory.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Cwd { get; init; }

    /// <summary>Where it would run.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Host { get; init; }

    /// <summary>Policy in force.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Security { get; init; }

    /// <summary>When people are asked.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Ask { get; init; }

    /// <summary>Agent that wants it.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? AgentId { get; init; }

    /// <summary>The program's file.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? ResolvedPath { get; init; }

    /// <summary>Session that wants it.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? SessionKey { get; init; }

    /// <summary>Node it would run on, when that was said.</summary>
    public string? NodeId { get; init; }
}

/// <summary>Payload of <c>exec.approval.resolved</c>.</summary>
[OpenObject]
public sealed record ExecApprovalResolvedEvent
{
    /// <summary>The question.</summary>
    [NonEmpty]
    public required string Id { get; init; }

    /// <summary>What was decided.</summary>
    [OneOf("allow-once", "allow-always", "deny")]
    public required string Decision { get; init; }

    /// <summary>Who decided, for people.</summary>
    public string? ResolvedBy { get; init; }

    /// <summary>When, Unix milliseconds.</summary>
    [Bounds(0)]
    public required long Ts { get; init; }
}
