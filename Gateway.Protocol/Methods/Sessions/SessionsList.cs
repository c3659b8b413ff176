using System.Text.Json.Serialization;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Sessions;

/// <summary>Result of <c>sessions.list</c>.</summary>
public sealed record SessionListResult
{
    /// <summary>Now, milliseconds since 1970 UTC.</summary>
    public required long Ts { get; init; }

    /// <summary>The store file, or <c>(multiple)</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Number of rows.</summary>
    public required long Count { get; init; }

    /// <summary>Used where a session says nothing.</summary>
    public required SessionListDefaults Defaults { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<SessionRow> Sessions { get; init; }
}

/// <summary>Model and context size of a new session.</summary>
public sealed record SessionListDefaults
{
    /// <summary>Provider id.</summary>
    public required string ModelProvider { get; init; }

    /// <summary>Model id.</summary>
    public required string Model { get; init; }

    /// <summary>Context window in tokens.</summary>
    public required long ContextTokens { get; init; }
}

/// <summary>A session in a list. Settings that are not set are absent.</summary>
[OpenObject]
public sealed record SessionRow
{
    /// <summary>Canonical key.</summary>
    public required string Key { get; init; }

    /// <summary>What kind of conversation it is.</summary>
    [OneOf("direct", "group", "global", "unknown")]
    public required string Kind { get; init; }

    /// <summary>Label.</summary>
    public string? Label { get; init; }

    /// <summary>Name to show.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Channel it came from.</summary>
    public string? Channel { get; init; }

    /// <summary>Subject of a group.</summary>
    public string? Subject { get; init; }

    /// <summary>Channel of a group.</summary>
    public string? GroupChannel { get; init; }

    /// <summary>Space of a group.</summary>
    public string? Space { get; init; }

    /// <summary><c>direct</c>, <c>group</c> or <c>channel</c>.</summary>
    public string? ChatType { get; init; }

    /// <summary>Where it began, as it is stored.</summary>
    public RawJsonValue? Origin { get; init; }

    /// <summary>Last use, milliseconds since 1970 UTC, or null.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? UpdatedAt { get; init; }

    /// <summary>Id of the current transcript.</summary>
    public string? SessionId { get; init; }

    /// <summary>A run has sent a system prompt.</summary>
    public bool? SystemSent { get; init; }

    /// <summary>The last run was cut short.</summary>
    public bool? AbortedLastRun { get; init; }

    /// <summary>Thinking level.</summary>
    public string? ThinkingLevel { get; init; }

    /// <summary>Verbose level.</summary>
    public string? VerboseLevel { get; init; }

    /// <summary>Reasoning level.</summary>
    public string? ReasoningLevel { get; init; }

    /// <summary>Elevated level.</summary>
    public string? ElevatedLevel { get; init; }

    /// <summary><c>allow</c> or <c>deny</c>.</summary>
    public string? SendPolicy { get; init; }

    /// <summary>Prompt tokens of the last run.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Generated tokens of the last run.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Size of the last prompt, or else the tokens of the last run.</summary>
    public required long TotalTokens { get; init; }

    /// <summary>Usage line under replies.</summary>
    public string? ResponseUsage { get; init; }

    /// <summary>Provider of the model that the next run uses.</summary>
    public required string ModelProvider { get; init; }

    /// <summary>Model that the next run uses.</summary>
    public required string Model { get; init; }

    /// <summary>Context window in tokens.</summary>
    public long? ContextTokens { get; init; }

    /// <summary>Where replies go, as it is stored.</summary>
    public RawJsonValue? DeliveryContext { get; init; }

    /// <summary>Channel of the last message.</summary>
    public string? LastChannel { get; init; }

    /// <summary>Recipient of the last reply.</summary>
    public string? LastTo { get; init; }

    /// <summary>Account of the last reply.</summary>
    public string? LastAccountId { get; init; }

    /// <summary>A title made from the name or the first message; only when asked for.</summary>
    public string? DerivedTitle { get; init; }

    /// <summary>The last message's text; only when asked for.</summary>
    public string? LastMessagePreview { get; init; }
}
