using System.Text.Json;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Nodes;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Approvals;

namespace OpenClaw.Gateway.Core.Methods.Approvals;

/// <summary><c>exec.approvals.node.get</c>: what was decided about commands on a node's machine. The node answers.</summary>
internal sealed class ExecApprovalsNodeGetMethod(NodeInvocations nodes) : GatewayMethod<ExecApprovalsNodeGetParams, JsonElement>(GatewayMethods.ExecApprovalsNodeGet)
{
    protected override async ValueTask<MethodResult<JsonElement>> RunAsync(ExecApprovalsNodeGetParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        await NodeApprovals.AskAsync(nodes, parameters.NodeId, new NodeCall("system.execApprovals.get", "{}"), cancellationToken).ConfigureAwait(false);
}
