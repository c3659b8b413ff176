using System.Text.Json;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Nodes;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Approvals;

namespace OpenClaw.Gateway.Core.Methods.Approvals;

/// <summary><c>exec.approvals.node.set</c>: replaces it. The node says whether it did.</summary>
internal sealed class ExecApprovalsNodeSetMethod(NodeInvocations nodes, Audit audit) : GatewayMethod<ExecApprovalsNodeSetParams, JsonElement>(GatewayMethods.ExecApprovalsNodeSet)
{
    protected override async ValueTask<MethodResult<JsonElement>> RunAsync(ExecApprovalsNodeSetParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var given = JsonSerializer.Serialize(new ExecApprovalsSetParams { File = parameters.File, BaseHash = parameters.BaseHash }, ProtocolJson.Context.ExecApprovalsSetParams);
        var result = await NodeApprovals.AskAsync(nodes, parameters.NodeId, new NodeCall("system.execApprovals.set", given), cancellationToken).ConfigureAwait(false);
        if (result.Error is null)
            audit.NodeApprovalsWritten(context.Actor, parameters.NodeId);
        return result;
    }
}
