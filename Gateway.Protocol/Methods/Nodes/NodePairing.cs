using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Nodes;

/// <summary>Params of <c>node.pair.request</c>.</summary>
public sealed record NodePairRequestParams : NodePairDescription;

/// <summary>Result of <c>node.pair.request</c>.</summary>
public sealed record NodePairRequestResult
{
    /// <summary>Always <c>pending</c>: a person decides.</summary>
    public string Status { get; init; } = "pending";

    /// <summary>The request that waits, which may be an older one.</summary>
    public required NodePairRequestedEvent Request { get; init; }

    /// <summary>False when the node waited already.</summary>
    public required bool Created { get; init; }
}

/// <summary>Params of <c>node.pair.approve</c> and <c>node.pair.reject</c>.</summary>
public sealed record NodePairDecisionParams
{
    /// <summary>The request to decide about.</summary>
    [NonEmpty]
    public required string RequestId { get; init; }
}

/// <summary>Result of <c>node.pair.list</c>.</summary>
public sealed record NodePairListResult
{
    /// <summary>Requests nobody decided about yet, newest first. One disappears five minutes after it was made.</summary>
    public required IReadOnlyList<NodePairRequestedEvent> Pending { get; init; }

    /// <summary>Approved nodes, the latest approval first.</summary>
    public required IReadOnlyList<PairedNodeRow> Paired { get; init; }
}

/// <summary>Result of <c>node.pair.approve</c>.</summary>
public sealed record NodePairApproveResult
{
    /// <summary>The approved request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The node, with its new token.</summary>
    public required PairedNodeRow Node { get; init; }
}

/// <summary>Result of <c>node.pair.reject</c>.</summary>
public sealed record NodePairRejectResult
{
    /// <summary>The rejected request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The node that was asked for.</summary>
    public required string NodeId { get; init; }
}

/// <summary>Params of <c>node.pair.verify</c>.</summary>
public sealed record NodePairVerifyParams
{
    /// <summary>The node.</summary>
    [NonEmpty]
    public required string NodeId { get; init; }

    /// <summary>The token it shows.</summary>
    [NonEmpty]
    public required string Token { get; init; }

    /// <summary>Never shows the token.</summary>
    public override string ToString() => $"NodePairVerifyParams {{ NodeId = {NodeId} }}";
}

/// <summary>Result of <c>node.pair.verify</c>.</summary>
public sealed record NodePairVerifyResult
{
    /// <summary>True when the token is the node's.</summary>
    public required bool Ok { get; init; }

    /// <summary>The node, when it is.</summary>
    public PairedNodeRow? Node { get; init; }
}

/// <summary>Params of <c>node.rename</c>.</summary>
public sealed record NodeRenameParams
{
    /// <summary>The node.</summary>
    [NonEmpty]
    public required string NodeId { get; init; }

    /// <summary>Its new name.</summary>
    [NonEmpty]
    public required string DisplayName { get; init; }
}

/// <summary>Result of <c>node.rename</c>.</summary>
public sealed record NodeRenameResult
{
    /// <summary>The node.</summary>
    public required string NodeId { get; init; }

    /// <summary>The name as it is stored.</summary>
    public required string DisplayName { get; init; }
}

/// <summary>A node of the node-pair store, token included: the programs that ask for it hand it to the node.</summary>
public sealed record PairedNodeRow
{
    /// <summary>The node.</summary>
    public required string NodeId { get; init; }

    /// <summary>Its token.</summary>
    public required string Token { get; init; }

    /// <summary>Name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Platform text.</summary>
    public string? Platform { get; init; }

    /// <summary>Version of the node's program.</summary>
    public string? Version { get; init; }

    /// <summary>Version of its core.</summary>
    public string? CoreVersion { get; init; }

    /// <summary>Version of its user interface.</summary>
    public string? UiVersion { get; init; }

    /// <summary>Device family, e.g. <c>iPhone</c>.</summary>
    public string? DeviceFamily { get; init; }

    /// <summary>Hardware model.</summary>
    public string? ModelIdentifier { get; init; }

    /// <summary>Capabilities.</summary>
    public IReadOnlyList<string>? Caps { get; init; }

    /// <summary>Commands.</summary>
    public IReadOnlyList<string>? Commands { get; init; }

    /// <summary>Programs that were found on it.</summary>
    public IReadOnlyList<string>? Bins { get; init; }

    /// <summary>Permissions its system granted it.</summary>
    public IReadOnlyDictionary<string, bool>? Permissions { get; init; }

    /// <summary>Address of the node.</summary>
    public string? RemoteIp { get; init; }

    /// <summary>First approval, Unix milliseconds.</summary>
    public required long CreatedAtMs { get; init; }

    /// <summary>Last approval, Unix milliseconds.</summary>
    public required long ApprovedAtMs { get; init; }

    /// <summary>When it last connected, Unix milliseconds.</summary>
    public long? LastConnectedAtMs { get; init; }

    /// <summary>Never shows the token.</summary>
    public override string ToString() => $"PairedNodeRow {{ NodeId = {NodeId} }}";
}
