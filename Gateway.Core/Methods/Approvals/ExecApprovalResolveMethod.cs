using OpenClaw.Gateway.Core.Approvals;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Approvals;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Approvals;

/// <summary><c>exec.approval.resolve</c>: a person decides about a command.</summary>
internal sealed class ExecApprovalResolveMethod(PendingApprovals approvals) : GatewayMethod<ExecApprovalResolveParams, OkResult>(GatewayMethods.ExecApprovalResolve)
{
    protected override ValueTask<MethodResult<OkResult>> RunAsync(ExecApprovalResolveParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Resolve(parameters, context));

    private MethodResult<OkResult> Resolve(ExecApprovalResolveParams parameters, MethodContext context)
    {
        if (!PendingApprovals.Decisions.Contains(parameters.Decision, StringComparer.Ordinal))
            return ErrorShape.InvalidRequest("invalid decision");
        var client = context.Caller.Client;
        return approvals.Resolve(parameters.Id, parameters.Decision, client.DisplayName ?? client.Id, context.Actor)
            ? new OkResult()
            : ErrorShape.InvalidRequest("unknown approval id");
    }
}
