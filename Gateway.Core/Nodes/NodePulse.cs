using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Connections;

namespace OpenClaw.Gateway.Core.Nodes;

/// <summary>
/// Finds nodes that died without closing: a machine that sleeps, a phone that left the network. Each node gets a WebSocket ping now
/// and then, and several a second while somebody waits for it; one from which nothing at all came since is gone, and whoever waits is
/// told at once.
/// </summary>
internal sealed partial class NodePulse(NodeRegistry nodes, TimeProvider time, ILogger<NodePulse> logger)
{
    /// <summary>Time between a node's answer and its next ping: half a tick, so that a phone's radio is not kept awake by it alone.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    /// <summary>The same while somebody waits for the node. With <see cref="BusyPatience"/> a death is known within a second.</summary>
    public static readonly TimeSpan BusyInterval = TimeSpan.FromMilliseconds(150);

    /// <summary>How long a node may take to answer; WebSocket libraries do it by themselves, however busy the program is.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The same while somebody waits for it, unless the node is known to be farther away than that.</summary>
    public static readonly TimeSpan BusyPatience = TimeSpan.FromMilliseconds(800);

    private readonly ConcurrentDictionary<GatewayConnection, NodeBeat> _beats = new();

    /// <summary>Nodes that have not answered their last ping yet.</summary>
    public int Unanswered => _beats.Values.Count(static beat => beat.IsUnanswered);

    /// <summary>Watches a node until <see cref="Unwatch"/>.</summary>
    public void Watch(LiveNode node)
    {
        var beat = new NodeBeat(node.Connection, time, () => Dead(node));
        if (!node.Connection.ListenForLife(beat.Heard))
            return;
        _beats[node.Connection] = beat;
        beat.Start();
    }

    public void Unwatch(GatewayConnection connection)
    {
        if (_beats.TryRemove(connection, out var beat))
            beat.Dispose();
    }

    /// <summary>Pings now, unless a ping is unanswered already.</summary>
    public void Check(LiveNode node) => _beats.GetValueOrDefault(node.Connection)?.Check();

    /// <summary>Somebody waits for the node until this is disposed.</summary>
    public IDisposable? Await(LiveNode node) => _beats.GetValueOrDefault(node.Connection)?.Await();

    private void Dead(LiveNode node)
    {
        LogDead(logger, node.Id, node.Connection.Id);
        // Out of the list before the callers are told, so that none of them finds it there again.
        nodes.Remove(node.Connection);
        Unwatch(node.Connection);
        node.Connection.Abort();
    }

    [LoggerMessage(1601, LogLevel.Warning, "Node {NodeId} (connection {ConnectionId}) did not answer a ping in time and counts as gone.")]
    private static partial void LogDead(ILogger logger, string nodeId, string connectionId);
}
