using System.Text.Json;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Chat;

/// <summary>Params of <c>chat.send</c>.</summary>
public sealed record ChatSendParams
{
    /// <summary>Session key.</summary>
    [NonEmpty]
    public required string SessionKey { get; init; }

    /// <summary>Text; may be empty with attachments.</summary>
    public required string Message { get; init; }

    /// <summary>Thinking level of this turn.</summary>
    public string? Thinking { get; init; }

    /// <summary>Accepted and ignored.</summary>
    public bool? Deliver { get; init; }

    /// <summary>Images; at most 5 000 000 bytes each.</summary>
    public IReadOnlyList<JsonElement>? Attachments { get; init; }

    /// <summary>Time limit in milliseconds.</summary>
    [Bounds(0)]
    public long? TimeoutMs { get; init; }

    /// <summary>Key that makes a repeat harmless; it becomes the run id.</summary>
    [NonEmpty]
    public required string IdempotencyKey { get; init; }
}

/// <summary>Result of <c>chat.send</c>: a started run, or what a stop word stopped.</summary>
public sealed record ChatSendResult
{
    /// <summary>The run; absent for a stop word.</summary>
    public string? RunId { get; init; }

    /// <summary><c>started</c>, <c>in_flight</c> for a repeat while it runs, <c>ok</c> or <c>error</c> for one after its end.</summary>
    [OneOf("started", "in_flight", "ok", "error")]
    public string? Status { get; init; }

    /// <summary>Error text, with <c>error</c>.</summary>
    public string? Summary { get; init; }

    /// <summary>True for a stop word.</summary>
    public bool? Ok { get; init; }

    /// <summary>Stop word: true when something was stopped.</summary>
    public bool? Aborted { get; init; }

    /// <summary>Stop word: what was stopped.</summary>
    public IReadOnlyList<string>? RunIds { get; init; }
}

/// <summary>Params of <c>chat.abort</c>.</summary>
public sealed record ChatAbortParams
{
    /// <summary>Session key.</summary>
    [NonEmpty]
    public required string SessionKey { get; init; }

    /// <summary>One run; absent for all of the session.</summary>
    [NonEmpty]
    public string? RunId { get; init; }
}

/// <summary>Result of <c>chat.abort</c>.</summary>
public sealed record ChatAbortResult
{
    /// <summary>Always true.</summary>
    public bool Ok { get; init; } = true;

    /// <summary>True when something was stopped.</summary>
    public required bool Aborted { get; init; }

    /// <summary>What was stopped.</summary>
    public required IReadOnlyList<string> RunIds { get; init; }
}

/// <summary>Params of <c>chat.inject</c>.</summary>
public sealed record ChatInjectParams
{
    /// <summary>Session key.</summary>
    [NonEmpty]
    public required string SessionKey { get; init; }

    /// <summary>Text of the assistant message.</summary>
    [NonEmpty]
    public required string Message { get; init; }

    /// <summary>Put in brackets before the text.</summary>
    [TextLength(0, 100)]
    public string? Label { get; init; }
}

/// <summary>Result of <c>chat.inject</c>.</summary>
public sealed record ChatInjectResult
{
    /// <summary>Always true.</summary>
    public bool Ok { get; init; } = true;

    /// <summary>Id of the transcript entry, 8 hex digits.</summary>
    public required string MessageId { get; init; }
}
