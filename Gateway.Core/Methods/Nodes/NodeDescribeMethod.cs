using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Nodes;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Nodes;

namespace OpenClaw.Gateway.Core.Methods.Nodes;

/// <summary><c>node.describe</c>: one node.</summary>
internal sealed class NodeDescribeMethod(NodeDirectory directory, TimeProvider time) : GatewayMethod<NodeDescribeParams, NodeDescribeResult>(GatewayMethods.NodeDescribe)
{
    protected override async ValueTask<MethodResult<NodeDescribeResult>> RunAsync(NodeDescribeParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var nodeId = parameters.NodeId.Trim();
        if (nodeId.Length == 0)
            return ErrorShape.InvalidRequest("nodeId required");
        return await directory.FindAsync(nodeId, cancellationToken).ConfigureAwait(false) is { } row
            ? NodeDescribeResult.Of(row, time.GetUtcNow().ToUnixTimeMilliseconds())
            : ErrorShape.InvalidRequest("unknown nodeId");
    }
}
