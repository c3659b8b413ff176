using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Nodes;

/// <summary>A node's description of itself when it asks to be paired.</summary>
public abstract record NodePairDescription
{
    /// <summary>The node.</summary>
    [NonEmpty]
    public required string NodeId { get; init; }

    /// <summary>Name for people.</summary>
    [NonEmpty]
    public string? DisplayName { get; init; }

    /// <summary>Platform text.</summary>
    [NonEmpty]
    public string? Platform { get; init; }

    /// <summary>Version of the node's program.</summary>
    [NonEmpty]
    public string? Version { get; init; }

    /// <summary>Version of its core.</summary>
    [NonEmpty]
    public string? CoreVersion { get; init; }

    /// <summary>Version of its user interface.</summary>
    [NonEmpty]
    public string? UiVersion { get; init; }

    /// <summary>Device family, e.g. <c>iPhone</c>.</summary>
    [NonEmpty]
    public string? DeviceFamily { get; init; }

    /// <summary>Hardware model.</summary>
    [NonEmpty]
    public string? ModelIdentifier { get; init; }

    /// <summary>Capabilities.</summary>
    [NonEmpty]
    public IReadOnlyList<string>? Caps { get; init; }

    /// <summary>Commands.</summary>
    [NonEmpty]
    public IReadOnlyList<string>? Commands { get; init; }

    /// <summary>Address of the node.</summary>
    [NonEmpty]
    public string? RemoteIp { get; init; }

    /// <summary>True when people need not be disturbed.</summary>
    public bool? Silent { get; init; }
}
