using OpenClaw.Gateway.Core.Approvals;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Approvals;

namespace OpenClaw.Gateway.Core.Methods.Approvals;

/// <summary><c>exec.approvals.set</c>: replaces it, by who has seen what is there.</summary>
internal sealed class ExecApprovalsSetMethod(ExecApprovalsFile file, Audit audit) : GatewayMethod<ExecApprovalsSetParams, ExecApprovalsResult>(GatewayMethods.ExecApprovalsSet)
{
    protected override async ValueTask<MethodResult<ExecApprovalsResult>> RunAsync(ExecApprovalsSetParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var (status, result) = await file.ReplaceAsync(parameters.File, parameters.BaseHash, cancellationToken).ConfigureAwait(false);
        switch (status)
        {
            case ApprovalsWriteStatus.HashRequired:
                return ErrorShape.InvalidRequest("exec approvals base hash required; re-run exec.approvals.get and retry");
            case ApprovalsWriteStatus.Changed:
                return ErrorShape.InvalidRequest("exec approvals changed since last load; re-run exec.approvals.get and retry");
            default:
                audit.ApprovalsWritten(context.Actor, result!.Path, result.Hash);
                return result;
        }
    }
}
