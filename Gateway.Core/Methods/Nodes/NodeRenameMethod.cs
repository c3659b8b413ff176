using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Nodes.Pairing;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Gateway.Core.Methods.Nodes;

/// <summary><c>node.rename</c>: another name for a node of the store.</summary>
internal sealed class NodeRenameMethod(NodePairing pairing) : GatewayMethod<NodeRenameParams, NodeRenameResult>(GatewayMethods.NodeRename)
{
    protected override async ValueTask<MethodResult<NodeRenameResult>> RunAsync(NodeRenameParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var (nodeId, name) = (parameters.NodeId.Trim(), parameters.DisplayName.Trim());
        if (name.Length == 0)
            return ErrorShape.InvalidRequest("displayName required");
        return await pairing.RenameAsync(nodeId, name, cancellationToken).ConfigureAwait(false)
            ? new NodeRenameResult { NodeId = nodeId, DisplayName = name }
            : ErrorShape.InvalidRequest("unknown nodeId");
    }
}
