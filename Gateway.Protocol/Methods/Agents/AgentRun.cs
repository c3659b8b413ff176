using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Agents;

/// <summary>Params of <c>agent</c>: one turn, answered twice.</summary>
public sealed record AgentParams
{
    /// <summary>Text for the model.</summary>
    [NonEmpty]
    public required string Message { get; init; }

    /// <summary>Agent that is to answer.</summary>
    [NonEmpty]
    public string? AgentId { get; init; }

    /// <summary>Recipient, which selects the session and the delivery.</summary>
    public string? To { get; init; }

    /// <summary>Recipient of the reply, when it differs.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Session by its id.</summary>
    public string? SessionId { get; init; }

    /// <summary>Session by its key.</summary>
    public string? SessionKey { get; init; }

    /// <summary>Thinking level of this turn.</summary>
    public string? Thinking { get; init; }

    /// <summary>True sends the reply out over a channel.</summary>
    public bool? Deliver { get; init; }

    /// <summary>Images; at most 5 000 000 bytes each.</summary>
    public IReadOnlyList<JsonElement>? Attachments { get; init; }

    /// <summary>Channel of the session.</summary>
    public string? Channel { get; init; }

    /// <summary>Channel of the reply.</summary>
    public string? ReplyChannel { get; init; }

    /// <summary>Account of the channel.</summary>
    public string? AccountId { get; init; }

    /// <summary>Account of the reply.</summary>
    public string? ReplyAccountId { get; init; }

    /// <summary>Thread.</summary>
    public string? ThreadId { get; init; }

    /// <summary>Group.</summary>
    public string? GroupId { get; init; }

    /// <summary>Channel of the group.</summary>
    public string? GroupChannel { get; init; }

    /// <summary>Space of the group.</summary>
    public string? GroupSpace { get; init; }

    /// <summary>Time limit in seconds.</summary>
    [Bounds(0)]
    public long? Timeout { get; init; }

    /// <summary>Concurrency lane; <c>main</c> when absent.</summary>
    public string? Lane { get; init; }

    /// <summary>Appended to the system prompt.</summary>
    public string? ExtraSystemPrompt { get; init; }

    /// <summary>Key that makes a repeat harmless; it becomes the run id.</summary>
    [NonEmpty]
    public required string IdempotencyKey { get; init; }

    /// <summary>Label of the session.</summary>
    [TextLength(1, 64)]
    public string? Label { get; init; }

    /// <summary>Session that started this one.</summary>
    public string? SpawnedBy { get; init; }
}

/// <summary>First answer of <c>agent</c>: it will run.</summary>
public sealed record AgentAccepted
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>Always <c>accepted</c>.</summary>
    [OneOf("accepted")]
    public string Status { get; init; } = "accepted";

    /// <summary>When, Unix milliseconds.</summary>
    public required long AcceptedAt { get; init; }
}

/// <summary>Second answer of <c>agent</c>.</summary>
[OpenObject]
public sealed record AgentFinal
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary><c>ok</c> or <c>error</c>.</summary>
    [OneOf("ok", "error")]
    public required string Status { get; init; }

    /// <summary><c>completed</c>, or the error's text.</summary>
    public string? Summary { get; init; }

    /// <summary>What the run produced; only with <c>ok</c>.</summary>
    public AgentRunResult? Result { get; init; }
}

/// <summary>What a run produced.</summary>
public sealed record AgentRunResult
{
    /// <summary>Texts and media in order.</summary>
    public required IReadOnlyList<AgentPayload> Payloads { get; init; }

    /// <summary>About the run.</summary>
    public required AgentRunMeta Meta { get; init; }
}

/// <summary>One piece of a reply.</summary>
public sealed record AgentPayload
{
    /// <summary>Text.</summary>
    public string? Text { get; init; }

    /// <summary>First medium, or null.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? MediaUrl { get; init; }

    /// <summary>All media.</summary>
    public IReadOnlyList<string>? MediaUrls { get; init; }
}

/// <summary>Facts about a finished run.</summary>
[OpenObject]
public sealed record AgentRunMeta
{
    /// <summary>Duration in milliseconds.</summary>
    public required long DurationMs { get; init; }

    /// <summary>Session and model used.</summary>
    public AgentMeta? AgentMeta { get; init; }

    /// <summary>True when it was cut short.</summary>
    public bool Aborted { get; init; }

    /// <summary>What the system prompt was made of.</summary>
    public SystemPromptReport? SystemPromptReport { get; init; }

    /// <summary>Why the run failed while it still answered with a text.</summary>
    public AgentRunError? Error { get; init; }
}

/// <summary>Why a run failed.</summary>
public sealed record AgentRunError
{
    /// <summary>Kind, e.g. <c>context_overflow</c>, <c>timeout</c>, <c>provider</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Text for people.</summary>
    public required string Message { get; init; }
}

/// <summary>Session and model of a run.</summary>
public sealed record AgentMeta
{
    /// <summary>Session id.</summary>
    public required string SessionId { get; init; }

    /// <summary>Provider id.</summary>
    public required string Provider { get; init; }

    /// <summary>Model id.</summary>
    public required string Model { get; init; }

    /// <summary>Tokens, summed over the run; zero fields are left out.</summary>
    public AgentUsage? Usage { get; init; }
}

/// <summary>Token counts.</summary>
public sealed record AgentUsage
{
    /// <summary>Prompt tokens that were not cached.</summary>
    public long? Input { get; init; }

    /// <summary>Generated tokens.</summary>
    public long? Output { get; init; }

    /// <summary>Prompt tokens read from the provider's cache.</summary>
    public long? CacheRead { get; init; }

    /// <summary>Prompt tokens written to it.</summary>
    public long? CacheWrite { get; init; }

    /// <summary>All of them.</summary>
    public long? Total { get; init; }
}

/// <summary>Params of <c>agent.wait</c>.</summary>
public sealed record AgentWaitParams
{
    /// <summary>The run.</summary>
    [NonEmpty]
    public required string RunId { get; init; }

    /// <summary>Longest wait in milliseconds; 30 000 when absent, 0 only looks.</summary>
    [Bounds(0)]
    public long? TimeoutMs { get; init; }
}

/// <summary>Result of <c>agent.wait</c>.</summary>
public sealed record AgentWaitResult
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>How it stands.</summary>
    [OneOf("ok", "error", "timeout")]
    public required string Status { get; init; }

    /// <summary>Start, Unix milliseconds.</summary>
    public long? StartedAt { get; init; }

    /// <summary>End, Unix milliseconds.</summary>
    public long? EndedAt { get; init; }

    /// <summary>Error text.</summary>
    public string? Error { get; init; }
}
