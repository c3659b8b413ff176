using System.Collections.Immutable;
using OpenClaw.Gateway.Protocol.Scopes;

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

    /// <summary>The bootstrap token that approved it beforehand.</summary>
    public BootstrapToken? Approved { get; init; }
}

/// <summary>Result of <see cref="DevicePairing.AdmitAsync"/>.</summary>
internal sealed record DeviceAdmission
{
    /// <summary>The token the device holds from now on; null when it has to wait for approval.</summary>
    public DeviceToken? Token { get; init; }

    /// <summary>Tokens for the other roles of a bootstrap token.</summary>
    public ImmutableArray<DeviceToken> OtherTokens { get; init; } = [];

    /// <summary>Requests that were approved on the spot.</summary>
    public ImmutableArray<PairingRequest> Approved { get; init; } = [];

    /// <summary>The request that waits, when the device was not admitted.</summary>
    public PairingRequest? Waiting { get; init; }

    /// <summary>True when too many wait already; the device has to come back.</summary>
    public bool IsFull { get; init; }

    /// <summary>True when <see cref="Waiting"/> is new, so that people have to be told.</summary>
    public bool IsNew { get; init; }
}

/// <summary>Decides about devices that connect: known, approved on the spot because they are local, or to be approved by a person.</summary>
internal sealed class DevicePairing(DeviceStore store, TimeProvider time)
{
    /// <summary>How many may wait at once: the file is rewritten with each, and whoever knows the shared secret may ask.</summary>
    public const int MaxPending = 500;

    /// <summary>Admits a device whose identity was proven, or records that it waits.</summary>
    public Task<DeviceAdmission> AdmitAsync(DeviceClaim claim, CancellationToken cancellationToken) =>
        store.UpdateAsync(state => Admit(state.WithoutOver(Now), claim), cancellationToken);

    private (DeviceState, DeviceAdmission) Admit(DeviceState state, DeviceClaim claim)
    {
        if (claim.Approved is { } token)
            return Bootstrap(state, claim, token);
        var known = state.Paired.GetValueOrDefault(claim.DeviceId);
        var trusted = known is not null && known.PublicKey == claim.PublicKey;
        if (trusted && known!.AllRoles.Contains(claim.Role, StringComparer.Ordinal) && ScopeSet.Covers(known.Scopes ?? [], claim.Scopes))
            return Welcome(state, known, claim, approved: []);

        var waiting = state.Pending.Values.FirstOrDefault(r => r.DeviceId == claim.DeviceId);
        // A request that a remote connect opened is not waved through by a local one: a person decides.
        if (waiting is not null || !claim.IsLocal)
        {
            if (waiting is null && state.Pending.Count >= MaxPending)
                return (state, new DeviceAdmission { IsFull = true });
            var request = waiting ?? NewRequest(claim, known is not null);
            var asked = waiting is null ? state with { Pending = state.Pending.SetItem(request.RequestId, request) } : state;
            return (asked, new DeviceAdmission { Waiting = request, IsNew = waiting is null });
        }
        var approved = NewRequest(claim, known is not null);
        var (next, device) = state.Approve(approved, Now);
        return Welcome(next, device, claim, [approved]);
    }

    /// <summary>All that the token stands for is given at once: a device that shows it again got its answer lost.</summary>
    private (DeviceState, DeviceAdmission) Bootstrap(DeviceState state, DeviceClaim claim, BootstrapToken bootstrap)
    {
        var profile = bootstrap.Profile;
        // A phone opens its connections at once: the second finds the tokens of the first, and does not end them.
        if (state.Paired.GetValueOrDefault(claim.DeviceId) is { } known && known.PublicKey == claim.PublicKey
            && profile.Roles.All(role => known.TokenFor(role) is { RevokedAtMs: null } token && token.IssuedAtMs >= bootstrap.IssuedAtMs && ScopeSet.Covers(token.Scopes, ScopesOf(role, profile))))
        {
            return (state, new DeviceAdmission { Token = known.TokenFor(claim.Role), OtherTokens = [.. profile.Roles.Where(role => role != claim.Role).Select(role => known.TokenFor(role)!)] });
        }
        var isRepair = state.Paired.ContainsKey(claim.DeviceId);
        // The role of this connection comes last, so that it is the one in the record.
        var requests = profile.Roles.Where(role => role != claim.Role).Append(claim.Role)
            .Select(role => NewRequest(claim, isRepair) with { Role = role, Roles = [role], Scopes = ScopesOf(role, profile), Silent = true }).ToImmutableArray();
        PairedDevice? device = null;
        foreach (var request in requests)
            (state, device) = state.Approve(request, Now);
        return (state, new DeviceAdmission
        {
            Token = device!.TokenFor(claim.Role),
            OtherTokens = [.. requests.SkipLast(1).Select(request => device.TokenFor(request.Role!)!)],
            Approved = requests,
        });
    }

    private static IReadOnlyList<string> ScopesOf(string role, BootstrapProfile profile) => role == ConnectionRoles.Node ? [] : profile.Scopes;

    private (DeviceState, DeviceAdmission) Welcome(DeviceState state, PairedDevice device, DeviceClaim claim, ImmutableArray<PairingRequest> approved)
    {
        var token = device.TokenFor(claim.Role);
        if (token is null || token.RevokedAtMs is not null || !ScopeSet.Covers(token.Scopes, claim.Scopes))
            token = DeviceToken.Issue(claim.Role, claim.Scopes, token, Now);
        var updated = device with
        {
            DisplayName = claim.DisplayName ?? device.DisplayName,
            Platform = claim.Platform ?? device.Platform,
            ClientId = claim.ClientId ?? device.ClientId,
            ClientMode = claim.ClientMode ?? device.ClientMode,
            Role = claim.Role,
            Roles = ScopeSet.Union(device.AllRoles, [claim.Role]),
            Scopes = ScopeSet.Union(device.Scopes ?? [], claim.Scopes),
            RemoteIp = claim.RemoteIp ?? device.RemoteIp,
        };
        if (!ReferenceEquals(token, device.TokenFor(claim.Role)))
            updated = updated.With(token);
        // An ordinary reconnect changes nothing, and so costs no write.
        var next = SameOnDisk(device, updated) ? state : state with { Paired = state.Paired.SetItem(updated.DeviceId, updated) };
        return (next, new DeviceAdmission { Token = token, Approved = approved });
    }

    private static bool SameOnDisk(PairedDevice stored, PairedDevice updated) =>
        stored with { Roles = null, Scopes = null, Tokens = null } == updated with { Roles = null, Scopes = null, Tokens = null }
        && stored.AllRoles.SequenceEqual(updated.AllRoles, StringComparer.Ordinal)
        && (stored.Scopes ?? []).SequenceEqual(updated.Scopes ?? [], StringComparer.Ordinal)
        && ReferenceEquals(stored.Tokens?.GetValueOrDefault(updated.Role!), updated.Tokens?.GetValueOrDefault(updated.Role!));

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
}
