using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Core.Connections;

/// <summary>
/// Ends the live connections of a device whose token ended: rights are looked at when a connection is opened, so an open one would
/// keep them.
/// </summary>
internal sealed class DeviceConnections : IDisposable
{
    private const string CloseReason = "device removed";

    private readonly ConnectionRegistry _connections;
    private readonly DeviceStore _store;
    private readonly Audit _audit;
    private long _generation;
    private bool _seen;

    public DeviceConnections(ConnectionRegistry connections, DeviceStore store, Audit audit)
    {
        (_connections, _store, _audit) = (connections, store, audit);
        store.ChangedElsewhere += FollowHost;
    }

    /// <summary>
    /// Changes with every ended token. A handshake that sees another value at its end than at its start has to look whether its token
    /// is still good: it was not among the connections yet.
    /// </summary>
    public long Generation => Interlocked.Read(ref _generation);

    /// <summary>Closes all connections of a device in a role with 4001; what is queued for them is sent, what they ask is not done any more.</summary>
    /// <param name="deviceId">The device.</param>
    /// <param name="role">The role.</param>
    /// <param name="except">A connection that is closed by somebody else.</param>
    /// <returns>How many were closed.</returns>
    public int Close(string deviceId, string role, string? except = null)
    {
        Interlocked.Increment(ref _generation);
        var closed = 0;
        foreach (var connection in _connections.All)
        {
            if (connection.Id != except && connection.Identity is { } identity && identity.DeviceId == deviceId && identity.Role == role && Close(connection))
                closed++;
        }
        return closed;
    }

    /// <summary>Closes one connection the same way.</summary>
    public static bool Close(GatewayConnection connection) => connection.CloseInBackground(CloseCodes.DeviceRemoved, CloseReason);

    public void Dispose() => _store.ChangedElsewhere -= FollowHost;

    /// <summary>Somebody worked on the files: a command on this machine while the gateway could not be reached, or a person.</summary>
    private void FollowHost(DeviceState before, DeviceState after)
    {
        foreach (var device in before.Paired.Values)
        {
            var now = after.Paired.GetValueOrDefault(device.DeviceId);
            // An approval brings a new token too; it adds rights, so nothing has to end.
            var approved = now is not null && now.ApprovedAtMs > device.ApprovedAtMs;
            if (approved)
                _audit.ApprovedOnHost(now!);
            foreach (var token in device.Tokens?.Values ?? [])
            {
                if (now?.TokenFor(token.Role) is not { RevokedAtMs: null } live || (live.Token != token.Token && !approved))
                    _audit.TokenEndedOnHost(device.DeviceId, token.Role, Close(device.DeviceId, token.Role));
            }
        }
        foreach (var device in after.Paired.Values)
        {
            if (!before.Paired.ContainsKey(device.DeviceId) && _seen)
                _audit.ApprovedOnHost(device);
        }
        _seen = true;
    }
}
