using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Gateway.Protocol.Methods.Status;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Events;

/// <summary>Payload of <c>connect.challenge</c>, the first frame on every connection.</summary>
[OpenObject]
public sealed record ChallengeEvent
{
    /// <summary>To be signed by the client's device.</summary>
    [NonEmpty]
    public required string Nonce { get; init; }

    /// <summary>The gateway's clock, Unix milliseconds.</summary>
    [Bounds(0)]
    public required long Ts { get; init; }
}

/// <summary>Payload of <c>tick</c>.</summary>
public sealed record TickEvent
{
    /// <summary>The gateway's clock, Unix milliseconds.</summary>
    [Bounds(0)]
    public required long Ts { get; init; }
}

/// <summary>Payload of <c>presence</c>: always the whole list.</summary>
public sealed record PresenceEvent
{
    /// <summary>All entries, newest first.</summary>
    public required IReadOnlyList<PresenceEntry> Presence { get; init; }
}

/// <summary>Payload of <c>shutdown</c>.</summary>
public sealed record ShutdownEvent
{
    /// <summary><c>gateway stopping</c> or <c>gateway restarting</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>When to reconnect, in milliseconds; null when it does not come back by itself.</summary>
    [OrNull]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? RestartExpectedMs { get; init; }
}

/// <summary>Payload of <c>agent</c>: one step of a run.</summary>
[OpenObject]
public sealed record AgentEvent
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary><c>lifecycle</c>, <c>assistant</c>, <c>tool</c>, <c>compaction</c> or <c>error</c>.</summary>
    public required string Stream { get; init; }

    /// <summary>Shaped by <see cref="Stream"/>.</summary>
    public required JsonElement Data { get; init; }

    /// <summary>Number within the run, from 1; absent on a gap notice.</summary>
    [Bounds(0)]
    public long? Seq { get; init; }

    /// <summary>Unix milliseconds.</summary>
    [Bounds(0)]
    public required long Ts { get; init; }

    /// <summary>Session of the run.</summary>
    public string? SessionKey { get; init; }
}

/// <summary>Payload of <c>chat</c>: what a chat window shows.</summary>
[OpenObject]
public sealed record ChatEvent
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>Session of the run.</summary>
    public required string SessionKey { get; init; }

    /// <summary>Number of the agent event behind it.</summary>
    [Bounds(0)]
    public required long Seq { get; init; }

    /// <summary>What happened.</summary>
    [OneOf("delta", "final", "aborted", "error")]
    public required string State { get; init; }

    /// <summary>The message so far, or the whole of it.</summary>
    public JsonElement? Message { get; init; }

    /// <summary>New text of a delta.</summary>
    public string? DeltaText { get; init; }

    /// <summary>True when <see cref="DeltaText"/> replaces all earlier text.</summary>
    public bool? Replace { get; init; }

    /// <summary>Error text.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Why an aborted run stopped: <c>rpc</c>, <c>stop</c>, <c>timeout</c>.</summary>
    public string? StopReason { get; init; }
}
