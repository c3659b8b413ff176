using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Nodes;

/// <summary>Params of <c>node.invoke</c>.</summary>
public sealed record NodeInvokeParams
{
    /// <summary>The node.</summary>
    [NonEmpty]
    public required string NodeId { get; init; }

    /// <summary>A command that it declared.</summary>
    [NonEmpty]
    public required string Command { get; init; }

    /// <summary>Params of the command.</summary>
    public JsonElement? Params { get; init; }

    /// <summary>How long to wait, in milliseconds; 30 000 when absent.</summary>
    [Bounds(0)]
    public long? TimeoutMs { get; init; }

    /// <summary>Handed to the node, which knows what it did already.</summary>
    [NonEmpty]
    public required string IdempotencyKey { get; init; }
}

/// <summary>Result of <c>node.invoke</c>.</summary>
public sealed record NodeInvokeResult
{
    /// <summary>Always true: a failure is an error.</summary>
    public bool Ok { get; init; } = true;

    /// <summary>The node.</summary>
    public required string NodeId { get; init; }

    /// <summary>The command.</summary>
    public required string Command { get; init; }

    /// <summary>What the node answered.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>The text of which <see cref="Payload"/> was read; null when the node sent JSON.</summary>
    [OrNull]
    [JsonPropertyName("payloadJSON")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? PayloadJson { get; init; }
}

/// <summary>Params of <c>node.invoke.result</c>: a node's answer.</summary>
public sealed record NodeInvokeResultParams
{
    /// <summary>Id of the request.</summary>
    [NonEmpty]
    public required string Id { get; init; }

    /// <summary>The node itself.</summary>
    [NonEmpty]
    public required string NodeId { get; init; }

    /// <summary>True when the command succeeded.</summary>
    public required bool Ok { get; init; }

    /// <summary>The answer as JSON.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>The answer as JSON text; wins over <see cref="Payload"/>.</summary>
    [JsonPropertyName("payloadJSON")]
    public string? PayloadJson { get; init; }

    /// <summary>What went wrong.</summary>
    public NodeError? Error { get; init; }
}

/// <summary>A node's error.</summary>
public sealed record NodeError
{
    /// <summary>For programs.</summary>
    [NonEmpty]
    public string? Code { get; init; }

    /// <summary>For people.</summary>
    [NonEmpty]
    public string? Message { get; init; }
}

/// <summary>Result of <c>node.invoke.result</c>.</summary>
public sealed record NodeInvokeResultResult
{
    /// <summary>Always true.</summary>
    public bool Ok { get; init; } = true;

    /// <summary>True when nobody waits for the answer: it came late, or twice, or to a request that never was.</summary>
    public bool? Ignored { get; init; }
}

/// <summary>Params of <c>node.event</c>: something happened at a node.</summary>
public sealed record NodeEventParams
{
    /// <summary>What.</summary>
    [NonEmpty]
    public required string Event { get; init; }

    /// <summary>Details as JSON.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>Details as JSON text; wins over <see cref="Payload"/>.</summary>
    [JsonPropertyName("payloadJSON")]
    public string? PayloadJson { get; init; }
}
