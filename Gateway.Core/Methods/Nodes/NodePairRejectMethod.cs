using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Nodes.Pairing;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Gateway.Core.Methods.Nodes;

/// <summary><c>node.pair.reject</c>: turns a node down. What it had before stays.</summary>
internal sealed class NodePairRejectMethod(NodePairing pairing, NodePairingNotices notices, Audit audit)
    : GatewayMethod<NodePairDecisionParams, NodePairRejectResult>(GatewayMethods.NodePairReject)
{
    protected override async ValueTask<MethodResult<NodePairRejectResult>> RunAsync(NodePairDecisionParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (await pairing.RejectAsync(parameters.RequestId, cancellationToken).ConfigureAwait(false) is not { } request)
            return ErrorShape.InvalidRequest("unknown requestId");
        audit.NodePairingDecided(context.Actor, request, approved: false);
        notices.Resolved(request, approved: false);
        return new NodePairRejectResult { RequestId = parameters.RequestId, NodeId = request.NodeId };
    }
}
