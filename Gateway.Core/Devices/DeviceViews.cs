using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Methods.Devices;

namespace OpenClaw.Gateway.Core.Devices;

/// <summary>What clients are told about devices: no token's text, and nothing that the contract does not name.</summary>
internal static class DeviceViews
{
    public static DevicePairListResult List(DeviceState state) => new()
    {
        Pending = [.. state.Pending.Values.OrderByDescending(request => request.Ts).Select(Request)],
        Paired = [.. state.Paired.Values.OrderByDescending(device => device.ApprovedAtMs).Select(Device)],
    };

    public static DevicePairRequestedEvent Request(PairingRequest request) => new()
    {
        RequestId = request.RequestId,
        DeviceId = request.DeviceId,
        PublicKey = request.PublicKey,
        DisplayName = request.DisplayName,
        Platform = request.Platform,
        ClientId = request.ClientId,
        ClientMode = request.ClientMode,
        Role = request.Role,
        Roles = request.Roles,
        Scopes = request.Scopes,
        RemoteIp = request.RemoteIp,
        Silent = request.Silent,
        IsRepair = request.IsRepair,
        Ts = request.Ts,
    };

    public static PairedDeviceRow Device(PairedDevice device) => new()
    {
        DeviceId = device.DeviceId,
        PublicKey = device.PublicKey,
        DisplayName = device.DisplayName,
        Platform = device.Platform,
        ClientId = device.ClientId,
        ClientMode = device.ClientMode,
        Role = device.Role,
        Roles = device.Roles,
        Scopes = device.Scopes,
        RemoteIp = device.RemoteIp,
        CreatedAtMs = device.CreatedAtMs,
        ApprovedAtMs = device.ApprovedAtMs,
        Tokens = device.Tokens is { Count: > 0 } tokens ? [.. tokens.Values.OrderBy(token => token.Role, StringComparer.Ordinal).Select(Token)] : null,
    };

    public static DeviceTokenRotateResult Rotated(string deviceId, DeviceToken token) => new()
    {
        DeviceId = deviceId,
        Role = token.Role,
        Token = token.Token,
        Scopes = token.Scopes,
        RotatedAtMs = token.IssuedAtMs,
    };

    public static DeviceTokenRevokeResult Revoked(string deviceId, DeviceToken token) =>
        new() { DeviceId = deviceId, Role = token.Role, RevokedAtMs = token.RevokedAtMs ?? 0 };

    private static DeviceTokenRow Token(DeviceToken token) => new()
    {
        Role = token.Role,
        Scopes = token.Scopes,
        CreatedAtMs = token.CreatedAtMs,
        RotatedAtMs = token.RotatedAtMs,
        RevokedAtMs = token.RevokedAtMs,
        LastUsedAtMs = token.LastUsedAtMs,
    };
}
