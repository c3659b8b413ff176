using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Nodes;

/// <summary>Result of <c>node.list</c>.</summary>
public sealed record NodeListResult
{
    /// <summary>The gateway's clock, Unix milliseconds.</summary>
    public required long Ts { get; init; }

    /// <summary>Connected nodes first, then by name.</summary>
    public required IReadOnlyList<NodeRow> Nodes { get; init; }
}

/// <summary>A node that is connected, or a device that was approved as one.</summary>
public sealed record NodeRow
{
    /// <summary>The device, or the client's id for a node without one.</summary>
    public required string NodeId { get; init; }

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

    /// <summary>Device family.</summary>
    public string? DeviceFamily { get; init; }

    /// <summary>Hardware model.</summary>
    public string? ModelIdentifier { get; init; }

    /// <summary>Address, of nodes that are not on the gateway's machine.</summary>
    public string? RemoteIp { get; init; }

    /// <summary>Capabilities, sorted.</summary>
    public required IReadOnlyList<string> Caps { get; init; }

    /// <summary>Commands that it declared and that are allowed, sorted.</summary>
    public required IReadOnlyList<string> Commands { get; init; }

    /// <summary>Its <c>PATH</c>.</summary>
    public string? PathEnv { get; init; }

    /// <summary>Permissions its system granted it.</summary>
    public IReadOnlyDictionary<string, bool>? Permissions { get; init; }

    /// <summary>Since when it is connected, Unix milliseconds.</summary>
    public long? ConnectedAtMs { get; init; }

    /// <summary>True when it is an approved device.</summary>
    public required bool Paired { get; init; }

    /// <summary>True while it is connected.</summary>
    public required bool Connected { get; init; }
}

/// <summary>Result of <c>node.describe</c>.</summary>
public sealed record NodeDescribeResult
{
    /// <summary>The device, or the client's id for a node without one.</summary>
    public required string NodeId { get; init; }

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

    /// <summary>Device family.</summary>
    public string? DeviceFamily { get; init; }

    /// <summary>Hardware model.</summary>
    public string? ModelIdentifier { get; init; }

    /// <summary>Address, of nodes that are not on the gateway's machine.</summary>
    public string? RemoteIp { get; init; }

    /// <summary>Capabilities, sorted.</summary>
    public required IReadOnlyList<string> Caps { get; init; }

    /// <summary>Commands that it declared and that are allowed, sorted.</summary>
    public required IReadOnlyList<string> Commands { get; init; }

    /// <summary>Its <c>PATH</c>.</summary>
    public string? PathEnv { get; init; }

    /// <summary>Permissions its system granted it.</summary>
    public IReadOnlyDictionary<string, bool>? Permissions { get; init; }

    /// <summary>Since when it is connected, Unix milliseconds.</summary>
    public long? ConnectedAtMs { get; init; }

    /// <summary>True when it is an approved device.</summary>
    public required bool Paired { get; init; }

    /// <summary>True while it is connected.</summary>
    public required bool Connected { get; init; }

    /// <summary>The gateway's clock, Unix milliseconds.</summary>
    public required long Ts { get; init; }

    /// <summary>A row of <c>node.list</c>, with the time.</summary>
    /// <param name="row">The node.</param>
    /// <param name="ts">Unix milliseconds.</param>
    public static NodeDescribeResult Of(NodeRow row, long ts) => new()
    {
        NodeId = row.NodeId,
        DisplayName = row.DisplayName,
        Platform = row.Platform,
        Version = row.Version,
        CoreVersion = row.CoreVersion,
        UiVersion = row.UiVersion,
        DeviceFamily = row.DeviceFamily,
        ModelIdentifier = row.ModelIdentifier,
        RemoteIp = row.RemoteIp,
        Caps = row.Caps,
        Commands = row.Commands,
        PathEnv = row.PathEnv,
        Permissions = row.Permissions,
        ConnectedAtMs = row.ConnectedAtMs,
        Paired = row.Paired,
        Connected = row.Connected,
        Ts = ts,
    };
}

/// <summary>Params of <c>node.describe</c>.</summary>
public sealed record NodeDescribeParams
{
    /// <summary>The node.</summary>
    [NonEmpty]
    public required string NodeId { get; init; }
}
