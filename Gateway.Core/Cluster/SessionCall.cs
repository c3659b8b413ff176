using System.Text.Json.Serialization;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Ingress;

namespace OpenClaw.Gateway.Core.Cluster;

/// <summary>What one core asks of another that works on a session.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SessionCallKind>))]
internal enum SessionCallKind
{
    /// <summary>Work on a message.</summary>
    Submit = 1,

    /// <summary>Stop runs and messages of a session.</summary>
    Abort,

    /// <summary>Stop everything in a session and wait until it has let go.</summary>
    Quiet,

    /// <summary>Put a message of the assistant into the transcript.</summary>
    Inject,
}

/// <summary>A question.</summary>
internal sealed record SessionCall
{
    public required SessionCallKind Kind { get; init; }

    /// <summary>For <see cref="SessionCallKind.Submit"/>.</summary>
    public DeliveredMessage? Message { get; init; }

    public string? SessionKey { get; init; }

    /// <summary>The runs to stop; null for all.</summary>
    public IReadOnlyList<string>? RunIds { get; init; }

    public RunAbortReason Reason { get; init; }

    /// <summary>How long to wait, in milliseconds.</summary>
    public long LimitMs { get; init; }

    /// <summary>For <see cref="SessionCallKind.Inject"/>: params of the method, JSON.</summary>
    public byte[]? Params { get; init; }
}

/// <summary>How far a submitted message is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SessionCallState>))]
internal enum SessionCallState
{
    /// <summary>Not this core's session.</summary>
    NotMine = 1,

    /// <summary>It is worked on; ask again.</summary>
    Working,

    /// <summary>It is done with, and that is noted.</summary>
    Done,

    /// <summary>It has to come again.</summary>
    Again,
}

/// <summary>An answer.</summary>
internal sealed record SessionCallAnswer
{
    public SessionCallState State { get; init; }

    /// <summary>For <see cref="SessionCallState.Again"/>, in milliseconds.</summary>
    public long DelayMs { get; init; }

    /// <summary>What was stopped.</summary>
    public IReadOnlyList<string> Stopped { get; init; } = [];

    /// <summary>What cannot be stopped any more, whoever believes that it was.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];

    /// <summary>Nothing of the session is at work.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>The answer to a call that was carried out for another core.</summary>
    public byte[]? Payload { get; init; }

    public Protocol.Errors.ErrorShape? Error { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SessionCall))]
[JsonSerializable(typeof(SessionCallAnswer))]
internal sealed partial class SessionCallJson : JsonSerializerContext;
