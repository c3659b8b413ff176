using System.Collections.Concurrent;
using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Core.Health;
using OpenClaw.Gateway.Core.Nodes;
using OpenClaw.Gateway.Core.Presence;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Core.Connections;

/// <summary>What the rest of the gateway does when a connection comes, is admitted, or goes.</summary>
internal sealed class ConnectionLifecycle(ConnectionRegistry connections, NodeArrivals nodes, PresenceStore presence, HealthReporter health, Broadcaster broadcaster)
{
    /// <summary>
    /// How long all clients together hold up a stop: less than the 1.5 s after which they expect a restarted gateway, and leaving the
    /// rest of the drain budget to the work in flight.
    /// </summary>
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<GatewayConnection, byte> _open = new();
    private volatile bool _stopping;

    /// <summary>Keeps track of an open socket, admitted or not, until disposed.</summary>
    public IDisposable Register(GatewayConnection connection)
    {
        _open.TryAdd(connection, 0);
        if (_stopping)
            connection.CloseInBackground(CloseCodes.ServiceRestart, "service restart");
        return new Registration(this, connection);
    }

    /// <summary>The row is there before <c>hello-ok</c>, whose snapshot contains it.</summary>
    public void Admit(GatewayConnection connection) => presence.Connected(connection.Identity!, connection.Id);

    /// <summary>The client has its <c>hello-ok</c> in the queue: from now on it gets events.</summary>
    public void Connected(GatewayConnection connection)
    {
        connections.Add(connection);
        nodes.Arrived(connection);
        health.RequestRefresh();
    }

    public void Disconnected(GatewayConnection connection)
    {
        connections.Remove(connection);
        nodes.Left(connection);
        if (presence.Disconnected(connection.Identity!, connection.Id))
            BroadcastPresence();
    }

    public void BroadcastPresence() => broadcaster.Broadcast(
        EventNames.Presence, new PresenceEvent { Presence = presence.List() }, ProtocolJson.Context.PresenceEvent);

    /// <summary>Tells every client, then closes every socket, those in handshake too.</summary>
    public async Task ShutdownAsync(string reason, long? restartExpectedMs)
    {
        _stopping = true;
        broadcaster.Broadcast(
            EventNames.Shutdown, new ShutdownEvent { Reason = reason, RestartExpectedMs = restartExpectedMs }, ProtocolJson.Context.ShutdownEvent);
        await Task.WhenAll(_open.Keys.Select(connection => connection.RequestCloseAsync(CloseCodes.ServiceRestart, "service restart", patience: ShutdownPatience))).ConfigureAwait(false);
    }

    private sealed class Registration(ConnectionLifecycle owner, GatewayConnection connection) : IDisposable
    {
        public void Dispose() => owner._open.TryRemove(connection, out _);
    }
}
