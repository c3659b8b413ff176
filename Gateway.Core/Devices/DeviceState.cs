using System.Collections.Immutable;

namespace OpenClaw.Gateway.Core.Devices;

/// <summary>Content of both device files.</summary>
internal sealed record DeviceState(ImmutableDictionary<string, PairedDevice> Paired, ImmutableDictionary<string, PairingRequest> Pending)
{
    /// <summary>A request nobody decides about disappears after this long.</summary>
    public static readonly TimeSpan RequestLifetime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Without the requests that are over: expired ones, and those whose approval was written before the process was killed
    /// (the approved device is stored first).
    /// </summary>
    public DeviceState WithoutOver(long nowMs)
    {
        var over = Pending.Values.Where(request => request.Ts < nowMs - (long)RequestLifetime.TotalMilliseconds || IsApproved(request)).Select(request => request.RequestId).ToArray();
        return over.Length == 0 ? this : this with { Pending = Pending.RemoveRange(over) };
    }

    /// <summary>With the request's device approved for what the request asks, and a new token for its role.</summary>
    public (DeviceState Next, PairedDevice Device) Approve(PairingRequest request, long nowMs)
    {
        var known = Paired.GetValueOrDefault(request.DeviceId);
        // Another key is another device, whatever it was allowed before.
        var device = known?.PublicKey == request.PublicKey
            ? known
            : new PairedDevice { DeviceId = request.DeviceId, PublicKey = request.PublicKey, CreatedAtMs = known?.CreatedAtMs ?? nowMs };
        var role = request.Role ?? Protocol.Scopes.ConnectionRoles.Operator;
        device = device with
        {
            DisplayName = request.DisplayName ?? device.DisplayName,
            Platform = request.Platform ?? device.Platform,
            ClientId = request.ClientId ?? device.ClientId,
            ClientMode = request.ClientMode ?? device.ClientMode,
            Role = role,
            Roles = ScopeSet.Union(device.AllRoles, request.Roles ?? [role]),
            Scopes = ScopeSet.Union(device.Scopes ?? [], request.Scopes ?? []),
            RemoteIp = request.RemoteIp ?? device.RemoteIp,
            ApprovedAtMs = nowMs,
        };
        device = device.With(DeviceToken.Issue(role, request.Scopes ?? [], device.TokenFor(role), nowMs));
        return (new DeviceState(Paired.SetItem(device.DeviceId, device), Pending.Remove(request.RequestId)), device);
    }

    private bool IsApproved(PairingRequest request) =>
        Paired.GetValueOrDefault(request.DeviceId) is { } device
        && device.ApprovedAtMs >= request.Ts
        && device.PublicKey == request.PublicKey
        && ScopeSet.Covers(device.AllRoles, request.Roles ?? [])
        && ScopeSet.Covers(device.Scopes ?? [], request.Scopes ?? []);
}
