using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Nodes.Pairing;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Gateway.Core.Methods.Nodes;

/// <summary><c>node.pair.request</c>: puts a node on the waiting list; who is on it gets the old request back.</summary>
internal sealed class NodePairRequestMethod(NodePairing pairing, NodePairingNotices notices, Audit audit)
    : GatewayMethod<NodePairRequestParams, NodePairRequestResult>(GatewayMethods.NodePairRequest)
{
    protected override async ValueTask<MethodResult<NodePairRequestResult>> RunAsync(NodePairRequestParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (parameters.NodeId.Trim().Length == 0)
            return ErrorShape.InvalidRequest("nodeId required");
        if (await pairing.RequestAsync(parameters, cancellationToken).ConfigureAwait(false) is not { } asked)
            return ErrorShape.Unavailable("too many nodes wait for approval; decide about some of them first");
        if (asked.IsNew)
        {
            audit.NodePairingRequested(context.Actor, asked.Request);
            notices.Requested(asked.Request);
        }
        return new NodePairRequestResult { Request = NodePairingViews.Request(asked.Request), Created = asked.IsNew };
    }
}
