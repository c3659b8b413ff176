using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Protocol.Devices;
using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Gateway.Core.Nodes.Pairing;

/// <summary>A request as it waits, and whether it is new.</summary>
internal sealed record NodePairingAsked(NodePairingRequest Request, bool IsNew);

/// <summary>An approved request.</summary>
internal sealed record NodePairingApproved(NodePairingRequest Request, PairedNode Node);

/// <summary>
/// The node-pair store: nodes that programs registered and people approved, with a token for each. It is a book of its own: what
/// connects, and with which rights, is decided by the devices.
/// </summary>
internal sealed class NodePairing(NodePairingStore store, TimeProvider time)
{
    /// <summary>How many may wait at once: the store is rewritten with each, and any pairing operator may ask.</summary>
    public const int MaxPending = 500;

    public Task<NodePairingState> ListAsync(CancellationToken cancellationToken) =>
        store.UpdateAsync(state => (state.WithoutOver(Now), state.WithoutOver(Now)), cancellationToken);

    /// <summary>Puts a node on the waiting list; one that is on it stays as it is. Null when the list is full.</summary>
    public Task<NodePairingAsked?> RequestAsync(NodePairRequestParams asked, CancellationToken cancellationToken) =>
        store.UpdateAsync(state => Request(state.WithoutOver(Now), asked), cancellationToken);

    /// <summary>Approves a request; null when there is none.</summary>
    public Task<NodePairingApproved?> ApproveAsync(string requestId, CancellationToken cancellationToken) =>
        store.UpdateAsync(state => Approve(state.WithoutOver(Now), requestId), cancellationToken);

    /// <summary>Turns a request down; null when there is none. What the node had before stays.</summary>
    public Task<NodePairingRequest?> RejectAsync(string requestId, CancellationToken cancellationToken) =>
        store.UpdateAsync(state => Reject(state.WithoutOver(Now), requestId), cancellationToken);

    /// <summary>The node whose token this is; null when it is not.</summary>
    public Task<PairedNode?> VerifyAsync(string nodeId, string token, CancellationToken cancellationToken) =>
        store.UpdateAsync(state => (state, Verify(state, nodeId, token)), cancellationToken);

    /// <summary>Renames a node; false when it is not in the store.</summary>
    public Task<bool> RenameAsync(string nodeId, string displayName, CancellationToken cancellationToken) =>
        ChangeAsync(nodeId, node => node with { DisplayName = displayName }, cancellationToken);

    /// <summary>Notes that a node connected; false when it is not in the store.</summary>
    public Task<bool> NoteConnectedAsync(string nodeId, CancellationToken cancellationToken) =>
        ChangeAsync(nodeId, node => node with { LastConnectedAtMs = Now }, cancellationToken);

    private (NodePairingState, NodePairingAsked?) Request(NodePairingState state, NodePairRequestParams asked)
    {
        var nodeId = asked.NodeId.Trim();
        if (state.Pending.Values.FirstOrDefault(request => request.NodeId == nodeId) is { } waiting)
            return (state, new NodePairingAsked(waiting, IsNew: false));
        if (state.Pending.Count >= MaxPending)
            return (state, null);
        var request = new NodePairingRequest
        {
            RequestId = Guid.NewGuid().ToString(),
            NodeId = nodeId,
            DisplayName = asked.DisplayName,
            Platform = asked.Platform,
            Version = asked.Version,
            CoreVersion = asked.CoreVersion,
            UiVersion = asked.UiVersion,
            DeviceFamily = asked.DeviceFamily,
            ModelIdentifier = asked.ModelIdentifier,
            Caps = asked.Caps,
            Commands = asked.Commands,
            RemoteIp = asked.RemoteIp,
            Silent = asked.Silent,
            IsRepair = state.Paired.ContainsKey(nodeId),
            Ts = Now,
        };
        return (state with { Pending = state.Pending.Add(request.RequestId, request) }, new NodePairingAsked(request, IsNew: true));
    }

    private (NodePairingState, NodePairingApproved?) Approve(NodePairingState state, string requestId)
    {
        if (state.Pending.GetValueOrDefault(requestId) is not { } request)
            return (state, null);
        var (next, node) = state.Approve(request, DeviceToken.NewText(), Now);
        return (next, new NodePairingApproved(request, node));
    }

    private static (NodePairingState, NodePairingRequest?) Reject(NodePairingState state, string requestId) =>
        state.Pending.GetValueOrDefault(requestId) is { } request
            ? (state with { Pending = state.Pending.Remove(requestId) }, request)
            : (state, null);

    private static PairedNode? Verify(NodePairingState state, string nodeId, string token) =>
        state.Paired.GetValueOrDefault(nodeId.Trim()) is { } node && SecretComparer.Matches(token, node.Token) ? node : null;

    private Task<bool> ChangeAsync(string nodeId, Func<PairedNode, PairedNode> change, CancellationToken cancellationToken) => store.UpdateAsync(
        state => state.Paired.GetValueOrDefault(nodeId) is { } node ? (state with { Paired = state.Paired.SetItem(nodeId, change(node)) }, true) : (state, false),
        cancellationToken);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
