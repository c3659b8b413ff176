using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Nodes.Pairing;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Gateway.Core.Methods.Nodes;

/// <summary><c>node.pair.verify</c>: whether a token is the node's.</summary>
internal sealed class NodePairVerifyMethod(NodePairing pairing) : GatewayMethod<NodePairVerifyParams, NodePairVerifyResult>(GatewayMethods.NodePairVerify)
{
    protected override async ValueTask<MethodResult<NodePairVerifyResult>> RunAsync(NodePairVerifyParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var node = await pairing.VerifyAsync(parameters.NodeId, parameters.Token, cancellationToken).ConfigureAwait(false);
        return new NodePairVerifyResult { Ok = node is not null, Node = node is null ? null : NodePairingViews.Node(node) };
    }
}
