using System.Text.Json.Serialization;
using OpenClaw.Gateway.Core.Sessions.Json;

namespace OpenClaw.Gateway.Core.Sessions.Listing;

/// <summary>A session in <c>sessions.list</c>. Fields of the entry that are not set are absent.</summary>
internal sealed record SessionRow
{
    public required string Key { get; init; }

    /// <summary>direct, group, global or unknown.</summary>
    public required string Kind { get; init; }

    public string? Label { get; init; }
    public string? DisplayName { get; init; }
    public string? Channel { get; init; }
    public string? Subject { get; init; }
    public string? GroupChannel { get; init; }
    public string? Space { get; init; }
    public string? ChatType { get; init; }
    public RawJson? Origin { get; init; }

    /// <summary>Last use, milliseconds since 1970 UTC, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? UpdatedAt { get; init; }

    public string? SessionId { get; init; }
    public bool? SystemSent { get; init; }
    public bool? AbortedLastRun { get; init; }
    public string? ThinkingLevel { get; init; }
    public string? VerboseLevel { get; init; }
    public string? ReasoningLevel { get; init; }
    public string? ElevatedLevel { get; init; }
    public string? SendPolicy { get; init; }
    public long? InputTokens { get; init; }
    public long? OutputTokens { get; init; }

    /// <summary>Size of the last prompt, or else the tokens of the last run.</summary>
    public required long TotalTokens { get; init; }

    public string? ResponseUsage { get; init; }

    /// <summary>Provider of the model the next run uses.</summary>
    public required string ModelProvider { get; init; }

    public required string Model { get; init; }
    public long? ContextTokens { get; init; }
    public RawJson? DeliveryContext { get; init; }
    public string? LastChannel { get; init; }
    public string? LastTo { get; init; }
    public string? LastAccountId { get; init; }

    /// <summary>A title made from the name or the first message; only when asked for.</summary>
    public string? DerivedTitle { get; init; }

    /// <summary>The last message's text; only when asked for.</summary>
    public string? LastMessagePreview { get; init; }
}

/// <summary>Result of <c>sessions.list</c>.</summary>
/// <param name="Ts">Now, milliseconds since 1970 UTC.</param>
/// <param name="Path">The store file, or <c>(multiple)</c>.</param>
/// <param name="Count">Number of rows.</param>
/// <param name="Defaults">Used where a session says nothing.</param>
/// <param name="Sessions">Newest first.</param>
internal sealed record SessionListResult(long Ts, string Path, int Count, SessionListDefaults Defaults, IReadOnlyList<SessionRow> Sessions);

/// <summary>Model and context size of a new session.</summary>
internal sealed record SessionListDefaults(string ModelProvider, string Model, long ContextTokens);
