using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Status;

/// <summary>One row of presence: a client, a node, or the gateway itself.</summary>
[OpenObject]
public sealed record PresenceEntry
{
    /// <summary>Name of the host or client.</summary>
    public string? Host { get; init; }

    /// <summary>Address, for remote clients and the gateway.</summary>
    public string? Ip { get; init; }

    /// <summary>Version text.</summary>
    public string? Version { get; init; }

    /// <summary>Platform text.</summary>
    public string? Platform { get; init; }

    /// <summary>Device family.</summary>
    public string? DeviceFamily { get; init; }

    /// <summary>Hardware model.</summary>
    public string? ModelIdentifier { get; init; }

    /// <summary>Mode of the connection; <c>gateway</c> for the gateway itself.</summary>
    public string? Mode { get; init; }

    /// <summary>Seconds since a person last used the host; may have a fraction.</summary>
    public double? LastInputSeconds { get; init; }

    /// <summary>Why the row last changed: <c>connect</c>, <c>disconnect</c>, <c>self</c>, or a client's own word.</summary>
    public string? Reason { get; init; }

    /// <summary>One line for people.</summary>
    public string? Text { get; init; }

    /// <summary>Last change, Unix milliseconds.</summary>
    public required long Ts { get; init; }

    /// <summary>Device id, when the client proved one.</summary>
    public string? DeviceId { get; init; }

    /// <summary>Roles seen under this key.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Scopes seen under this key.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Stable instance id.</summary>
    public string? InstanceId { get; init; }
}

/// <summary>Counters that tell a client which of its copies are stale.</summary>
public sealed record StateVersion
{
    /// <summary>Rises with every change of presence.</summary>
    [Bounds(0)]
    public required long Presence { get; init; }

    /// <summary>Rises with every finished health refresh.</summary>
    [Bounds(0)]
    public required long Health { get; init; }
}
