using System.Collections.Immutable;
using System.Security.Cryptography;
using OpenClaw.Gateway.Protocol.Devices;

namespace OpenClaw.Gateway.Core.Devices;

/// <summary>What a device asks for when it connects.</summary>
internal sealed record DeviceClaim
{
    public required string DeviceId { get; init; }

    public required string PublicKey { get; init; }

    public required string Role { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public string? DisplayName { get; init; }

    public string? Platform { get; init; }

    public string? ClientId { get; init; }

    public string? ClientMode { get; init; }

    /// <summary>Address, only for clients that are not on this machine.</summary>
    public string? RemoteIp { get; init; }

    public required bool IsLocal { get; init; }
}

/// <summary>Result of <see cref="DevicePairing.AdmitAsync"/>.</summary>
internal sealed record DeviceAdmission
{
    /// <summary>The token the device holds from now on; null when it has to wait for approval.</summary>
    public DeviceToken? Token { get; init; }

    /// <summary>Requests that were approved on the spot.</summary>
    public ImmutableArray<PairingRequest> Approved { get; init; } = [];

    /// <summary>The request that waits, when the device was not admitted.</summary>
    public PairingRequest? Waiting { get; init; }

    /// <summary>True when <see cref="Waiting"/> is new, so that people have to be told.</summary>
    public bool IsNew { get; init; }
}

/// <summary>Decides about devices that connect: known, approved on the spot because they are local, or to be approved by a person.</summary>
internal sealed class DevicePairing(DeviceStore store, TimeProvider time)
{
    /// <summary>A request nobody decides about disappears after this long.</summary>
    public static readonly TimeSpan RequestLifetime = TimeSpan.FromMinutes(5);

    /// <summary>How exactly the last use of a token is stored: not every connect is worth a write.</summary>
    private static readonly TimeSpan LastUsedResolution = TimeSpan.FromMinutes(1);

    /// <summary>Admits a device whose identity was proven, or records that it waits.</summary>
    public Task<DeviceAdmission> AdmitAsync(DeviceClaim claim, CancellationToken cancellationToken) =>
        store.UpdateAsync(state => Admit(DropExpired(state), claim), cancellationToken);

    /// <summary>True when <paramref name="offered"/> is the live token of the device for this role and covers <paramref name="scopes"/>.</summary>
    public Task<bool> VerifyTokenAsync(string deviceId, string role, IReadOnlyList<string> scopes, string offered, CancellationToken cancellationToken) =>
        store.UpdateAsync(state => Verify(state, deviceId, role, scopes, offered), cancellationToken);

    private (DeviceState, DeviceAdmission) Admit(DeviceState state, DeviceClaim claim)
    {
        var known = state.Paired.GetValueOrDefault(claim.DeviceId);
        var trusted = known is not null && known.PublicKey == claim.PublicKey;
        if (trusted && known!.AllRoles.Contains(claim.Role, StringComparer.Ordinal) && Covers(known.Scopes ?? [], claim.Scopes))
            return Welcome(state, known, claim, approved: []);

        var waiting = state.Pending.Values.FirstOrDefault(r => r.DeviceId == claim.DeviceId);
        // A request that a remote connect opened is not waved through by a local one: a person decides.
        if (waiting is not null || !claim.IsLocal)
        {
            var request = waiting ?? NewRequest(claim, known is not null);
            var next = waiting is null ? state with { Pending = state.Pending.SetItem(request.RequestId, request) } : state;
            return (next, new DeviceAdmission { Waiting = request, IsNew = waiting is null });
        }
        var approved = NewRequest(claim, known is not null);
        return Welcome(state, Approve(trusted ? known : null, known, approved), claim, [approved]);
    }

