using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Approvals;

/// <summary>Result of <c>exec.approvals.get</c> and <c>exec.approvals.set</c>.</summary>
public sealed record ExecApprovalsResult
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>True when it is there.</summary>
    public required bool Exists { get; init; }

    /// <summary>Lower-case hex SHA-256 of its text; to be given to <c>exec.approvals.set</c>.</summary>
    public required string Hash { get; init; }

    /// <summary>Its content, without the secret of the prompt socket.</summary>
    public required ExecApprovalsDocument File { get; init; }
}

/// <summary>Params of <c>exec.approvals.set</c>.</summary>
public sealed record ExecApprovalsSetParams
{
    /// <summary>The new content.</summary>
    public required ExecApprovalsDocument File { get; init; }

    /// <summary>Hash of the content that it replaces.</summary>
    [NonEmpty]
    public string? BaseHash { get; init; }
}

/// <summary>Params of <c>exec.approvals.node.get</c>.</summary>
public sealed record ExecApprovalsNodeGetParams
{
    /// <summary>The node.</summary>
    [NonEmpty]
    public required string NodeId { get; init; }
}

/// <summary>Params of <c>exec.approvals.node.set</c>.</summary>
public sealed record ExecApprovalsNodeSetParams
{
    /// <summary>The node.</summary>
    [NonEmpty]
    public required string NodeId { get; init; }

    /// <summary>The new content.</summary>
    public required ExecApprovalsDocument File { get; init; }

    /// <summary>Hash of the content that it replaces.</summary>
    [NonEmpty]
    public string? BaseHash { get; init; }
}

/// <summary>Content of <c>exec-approvals.json</c>.</summary>
public sealed record ExecApprovalsDocument
{
    /// <summary>Always 1.</summary>
    [Bounds(1, 1)]
    public required long Version { get; init; }

    /// <summary>Where a desktop program asks its user.</summary>
    public ExecApprovalsSocket? Socket { get; init; }

    /// <summary>What holds for every agent.</summary>
    public ExecApprovalsDefaults? Defaults { get; init; }

    /// <summary>What holds for one agent; <c>*</c> stands for all.</summary>
    public IReadOnlyDictionary<string, ExecApprovalsAgent>? Agents { get; init; }
}

/// <summary>A desktop program's socket.</summary>
public sealed record ExecApprovalsSocket
{
    /// <summary>Its path.</summary>
    public string? Path { get; init; }

    /// <summary>Its secret.</summary>
    public string? Token { get; init; }

    /// <summary>Never shows the token.</summary>
    public override string ToString() => $"ExecApprovalsSocket {{ Path = {Path} }}";
}

/// <summary>What holds where an agent says nothing.</summary>
public sealed record ExecApprovalsDefaults
{
    /// <summary><c>deny</c>, <c>allowlist</c> or <c>full</c>.</summary>
    public string? Security { get; init; }

    /// <summary><c>off</c>, <c>on-miss</c> or <c>always</c>.</summary>
    public string? Ask { get; init; }

    /// <summary>What holds when nobody answers: <c>deny</c>, <c>allowlist</c> or <c>full</c>.</summary>
    public string? AskFallback { get; init; }

    /// <summary>True lets programs of skills run unasked.</summary>
    public bool? AutoAllowSkills { get; init; }
}

/// <summary>What holds for one agent.</summary>
public sealed record ExecApprovalsAgent
{
    /// <summary><c>deny</c>, <c>allowlist</c> or <c>full</c>.</summary>
    public string? Security { get; init; }

    /// <summary><c>off</c>, <c>on-miss</c> or <c>always</c>.</summary>
    public string? Ask { get; init; }

    /// <summary>What holds when nobody answers.</summary>
    public string? AskFallback { get; init; }

    /// <summary>True lets programs of skills run unasked.</summary>
    public bool? AutoAllowSkills { get; init; }

    /// <summary>Programs that run unasked.</summary>
    public IReadOnlyList<ExecAllowlistEntry>? Allowlist { get; init; }
}

/// <summary>A program, or a pattern of programs, that runs unasked.</summary>
public sealed record ExecAllowlistEntry
{
    /// <summary>Names the entry.</summary>
    [NonEmpty]
    public string? Id { get; init; }

    /// <summary>Path of a program; <c>*</c>, <c>**</c> and <c>?</c> stand for others.</summary>
    public required string Pattern { get; init; }

    /// <summary>When it last let something run, Unix milliseconds.</summary>
    [Bounds(0)]
    public long? LastUsedAt { get; init; }

    /// <summary>What that was.</summary>
    public string? LastUsedCommand { get; init; }

    /// <summary>The program's file.</summary>
    public string? LastResolvedPath { get; init; }
}
