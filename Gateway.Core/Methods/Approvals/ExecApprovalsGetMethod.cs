using OpenClaw.Gateway.Core.Approvals;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Approvals;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Approvals;

/// <summary><c>exec.approvals.get</c>: what was decided about commands on this machine.</summary>
internal sealed class ExecApprovalsGetMethod(ExecApprovalsFile file) : GatewayMethod<EmptyParams, ExecApprovalsResult>(GatewayMethods.ExecApprovalsGet)
{
    protected override async ValueTask<MethodResult<ExecApprovalsResult>> RunAsync(EmptyParams parameters, MethodContext context, CancellationToken cancellationToken) =>
        await file.ReadAsync(cancellationToken).ConfigureAwait(false);
}
