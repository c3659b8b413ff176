using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Sessions;

/// <summary>Params of <c>sessions.list</c>.</summary>
public sealed record SessionsListParams
{
    /// <summary>Most rows.</summary>
    [Bounds(1)]
    public long? Limit { get; init; }

    /// <summary>Only sessions used within so many minutes.</summary>
    [Bounds(1)]
    public long? ActiveMinutes { get; init; }

    /// <summary>Include the global session.</summary>
    public bool? IncludeGlobal { get; init; }

    /// <summary>Include sessions of unknown origin.</summary>
    public bool? IncludeUnknown { get; init; }

    /// <summary>Derive a title from the first message.</summary>
    public bool? IncludeDerivedTitles { get; init; }

    /// <summary>Include a preview of the last message.</summary>
    public bool? IncludeLastMessage { get; init; }

    /// <summary>Only the session of this label.</summary>
    [TextLength(1, 64)]
    public string? Label { get; init; }

    /// <summary>Only sessions started by this one.</summary>
    [NonEmpty]
    public string? SpawnedBy { get; init; }

    /// <summary>Only sessions of this agent.</summary>
    [NonEmpty]
    public string? AgentId { get; init; }

    /// <summary>Case-insensitive substring of name, label, subject, id or key.</summary>
    public string? Search { get; init; }
}

/// <summary>Params of <c>sessions.preview</c>.</summary>
public sealed record SessionsPreviewParams
{
    /// <summary>Session keys; the first 64 are used.</summary>
    [NonEmpty]
    [ItemCount(1)]
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>Items per session; 12 when absent, at most 50.</summary>
    [Bounds(1)]
    public long? Limit { get; init; }

    /// <summary>Characters per item; 240 when absent, at most 2000.</summary>
    [Bounds(20)]
    public long? MaxChars { get; init; }
}

/// <summary>Params of <c>sessions.resolve</c>: exactly one of key, session id, label.</summary>
public sealed record SessionsResolveParams
{
    /// <summary>Session key.</summary>
    [NonEmpty]
    public string? Key { get; init; }

    /// <summary>Session id.</summary>
    [NonEmpty]
    public string? SessionId { get; init; }

    /// <summary>Label.</summary>
    [TextLength(1, 64)]
    public string? Label { get; init; }

    /// <summary>Only sessions of this agent.</summary>
    [NonEmpty]
    public string? AgentId { get; init; }

    /// <summary>Only sessions started by this one.</summary>
    [NonEmpty]
    public string? SpawnedBy { get; init; }

    /// <summary>Include the global session.</summary>
    public bool? IncludeGlobal { get; init; }

    /// <summary>Include sessions of unknown origin.</summary>
    public bool? IncludeUnknown { get; init; }
}

/// <summary>Params of <c>sessions.patch</c>; null clears a field, absence keeps it.</summary>
public sealed record SessionsPatchParams
{
    /// <summary>Session key.</summary>
    [NonEmpty]
    public required string Key { get; init; }

    /// <summary>Label, unique over all sessions.</summary>
    [TextLength(1, 64)]
    [OrNull]
    public string? Label { get; init; }

    /// <summary>Thinking level.</summary>
    [NonEmpty]
    [OrNull]
    public string? ThinkingLevel { get; init; }

    /// <summary>Verbose level.</summary>
    [NonEmpty]
    [OrNull]
    public string? VerboseLevel { get; init; }

    /// <summary>Reasoning level.</summary>
    [NonEmpty]
    [OrNull]
    public string? ReasoningLevel { get; init; }

    /// <summary>Usage line under replies.</summary>
    [OneOf("off", "tokens", "full", "on")]
    [OrNull]
    public string? ResponseUsage { get; init; }

    /// <summary>Elevated level.</summary>
    [NonEmpty]
    [OrNull]
    public string? ElevatedLevel { get; init; }

    /// <summary>Where commands run.</summary>
    [NonEmpty]
    [OrNull]
    public string? ExecHost { get; init; }

    /// <summary>Which commands run.</summary>
    [NonEmpty]
    [OrNull]
    public string? ExecSecurity { get; init; }

    /// <summary>When a command needs a person's consent.</summary>
    [NonEmpty]
    [OrNull]
    public string? ExecAsk { get; init; }

    /// <summary>Node that commands run on.</summary>
    [NonEmpty]
    [OrNull]
    public string? ExecNode { get; init; }

    /// <summary>Model.</summary>
    [NonEmpty]
    [OrNull]
    public string? Model { get; init; }

    /// <summary>Session that started this one.</summary>
    [NonEmpty]
    [OrNull]
    public string? SpawnedBy { get; init; }

    /// <summary>Whether messages are taken.</summary>
    [OneOf("allow", "deny")]
    [OrNull]
    public string? SendPolicy { get; init; }

    /// <summary>When a group message wakes the agent.</summary>
    [OneOf("mention", "always")]
    [OrNull]
    public string? GroupActivation { get; init; }
}

/// <summary>Params of <c>sessions.reset</c>.</summary>
public sealed record SessionsResetParams
{
    /// <summary>Session key.</summary>
    [NonEmpty]
    public required string Key { get; init; }
}

/// <summary>Params of <c>sessions.delete</c>.</summary>
public sealed record SessionsDeleteParams
{
    /// <summary>Session key.</summary>
    [NonEmpty]
    public required string Key { get; init; }

    /// <summary>Archive the transcript too; true when absent.</summary>
    public bool? DeleteTranscript { get; init; }
}

/// <summary>Params of <c>sessions.compact</c>.</summary>
public sealed record SessionsCompactParams
{
    /// <summary>Session key.</summary>
    [NonEmpty]
    public required string Key { get; init; }

    /// <summary>Lines to keep; 400 when absent.</summary>
    [Bounds(1)]
    public long? MaxLines { get; init; }
}

/// <summary>Params of <c>sessions.usage</c>.</summary>
public sealed record SessionsUsageParams
{
    /// <summary>One session.</summary>
    [NonEmpty]
    public string? Key { get; init; }

    /// <summary>First day, YYYY-MM-DD.</summary>
    [Pattern(@"^\d{4}-\d{2}-\d{2}$")]
    public string? StartDate { get; init; }

    /// <summary>Last day, YYYY-MM-DD.</summary>
    [Pattern(@"^\d{4}-\d{2}-\d{2}$")]
    public string? EndDate { get; init; }

    /// <summary>Most sessions; 50 when absent.</summary>
    [Bounds(1)]
    public long? Limit { get; init; }

    /// <summary>Include what fills the context.</summary>
    public bool? IncludeContextWeight { get; init; }
}
