using OpenClaw.Gateway.Core.Connections;

namespace OpenClaw.Gateway.Core.Devices;

/// <summary>
/// How far somebody may decide about devices. Who knows the gateway's shared secret, or can write its files, can make himself
/// anything already; a paired device decides only within what it was itself approved for.
/// </summary>
internal sealed record GrantAuthority
{
    private readonly string? _deviceId;
    private readonly IReadOnlyList<string>? _scopes;

    private GrantAuthority(string? deviceId, IReadOnlyList<string>? scopes) => (_deviceId, _scopes) = (deviceId, scopes);

    /// <summary>A person on the gateway's machine who works on the files.</summary>
    public static GrantAuthority Host { get; } = new(null, null);

    /// <summary>The authority of a connection.</summary>
    public static GrantAuthority Of(ConnectionIdentity caller) =>
        caller.Credential is Credential.SharedSecret ? Host : new GrantAuthority(caller.DeviceId, caller.Scopes);

    /// <summary>The first of <paramref name="scopes"/> that it cannot grant; null when it can grant all.</summary>
    public string? FirstBeyond(IReadOnlyList<string> scopes) => _scopes is null ? null : ScopeSet.FirstBeyond(_scopes, scopes);

    /// <summary>True when it may handle tokens of this device: its own, or any when it is an administrator.</summary>
    public bool MayHandleTokensOf(string deviceId) =>
        _scopes is null || _deviceId == deviceId || _scopes.Contains(Protocol.Scopes.OperatorScopes.Admin, StringComparer.Ordinal);
}
