using OpenClaw.Gateway.Core.Approvals;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Approvals;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Approvals;

/// <summary><c>exec.approval.resolve</c>: a person decides about a command.</summary>
internal sealed class ExecApprovalResolveMethod(SharedApprovals approvals) : GatewayMethod<ExecApprovalResolveParams, OkResult>(GatewayMethods.ExecApprovalResolve)
{
    protected override async ValueTask<MethodResult<OkResult>> RunAsync(ExecApprovalResolveParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (!PendingApprovals.Decisions.Contains(parameters.Decision, StringComparer.Ordinal))
            return ErrorShape.InvalidRequest("invalid decision");
        var client = context.Caller.Client;
        return await approvals.ResolveAsync(new ApprovalDecision(parameters.Id, parameters.Decision, client.DisplayName ?? client.Id, context.Actor), cancellationToken).ConfigureAwait(false)
            ? new OkResult()
            : ErrorShape.InvalidRequest("unknown approval id");
    }
}
