using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Nodes.Pairing;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Gateway.Core.Methods.Nodes;

/// <summary><c>node.pair.approve</c>: puts a node into the store, under a new token.</summary>
internal sealed class NodePairApproveMethod(NodePairing pairing, NodePairingNotices notices, Audit audit)
    : GatewayMethod<NodePairDecisionParams, NodePairApproveResult>(GatewayMethods.NodePairApprove)
{
    protected override async ValueTask<MethodResult<NodePairApproveResult>> RunAsync(NodePairDecisionParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (await pairing.ApproveAsync(parameters.RequestId, cancellationToken).ConfigureAwait(false) is not { } approved)
            return ErrorShape.InvalidRequest("unknown requestId");
        audit.NodePairingDecided(context.Actor, approved.Request, approved: true);
        notices.Resolved(approved.Request, approved: true);
        return new NodePairApproveResult { RequestId = parameters.RequestId, Node = NodePairingViews.Node(approved.Node) };
    }
}
