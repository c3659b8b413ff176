using System.Text.Json;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Chat;

/// <summary>Params of <c>chat.history</c>.</summary>
public sealed record ChatHistoryParams
{
    /// <summary>Session key.</summary>
    [NonEmpty]
    public required string SessionKey { get; init; }

    /// <summary>Most messages; 200 when absent.</summary>
    [Bounds(1, 1000)]
    public long? Limit { get; init; }
}

/// <summary>Result of <c>chat.history</c>.</summary>
public sealed record ChatHistoryResult
{
    /// <summary>The key as it was sent.</summary>
    public required string SessionKey { get; init; }

    /// <summary>Session id; absent for an unknown session.</summary>
    public string? SessionId { get; init; }

    /// <summary>Stored messages, newest last.</summary>
    public required IReadOnlyList<JsonElement> Messages { get; init; }

    /// <summary>Thinking level in force.</summary>
    public string? ThinkingLevel { get; init; }

    /// <summary>Verbose level in force.</summary>
    public string? VerboseLevel { get; init; }
}
