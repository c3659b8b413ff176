using System.Collections.Immutable;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Core.Nodes;

/// <summary>
/// The connected nodes, one connection each: the newest. When the connection before it closes later, the node stays: only its own
/// connection takes a node out.
/// </summary>
internal sealed class NodeRegistry(TimeProvider time)
{
    private ImmutableDictionary<string, LiveNode> _byId = ImmutableDictionary<string, LiveNode>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Raised with its id after a node came or went.</summary>
    public event Action<string>? Changed;

    /// <summary>A snapshot.</summary>
    public IEnumerable<LiveNode> All => Volatile.Read(ref _byId).Values;

    public LiveNode? Find(string nodeId) => Volatile.Read(ref _byId).GetValueOrDefault(nodeId);

    /// <summary>The node of this very connection; null when it has none, or a newer connection took its place.</summary>
    public LiveNode? Of(GatewayConnection connection) =>
        connection.Identity is { Role: ConnectionRoles.Node } identity && Find(LiveNode.IdOf(identity)) is { } node && node.Connection == connection ? node : null;

    /// <summary>A connection with role node is ready. Returns its node, and the one whose place it took.</summary>
    public (LiveNode Node, LiveNode? Before) Add(GatewayConnection connection)
    {
        var node = new LiveNode(connection, time.GetUtcNow().ToUnixTimeMilliseconds());
        LiveNode? before = null;
        ImmutableInterlocked.AddOrUpdate(ref _byId, node.Id, _ => { before = null; return node; }, (_, known) => { before = known; return node; });
        Changed?.Invoke(node.Id);
        return (node, before);
    }

    /// <summary>A connection ended, or counts as dead. False when it is not, or no longer, a node's connection.</summary>
    public bool Remove(GatewayConnection connection)
    {
        if (Of(connection) is not { } node || !ImmutableInterlocked.Update(ref _byId, static (nodes, gone) => nodes.GetValueOrDefault(gone.Id) == gone ? nodes.Remove(gone.Id) : nodes, node))
            return false;
        Changed?.Invoke(node.Id);
        return true;
    }
}
