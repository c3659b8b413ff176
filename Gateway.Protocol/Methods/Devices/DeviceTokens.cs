using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Devices;

/// <summary>Params of <c>device.token.rotate</c>.</summary>
public sealed record DeviceTokenRotateParams
{
    /// <summary>The device.</summary>
    [NonEmpty]
    public required string DeviceId { get; init; }

    /// <summary>Role of the token.</summary>
    [NonEmpty]
    public required string Role { get; init; }

    /// <summary>What the new token opens, within what the device was approved for; absent: what the old one opened.</summary>
    [NonEmpty]
    public IReadOnlyList<string>? Scopes { get; init; }
}

/// <summary>Result of <c>device.token.rotate</c>: the only answer that carries a token's text.</summary>
public sealed record DeviceTokenRotateResult
{
    /// <summary>The device.</summary>
    public required string DeviceId { get; init; }

    /// <summary>Role of the token.</summary>
    public required string Role { get; init; }

    /// <summary>The new token.</summary>
    public required string Token { get; init; }

    /// <summary>What it opens.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long RotatedAtMs { get; init; }

    /// <summary>Never shows the token.</summary>
    public override string ToString() => $"DeviceTokenRotateResult {{ DeviceId = {DeviceId}, Role = {Role} }}";
}

/// <summary>Params of <c>device.token.revoke</c>.</summary>
public sealed record DeviceTokenRevokeParams
{
    /// <summary>The device.</summary>
    [NonEmpty]
    public required string DeviceId { get; init; }

    /// <summary>Role of the token.</summary>
    [NonEmpty]
    public required string Role { get; init; }
}

/// <summary>Result of <c>device.token.revoke</c>.</summary>
public sealed record DeviceTokenRevokeResult
{
    /// <summary>The device.</summary>
    public required string DeviceId { get; init; }

    /// <summary>Role of the token.</summary>
    public required string Role { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long RevokedAtMs { get; init; }
}
