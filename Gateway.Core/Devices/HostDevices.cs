using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Gateway.Protocol.Methods.Devices;

namespace OpenClaw.Gateway.Core.Devices;

/// <summary>An answer, or why there is none.</summary>
/// <typeparam name="T">Type of the answer.</typeparam>
/// <param name="Value">The answer.</param>
/// <param name="Error">The gateway's words for what is wrong.</param>
public sealed record HostDeviceResult<T>(T? Value, string? Error)
    where T : class;

/// <summary>
/// The device methods for a command on the gateway's machine that cannot reach the gateway, on its files. Whoever may write these
/// files may do all of it. A gateway that runs nevertheless sees the change within seconds.
/// </summary>
public sealed class HostDevices : IDisposable
{
    private readonly DeviceStore _store;
    private readonly PairingRequests _requests;
    private readonly DeviceTokens _tokens;
    private readonly BootstrapTokens _bootstrap;
    private readonly Audit _audit;

    /// <summary>Opens the device files of an instance; missing ones are empty.</summary>
    /// <param name="stateDirectory">State directory of the instance.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">The gateway's log: what is done here is in it as what the gateway does, and so are damaged files.</param>
    public HostDevices(string stateDirectory, TimeProvider time, ILoggerFactory? loggers = null)
    {
        loggers ??= NullLoggerFactory.Instance;
        _audit = new Audit(loggers);
        var locks = new LockFiles(time, Environment.MachineName);
        _store = new DeviceStore(DeviceStore.DirectoryIn(stateDirectory), locks, time, loggers.CreateLogger<DeviceStore>());
        _requests = new PairingRequests(_store, time);
        _tokens = new DeviceTokens(_store, time);
        _bootstrap = new BootstrapTokens(DeviceStore.DirectoryIn(stateDirectory), locks, time);
    }

    /// <summary><c>device.pair.list</c>.</summary>
    public async Task<DevicePairListResult> ListAsync(CancellationToken cancellationToken) =>
        DeviceViews.List(await _requests.ListAsync(cancellationToken).ConfigureAwait(false));

    /// <summary><c>device.pair.approve</c>.</summary>
    public async Task<HostDeviceResult<DevicePairApproveResult>> ApproveAsync(string requestId, CancellationToken cancellationToken)
    {
        var decision = await _requests.ApproveAsync(requestId, GrantAuthority.Host, cancellationToken).ConfigureAwait(false);
        if (decision is { Device: not null, Request: { } request })
            _audit.PairingApproved(AuditActor.Host, request);
        return decision.Device is { } device
            ? new(new DevicePairApproveResult { RequestId = requestId, Device = DeviceViews.Device(device) }, null)
            : new(null, DeviceErrors.UnknownRequest);
    }

    /// <summary><c>device.pair.reject</c>.</summary>
    public async Task<HostDeviceResult<DevicePairRejectResult>> RejectAsync(string requestId, CancellationToken cancellationToken)
    {
        var decision = await _requests.RejectAsync(requestId, cancellationToken).ConfigureAwait(false);
        if (decision.Request is { } rejected)
            _audit.PairingRejected(AuditActor.Host, rejected);
        return decision.Request is { } request
            ? new(new DevicePairRejectResult { RequestId = requestId, DeviceId = request.DeviceId }, null)
            : new(null, DeviceErrors.UnknownRequest);
    }

    /// <summary><c>device.token.rotate</c>.</summary>
    public async Task<HostDeviceResult<DeviceTokenRotateResult>> RotateAsync(DeviceTokenRotateParams parameters, CancellationToken cancellationToken)
    {
        var change = await _tokens.RotateAsync(parameters.DeviceId, parameters.Role, parameters.Scopes, GrantAuthority.Host, cancellationToken).ConfigureAwait(false);
        // A gateway that runs closes the connections, and says so itself.
        if (change is { Status: TokenChangeStatus.Done, Token: { } rotated })
            _audit.TokenRotated(AuditActor.Host, parameters.DeviceId, rotated, closed: 0);
        else if (change.Status is TokenChangeStatus.Denied)
            _audit.TokenChangeDenied(AuditActor.Host, parameters.DeviceId, parameters.Role);
        return change is { Status: TokenChangeStatus.Done, Token: { } token }
            ? new(DeviceViews.Rotated(parameters.DeviceId, token), null)
            : new(null, change.Status is TokenChangeStatus.Denied ? DeviceErrors.RotationDenied : DeviceErrors.UnknownDeviceOrRole);
    }

    /// <summary><c>device.token.revoke</c>.</summary>
    public async Task<HostDeviceResult<DeviceTokenRevokeResult>> RevokeAsync(DeviceTokenRevokeParams parameters, CancellationToken cancellationToken)
    {
        var change = await _tokens.RevokeAsync(parameters.DeviceId, parameters.Role, GrantAuthority.Host, cancellationToken).ConfigureAwait(false);
        if (change.Status is TokenChangeStatus.Done)
            _audit.TokenRevoked(AuditActor.Host, parameters.DeviceId, parameters.Role, closed: 0);
        return change is { Status: TokenChangeStatus.Done, Token: { } token }
            ? new(DeviceViews.Revoked(parameters.DeviceId, token), null)
            : new(null, DeviceErrors.UnknownDeviceOrRole);
    }

    /// <summary>
    /// Makes a token by which one device pairs without being approved, within ten minutes: as a node, and as an operator with
    /// approvals, read and write.
    /// </summary>
    public async Task<string> IssueBootstrapTokenAsync(CancellationToken cancellationToken)
    {
        var token = await _bootstrap.IssueAsync(BootstrapTokens.DefaultProfile, cancellationToken).ConfigureAwait(false);
        _audit.BootstrapIssued(AuditActor.Host, BootstrapTokens.DefaultProfile, BootstrapTokens.Lifetime);
        return token;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _store.Dispose();
        _bootstrap.Dispose();
    }
}
