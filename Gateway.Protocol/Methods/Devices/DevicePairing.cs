using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Devices;

/// <summary>Params of <c>device.pair.approve</c> and <c>device.pair.reject</c>.</summary>
public sealed record DevicePairDecisionParams
{
    /// <summary>The request to decide about.</summary>
    [NonEmpty]
    public required string RequestId { get; init; }
}

/// <summary>Result of <c>device.pair.list</c>.</summary>
public sealed record DevicePairListResult
{
    /// <summary>Requests nobody decided about yet, newest first. One disappears five minutes after it was made.</summary>
    public required IReadOnlyList<DevicePairRequestedEvent> Pending { get; init; }

    /// <summary>Approved devices, the latest approval first.</summary>
    public required IReadOnlyList<PairedDeviceRow> Paired { get; init; }
}

/// <summary>Result of <c>device.pair.approve</c>.</summary>
public sealed record DevicePairApproveResult
{
    /// <summary>The approved request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The device as it is now.</summary>
    public required PairedDeviceRow Device { get; init; }
}

/// <summary>Result of <c>device.pair.reject</c>.</summary>
public sealed record DevicePairRejectResult
{
    /// <summary>The rejected request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The device that asked.</summary>
    public required string DeviceId { get; init; }
}

/// <summary>An approved device, without its tokens' texts.</summary>
public sealed record PairedDeviceRow
{
    /// <summary>Lower-case hex SHA-256 of the raw public key.</summary>
    public required string DeviceId { get; init; }

    /// <summary>Public key in base64url.</summary>
    public required string PublicKey { get; init; }

    /// <summary>Name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Platform text.</summary>
    public string? Platform { get; init; }

    /// <summary>Program of the last connection.</summary>
    public string? ClientId { get; init; }

    /// <summary>What that connection was for.</summary>
    public string? ClientMode { get; init; }

    /// <summary>Role of the last connection.</summary>
    public string? Role { get; init; }

    /// <summary>Approved roles.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Approved scopes.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Last address, of devices that are not on the gateway's machine.</summary>
    public string? RemoteIp { get; init; }

    /// <summary>First approval, Unix milliseconds.</summary>
    public required long CreatedAtMs { get; init; }

    /// <summary>Last approval, Unix milliseconds.</summary>
    public required long ApprovedAtMs { get; init; }

    /// <summary>One per role; absent when the device never had one.</summary>
    public IReadOnlyList<DeviceTokenRow>? Tokens { get; init; }
}

/// <summary>What may be told about a device's token: everything but its text.</summary>
public sealed record DeviceTokenRow
{
    /// <summary>Role it is for.</summary>
    public required string Role { get; init; }

    /// <summary>What it opens.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>When the role got its first token, Unix milliseconds.</summary>
    public required long CreatedAtMs { get; init; }

    /// <summary>When it was replaced, Unix milliseconds.</summary>
    public long? RotatedAtMs { get; init; }

    /// <summary>When it was revoked, Unix milliseconds.</summary>
    public long? RevokedAtMs { get; init; }

    /// <summary>When it last opened a connection, Unix milliseconds, to the minute.</summary>
    public long? LastUsedAtMs { get; init; }
}
