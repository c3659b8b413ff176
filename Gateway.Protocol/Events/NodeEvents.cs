using System.Text.Json.Serialization;
using OpenClaw.Gateway.Protocol.Methods.Nodes;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Events;

/// <summary>Payload of <c>node.pair.requested</c>: somebody asks for a node's entry in the node-pair store.</summary>
[OpenObject]
public sealed record NodePairRequestedEvent : NodePairDescription
{
    /// <summary>Id to approve or reject by.</summary>
    [NonEmpty]
    public required string RequestId { get; init; }

    /// <summary>True when the node was paired before.</summary>
    public required bool IsRepair { get; init; }

    /// <summary>When it was asked, Unix milliseconds.</summary>
    [Bounds(0)]
    public required long Ts { get; init; }
}

/// <summary>Payload of <c>node.pair.resolved</c>.</summary>
[OpenObject]
public sealed record NodePairResolvedEvent
{
    /// <summary>The request.</summary>
    [NonEmpty]
    public required string RequestId { get; init; }

    /// <summary>The node.</summary>
    [NonEmpty]
    public required string NodeId { get; init; }

    /// <summary>What was decided.</summary>
    [OneOf("approved", "rejected")]
    public required string Decision { get; init; }

    /// <summary>When, Unix milliseconds.</summary>
    [Bounds(0)]
    public required long Ts { get; init; }
}

/// <summary>Payload of <c>node.invoke.request</c>, sent to one node: run a command and answer with <c>node.invoke.result</c>.</summary>
[OpenObject]
public sealed record NodeInvokeRequestEvent
{
    /// <summary>Id to answer under.</summary>
    [NonEmpty]
    public required string Id { get; init; }

    /// <summary>The node that is meant.</summary>
    [NonEmpty]
    public required string NodeId { get; init; }

    /// <summary>The command.</summary>
    [NonEmpty]
    public required string Command { get; init; }

    /// <summary>JSON text of the command's params; null when it was given none.</summary>
    [OrNull]
    [JsonPropertyName("paramsJSON")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? ParamsJson { get; init; }

    /// <summary>When the caller gives up, in milliseconds from now.</summary>
    [Bounds(0)]
    public long? TimeoutMs { get; init; }

    /// <summary>The caller's key: a node that has seen it answers as before and does nothing twice.</summary>
    [NonEmpty]
    public string? IdempotencyKey { get; init; }
}
