using OpenClaw.Gateway.Core.Approvals;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Approvals;

namespace OpenClaw.Gateway.Core.Methods.Approvals;

/// <summary><c>exec.approval.request</c>: asks the operators about a command, and answers when they decided or time is over.</summary>
internal sealed class ExecApprovalRequestMethod(PendingApprovals approvals) : GatewayMethod<ExecApprovalRequestParams, ExecApprovalRequestResult>(GatewayMethods.ExecApprovalRequest)
{
    /// <summary>The peer's number.</summary>
    private const long DefaultTimeoutMs = 120_000;

    protected override async ValueTask<MethodResult<ExecApprovalRequestResult>> RunAsync(ExecApprovalRequestParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var id = parameters.Id?.Trim() is { Length: > 0 } given ? given : Guid.NewGuid().ToString();
        var subject = new ExecApprovalSubject
        {
            Command = parameters.Command,
            Cwd = parameters.Cwd,
            Host = parameters.Host,
            Security = parameters.Security,
            Ask = parameters.Ask,
            AgentId = parameters.AgentId,
            ResolvedPath = parameters.ResolvedPath,
            SessionKey = parameters.SessionKey,
            NodeId = parameters.NodeId,
        };
        var timeout = TimeSpan.FromMilliseconds(Math.Min(parameters.TimeoutMs ?? DefaultTimeoutMs, int.MaxValue));
        var answer = await approvals.AskAsync(id, subject, timeout, context.Actor, cancellationToken).ConfigureAwait(false);
        return answer.Status switch
        {
            ApprovalStatus.Duplicate => ErrorShape.InvalidRequest("approval id already pending"),
            ApprovalStatus.Full => ErrorShape.Unavailable("too many commands wait for approval"),
            _ => new ExecApprovalRequestResult { Id = id, Decision = answer.Decision, CreatedAtMs = answer.CreatedAtMs, ExpiresAtMs = answer.ExpiresAtMs },
        };
    }
}
