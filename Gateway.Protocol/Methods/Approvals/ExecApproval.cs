using System.Text.Json.Serialization;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Approvals;

/// <summary>Params of <c>exec.approval.request</c>.</summary>
public sealed record ExecApprovalRequestParams
{
    /// <summary>Id to decide by; one is made up when absent.</summary>
    [NonEmpty]
    public string? Id { get; init; }

    /// <summary>The command as people are to see it.</summary>
    [NonEmpty]
    public required string Command { get; init; }

    /// <summary>Working directory.</summary>
    [OrNull]
    public string? Cwd { get; init; }

    /// <summary>Where it would run.</summary>
    [OrNull]
    public string? Host { get; init; }

    /// <summary>Policy in force.</summary>
    [OrNull]
    public string? Security { get; init; }

    /// <summary>When people are asked.</summary>
    [OrNull]
    public string? Ask { get; init; }

    /// <summary>Agent that wants it.</summary>
    [OrNull]
    public string? AgentId { get; init; }

    /// <summary>The program's file.</summary>
    [OrNull]
    public string? ResolvedPath { get; init; }

    /// <summary>Session that wants it.</summary>
    [OrNull]
    public string? SessionKey { get; init; }

    /// <summary>Node it would run on. Newer clients name it; the approval holds for no other then.</summary>
    [OrNull]
    public string? NodeId { get; init; }

    /// <summary>How long to wait, in milliseconds; 120 000 when absent.</summary>
    [Bounds(1)]
    public long? TimeoutMs { get; init; }
}

/// <summary>Result of <c>exec.approval.request</c>.</summary>
public sealed record ExecApprovalRequestResult
{
    /// <summary>The question.</summary>
    public required string Id { get; init; }

    /// <summary><c>allow-once</c>, <c>allow-always</c>, <c>deny</c>; null when nobody decided in time.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Decision { get; init; }

    /// <summary>When it was asked, Unix milliseconds.</summary>
    public required long CreatedAtMs { get; init; }

    /// <summary>Until when it was asked, Unix milliseconds.</summary>
    public required long ExpiresAtMs { get; init; }
}

/// <summary>Params of <c>exec.approval.resolve</c>.</summary>
public sealed record ExecApprovalResolveParams
{
    /// <summary>The question.</summary>
    [NonEmpty]
    public required string Id { get; init; }

    /// <summary><c>allow-once</c>, <c>allow-always</c> or <c>deny</c>.</summary>
    [NonEmpty]
    public required string Decision { get; init; }
}
