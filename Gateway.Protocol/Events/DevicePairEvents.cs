using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Events;

/// <summary>Payload of <c>device.pair.requested</c>: a device that is not on this host asks to be paired.</summary>
[OpenObject]
public sealed record DevicePairRequestedEvent
{
    /// <summary>Id to approve or reject by.</summary>
    [NonEmpty]
    public required string RequestId { get; init; }

    /// <summary>The device.</summary>
    [NonEmpty]
    public required string DeviceId { get; init; }

    /// <summary>Its public key in base64url.</summary>
    [NonEmpty]
    public required string PublicKey { get; init; }

    /// <summary>Name for people.</summary>
    [NonEmpty]
    public string? DisplayName { get; init; }

    /// <summary>Platform text.</summary>
    [NonEmpty]
    public string? Platform { get; init; }

    /// <summary>Which program asks.</summary>
    [NonEmpty]
    public string? ClientId { get; init; }

    /// <summary>What its connection is for.</summary>
    [NonEmpty]
    public string? ClientMode { get; init; }

    /// <summary>Role asked for.</summary>
    [NonEmpty]
    public string? Role { get; init; }

    /// <summary>Roles asked for.</summary>
    [NonEmpty]
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Scopes asked for.</summary>
    [NonEmpty]
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Address of the device.</summary>
    [NonEmpty]
    public string? RemoteIp { get; init; }

    /// <summary>True when it needs no person to decide.</summary>
    public bool? Silent { get; init; }

    /// <summary>True when the device was paired before.</summary>
    public required bool IsRepair { get; init; }

    /// <summary>When it asked, Unix milliseconds.</summary>
    [Bounds(0)]
    public required long Ts { get; init; }
}

/// <summary>Payload of <c>device.pair.resolved</c>.</summary>
[OpenObject]
public sealed record DevicePairResolvedEvent
{
    /// <summary>The request.</summary>
    [NonEmpty]
    public required string RequestId { get; init; }

    /// <summary>The device.</summary>
    [NonEmpty]
    public required string DeviceId { get; init; }

    /// <summary>What was decided.</summary>
    [OneOf("approved", "rejected")]
    public required string Decision { get; init; }

    /// <summary>When, Unix milliseconds.</summary>
    [Bounds(0)]
    public required long Ts { get; init; }
}
