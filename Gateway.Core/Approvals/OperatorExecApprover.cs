using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Agents.Tools.Exec;
using OpenClaw.Gateway.Core.Auditing;
using OpenClaw.Gateway.Protocol.Events;

namespace OpenClaw.Gateway.Core.Approvals;

/// <summary>Asks the connected operators that may approve commands.</summary>
internal sealed class OperatorExecApprover(PendingApprovals approvals, SharedApprovals shared, TimeProvider time) : IExecApprover
{
    public async Task<ExecDecision> RequestAsync(ExecApprovalRequest request, CancellationToken cancellationToken)
    {
        // Nobody is there to be asked, and who comes later is not told of what waits.
        if (!shared.MayBeDecided)
            return ExecDecision.Unavailable;
        var subject = new ExecApprovalSubject
        {
            Command = request.DisplayCommand,
            Cwd = request.Cwd,
            Host = request.Host,
            Security = NameOf(request.Security),
            Ask = NameOf(request.Ask),
            AgentId = request.AgentId,
            ResolvedPath = request.ResolvedPath,
            SessionKey = request.SessionKey,
        };
        var actor = new AuditActor($"agent {request.AgentId}", null, null, null);
        var left = request.ExpiresAt - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
            return ExecDecision.TimedOut;
        var answer = await approvals.AskAsync(request.Id, subject, left, actor, cancellationToken).ConfigureAwait(false);
        return (answer.Status, answer.Decision) switch
        {
            (ApprovalStatus.Decided, "allow-once") => ExecDecision.AllowOnce,
            (ApprovalStatus.Decided, "allow-always") => ExecDecision.AllowAlways,
            (ApprovalStatus.Decided, _) => ExecDecision.Deny,
            (ApprovalStatus.TimedOut, _) => ExecDecision.TimedOut,
            _ => ExecDecision.Unavailable,
        };
    }

    private static string NameOf(ExecSecurity security) => security switch
    {
        ExecSecurity.Full => "full",
        ExecSecurity.Allowlist => "allowlist",
        _ => "deny",
    };

    private static string NameOf(ExecAsk ask) => ask switch
    {
        ExecAsk.Always => "always",
        ExecAsk.OnMiss => "on-miss",
        _ => "off",
    };
}