    private (DeviceState, DeviceAdmission) Welcome(DeviceState state, PairedDevice device, DeviceClaim claim, ImmutableArray<PairingRequest> approved)
    {
        var now = Now;
        var token = device.Tokens?.GetValueOrDefault(claim.Role);
        if (token is null || token.RevokedAtMs is not null || !Covers(token.Scopes, claim.Scopes) || !approved.IsEmpty)
        {
            token = new DeviceToken
            {
                Token = NewToken(),
                Role = claim.Role,
                Scopes = [.. claim.Scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                CreatedAtMs = token?.CreatedAtMs ?? now,
                RotatedAtMs = token is null ? null : now,
                LastUsedAtMs = token?.LastUsedAtMs,
            };
        }
        var updated = device with
        {
            DisplayName = claim.DisplayName ?? device.DisplayName,
            Platform = claim.Platform ?? device.Platform,
            ClientId = claim.ClientId ?? device.ClientId,
            ClientMode = claim.ClientMode ?? device.ClientMode,
            Role = claim.Role,
            Roles = Union(device.AllRoles, [claim.Role]),
            Scopes = Union(device.Scopes ?? [], claim.Scopes),
            RemoteIp = claim.RemoteIp ?? device.RemoteIp,
            Tokens = (device.Tokens ?? ImmutableDictionary<string, DeviceToken>.Empty).ToImmutableDictionary().SetItem(claim.Role, token),
        };
        // An ordinary reconnect changes nothing, and so costs no write.
        var next = approved.IsEmpty && SameOnDisk(device, updated) ? state : state with { Paired = state.Paired.SetItem(updated.DeviceId, updated) };
        return (next, new DeviceAdmission { Token = token, Approved = approved });
    }

    private static bool SameOnDisk(PairedDevice stored, PairedDevice updated) =>
        stored with { Roles = null, Scopes = null, Tokens = null } == updated with { Roles = null, Scopes = null, Tokens = null }
        && stored.AllRoles.SequenceEqual(updated.AllRoles, StringComparer.Ordinal)
        && (stored.Scopes ?? []).SequenceEqual(updated.Scopes ?? [], StringComparer.Ordinal)
        && ReferenceEquals(stored.Tokens?.GetValueOrDefault(updated.Role!), updated.Tokens?.GetValueOrDefault(updated.Role!));

    private PairedDevice Approve(PairedDevice? trusted, PairedDevice? any, PairingRequest request) => (trusted ?? new PairedDevice
    {
        DeviceId = request.DeviceId,
        PublicKey = request.PublicKey,
        CreatedAtMs = any?.CreatedAtMs ?? Now,
    }) with
    { ApprovedAtMs = Now };

    private (DeviceState, bool) Verify(DeviceState state, string deviceId, string role, IReadOnlyList<string> scopes, string offered)
    {
        if (state.Paired.GetValueOrDefault(deviceId) is not { Tokens: { } tokens } device || tokens.GetValueOrDefault(role) is not { RevokedAtMs: null } token)
            return (state, false);
        if (!SecretComparer.Matches(offered, token.Token) || !Covers(token.Scopes, scopes))
            return (state, false);
        if (Now - (token.LastUsedAtMs ?? 0) < LastUsedResolution.TotalMilliseconds)
            return (state, true);
        var used = device with { Tokens = tokens.ToImmutableDictionary().SetItem(role, token with { LastUsedAtMs = Now }) };
        return (state with { Paired = state.Paired.SetItem(deviceId, used) }, true);
    }

    private DeviceState DropExpired(DeviceState state)
    {
        var oldest = Now - (long)RequestLifetime.TotalMilliseconds;
        var expired = state.Pending.Values.Where(r => r.Ts < oldest).Select(r => r.RequestId).ToArray();
        return expired.Length == 0 ? state : state with { Pending = state.Pending.RemoveRange(expired) };
    }

    private PairingRequest NewRequest(DeviceClaim claim, bool isRepair) => new()
    {
        RequestId = Guid.NewGuid().ToString(),
        DeviceId = claim.DeviceId,
        PublicKey = claim.PublicKey,
        DisplayName = claim.DisplayName,
        Platform = claim.Platform,
        ClientId = claim.ClientId,
        ClientMode = claim.ClientMode,
        Role = claim.Role,
        Roles = [claim.Role],
        Scopes = claim.Scopes,
        RemoteIp = claim.RemoteIp,
        Silent = claim.IsLocal,
        IsRepair = isRepair,
        Ts = Now,
    };

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static bool Covers(IReadOnlyList<string> granted, IReadOnlyList<string> asked) =>
        asked.All(scope => granted.Contains(scope, StringComparer.Ordinal));

    private static ImmutableArray<string> Union(IReadOnlyList<string> first, IReadOnlyList<string> second) =>
        [.. first.Concat(second).Distinct(StringComparer.Ordinal)];

    /// <summary>32 hex digits, as the files of the peer have them.</summary>
    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
