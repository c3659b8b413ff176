using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Connections;

namespace OpenClaw.Gateway.Core.Nodes;

/// <summary>
/// Finds nodes that died without closing: a machine that sleeps, a phone that left the network. Each node gets a WebSocket ping now
/// and then, and one from which nothing at all came since is gone; whoever waits for it is told at once.
/// </summary>
internal sealed partial class NodePulse(NodeRegistry nodes, TimeProvider time, ILogger<NodePulse> logger)
{
    /// <summary>Time between a node's answer and its next ping: half a tick, so that a phone's radio is not kept awake by it alone.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    /// <summary>How long a node may take to answer; WebSocket libraries do it by themselves, however busy the program is.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<GatewayConnection, Beat> _beats = new();

    /// <summary>Watches a node until <see cref="Unwatch"/>.</summary>
    public void Watch(LiveNode node)
    {
        if (!node.Connection.ListenForLife())
            return;
        var beat = new Beat(this, node);
        _beats[node.Connection] = beat;
        beat.Start(time);
    }

    public void Unwatch(GatewayConnection connection)
    {
        if (_beats.TryRemove(connection, out var beat))
            beat.Dispose();
    }

    /// <summary>Pings now, unless a ping is unanswered already.</summary>
    public void Check(LiveNode node) => _beats.GetValueOrDefault(node.Connection)?.Check();

    private void Dead(LiveNode node)
    {
        LogDead(logger, node.Id, node.Connection.Id, Patience.TotalSeconds);
        // Out of the list before the callers are told, so that none of them finds it there again.
        nodes.Remove(node.Connection);
        Unwatch(node.Connection);
        node.Connection.Abort();
    }

    [LoggerMessage(1601, LogLevel.Warning, "Node {NodeId} (connection {ConnectionId}) did not answer a ping within {Seconds} s and counts as gone.")]
    private static partial void LogDead(ILogger logger, string nodeId, string connectionId, double seconds);

    /// <summary>One node's pings: waits for the interval, pings, waits for the answer.</summary>
    private sealed class Beat(NodePulse owner, LiveNode node) : IDisposable
    {
        private readonly Lock _gate = new();
        private ITimer? _timer;
        private long? _heardAtPing;
        private bool _ended;

        public void Start(TimeProvider time)
        {
            lock (_gate)
            {
                if (!_ended)
                    _timer = time.CreateTimer(static beat => ((Beat)beat!).Due(), this, Interval, Timeout.InfiniteTimeSpan);
            }
        }

        public void Check()
        {
            lock (_gate)
            {
                // An answer to the last ping says nothing about now.
                if (_heardAtPing is not { } heard || node.Connection.Heard != heard)
                    Ping();
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _ended = true;
                _timer?.Dispose();
            }
        }

        private void Due()
        {
            lock (_gate)
            {
                if (_ended)
                    return;
                if (_heardAtPing is not { } heard)
                {
                    Ping();
                    return;
                }
                if (node.Connection.Heard != heard)
                {
                    _heardAtPing = null;
                    _timer!.Change(Interval, Timeout.InfiniteTimeSpan);
                    return;
                }
                _ended = true;
            }
            owner.Dead(node);
        }

        private void Ping()
        {
            if (_ended || _timer is null)
                return;
            _heardAtPing = node.Connection.Heard;
            node.Connection.Ping();
            _timer.Change(Patience, Timeout.InfiniteTimeSpan);
        }
    }
}
