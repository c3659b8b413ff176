using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Nodes.Pairing;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Nodes;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Nodes;

/// <summary><c>node.pair.list</c>: the node-pair store.</summary>
internal sealed class NodePairListMethod(NodePairing pairing) : GatewayMethod<EmptyParams, NodePairListResult>(GatewayMethods.NodePairList)
{
    protected override async ValueTask<MethodResult<NodePairListResult>> RunAsync(EmptyParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        NodePairingViews.List(await pairing.ListAsync(cancellationToken).ConfigureAwait(false));
}
