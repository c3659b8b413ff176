using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Nodes;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Nodes;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Nodes;

/// <summary><c>node.list</c>: connected and approved nodes.</summary>
internal sealed class NodeListMethod(NodeDirectory directory, TimeProvider time) : GatewayMethod<EmptyParams, NodeListResult>(GatewayMethods.NodeList)
{
    protected override async ValueTask<MethodResult<NodeListResult>> RunAsync(EmptyParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        new NodeListResult { Ts = time.GetUtcNow().ToUnixTimeMilliseconds(), Nodes = await directory.ListAsync(cancellationToken).ConfigureAwait(false) };
}
