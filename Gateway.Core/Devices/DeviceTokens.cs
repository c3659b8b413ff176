using OpenClaw.Gateway.Protocol.Devices;

namespace OpenClaw.Gateway.Core.Devices;

/// <summary>How a change of a token ended.</summary>
internal enum TokenChangeStatus
{
    Done,

    /// <summary>There is no such device, or it has no such role.</summary>
    Unknown,

    /// <summary>More was asked for than the device was approved for, or than the caller may pass on.</summary>
    Denied,
}

/// <summary>Result of a change of a token; the token is set when it was done.</summary>
internal readonly record struct TokenChange(TokenChangeStatus Status, DeviceToken? Token = null);

/// <summary>The tokens by which paired devices are recognised.</summary>
internal sealed class DeviceTokens(DeviceStore store, TimeProvider time)
{
    /// <summary>How exactly the last use of a token is stored: not every connect is worth a write.</summary>
    private static readonly TimeSpan LastUsedResolution = TimeSpan.FromMinutes(1);

    /// <summary>True when <paramref name="offered"/> is the live token of the device for this role and covers <paramref name="scopes"/>.</summary>
    public Task<bool> VerifyAsync(string deviceId, string role, IReadOnlyList<string> scopes, string offered, CancellationToken cancellationToken) =>
        store.UpdateAsync(state => Verify(state, deviceId, role, scopes, offered), cancellationToken);

    /// <summary>True while a token that was given out is neither replaced nor revoked.</summary>
    public Task<bool> IsCurrentAsync(string deviceId, DeviceToken token, CancellationToken cancellationToken) =>
        store.UpdateAsync(state => (state, state.Paired.GetValueOrDefault(deviceId)?.TokenFor(token.Role) is { RevokedAtMs: null } live && live.Token == token.Token), cancellationToken);

    /// <summary>
    /// Replaces the token; the old one is dead. A role the device was approved for but has no token for gets its first.
    /// <paramref name="scopes"/> can only narrow what the device may do, and narrow it for good.
    /// </summary>
    public Task<TokenChange> RotateAsync(string deviceId, string role, IReadOnlyList<string>? scopes, GrantAuthority authority, CancellationToken cancellationToken) =>
        store.UpdateAsync(state => Rotate(state, deviceId, role, scopes, authority), cancellationToken);

    /// <summary>Ends the token. The device keeps its approval, and gets a new token when it next proves itself by the shared secret.</summary>
    public Task<TokenChange> RevokeAsync(string deviceId, string role, GrantAuthority authority, CancellationToken cancellationToken) =>
        store.UpdateAsync(state => Revoke(state, deviceId, role, authority), cancellationToken);

    private (DeviceState, bool) Verify(DeviceState state, string deviceId, string role, IReadOnlyList<string> scopes, string offered)
    {
        if (state.Paired.GetValueOrDefault(deviceId) is not { } device || device.TokenFor(role) is not { RevokedAtMs: null } token)
            return (state, false);
        if (!SecretComparer.Matches(offered, token.Token) || !ScopeSet.Covers(token.Scopes, scopes))
            return (state, false);
        if (Now - (token.LastUsedAtMs ?? 0) < LastUsedResolution.TotalMilliseconds)
            return (state, true);
        return (Store(state, device, token with { LastUsedAtMs = Now }), true);
    }

    private (DeviceState, TokenChange) Rotate(DeviceState state, string deviceId, string role, IReadOnlyList<string>? scopes, GrantAuthority authority)
    {
        // Whether a device exists is not told to those who may not touch it.
        if (!authority.MayHandleTokensOf(deviceId))
            return (state, new TokenChange(TokenChangeStatus.Denied));
        if (state.Paired.GetValueOrDefault(deviceId) is not { } device || !device.AllRoles.Contains(role, StringComparer.Ordinal))
            return (state, new TokenChange(TokenChangeStatus.Unknown));
        var approved = device.Scopes ?? [];
        var old = device.TokenFor(role);
        var wanted = scopes ?? old?.Scopes ?? approved;
        if (ScopeSet.FirstBeyond(approved, wanted) is not null || authority.FirstBeyond(wanted) is not null)
            return (state, new TokenChange(TokenChangeStatus.Denied));
        var token = DeviceToken.Issue(role, wanted, old, Now) with { RotatedAtMs = Now };
        if (scopes is not null)
            device = device with { Scopes = token.Scopes };
        return (Store(state, device, token), new TokenChange(TokenChangeStatus.Done, token));
    }

    private (DeviceState, TokenChange) Revoke(DeviceState state, string deviceId, string role, GrantAuthority authority)
    {
        if (!authority.MayHandleTokensOf(deviceId))
            return (state, new TokenChange(TokenChangeStatus.Denied));
        if (state.Paired.GetValueOrDefault(deviceId) is not { } device || device.TokenFor(role) is not { } token)
            return (state, new TokenChange(TokenChangeStatus.Unknown));
        token = token with { RevokedAtMs = Now };
        return (Store(state, device, token), new TokenChange(TokenChangeStatus.Done, token));
    }

    private static DeviceState Store(DeviceState state, PairedDevice device, DeviceToken token) =>
        state with { Paired = state.Paired.SetItem(device.DeviceId, device.With(token)) };

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
