using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Json;

namespace OpenClaw.Gateway.Core.Nodes.Pairing;

/// <summary>Tells the operators who look after pairing.</summary>
internal sealed class NodePairingNotices(Broadcaster broadcaster, TimeProvider time)
{
    public void Requested(NodePairingRequest request) =>
        broadcaster.Broadcast(EventNames.NodePairRequested, NodePairingViews.Request(request), ProtocolJson.Context.NodePairRequestedEvent);

    public void Resolved(NodePairingRequest request, bool approved) => broadcaster.Broadcast(
        EventNames.NodePairResolved,
        new NodePairResolvedEvent
        {
            RequestId = request.RequestId,
            NodeId = request.NodeId,
            Decision = approved ? "approved" : "rejected",
            Ts = time.GetUtcNow().ToUnixTimeMilliseconds(),
        },
        ProtocolJson.Context.NodePairResolvedEvent);
}
