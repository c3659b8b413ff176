using System.Globalization;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Options;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>Stands between a model's command and the machine: nothing passes that policy or a person has not let through.</summary>
internal sealed class ExecGuard(IAgentConfiguration configuration, IExecApprover approver, ExecAllowlist allowlist, TimeProvider time)
{
    /// <summary>How long a person may take, as in the peer.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(120);

    /// <summary>The line to run, or why it must not.</summary>
    public async Task<GuardedCommand> CheckAsync(
        ExecPlan plan, ExecCall call, ToolContext context, ProgramFinder finder, Action<ToolResult> onUpdate, CancellationToken cancellationToken)
    {
        var agentId = context.Session.AgentId;
        var approvals = ExecApprovals.Load(ExecApprovals.PathIn(configuration.HomeDir), agentId);
        var policy = ExecPolicy.Of(context.Options.Exec, approvals, call.Security, call.Ask, configuration.HomeDir);
        switch (policy.Judge(plan))
        {
            case ExecVerdict.Run:
                // Nobody has read this line, so the shell gets it in the one form in which it was checked.
                return new GuardedCommand(policy.Security == ExecSecurity.Full ? plan.Command : plan.QuotedCommand(), null);
            case ExecVerdict.Refuse:
                return GuardedCommand.Refused(policy.Security == ExecSecurity.Deny
                    ? "exec is switched off by policy (tools.exec.security=deny or exec-approvals.json)."
                    : $"The command is not on the allowlist, and asking is switched off (tools.exec.ask=off). {HowToAllow(plan)}");
        }
        var request = CreateRequest(plan, policy, context);
        onUpdate(Pending(request));
        var decision = await approver.RequestAsync(request, cancellationToken).ConfigureAwait(false);
        if (decision is ExecDecision.TimedOut or ExecDecision.Unavailable)
        {
            if (policy.AllowsUnanswered(plan))
                return new GuardedCommand(plan.QuotedCommand() ?? plan.Command, null);
            return GuardedCommand.Refused(decision == ExecDecision.TimedOut
                ? string.Create(CultureInfo.InvariantCulture, $"Nobody approved the command within {AnswerTime.TotalSeconds:0} seconds, so it did not run.")
                : $"The command needs approval, and no client is connected that could give it. {HowToAllow(plan)}");
        }
        if (decision == ExecDecision.Deny)
            return GuardedCommand.Refused("The command was denied by the user. Do not try it again in another form; ask what they want instead.");
        // What runs must be what was approved, also if somebody exchanged a program or a directory in the meantime.
        var again = ExecPlan.Create(plan.Command, plan.Cwd, plan.Variables, finder);
        if (again.Fingerprint() != request.Fingerprint)
            return GuardedCommand.Refused("The program or directory changed between approval and start, so the command did not run. Ask again.");
        if (decision == ExecDecision.AllowAlways)
            await allowlist.AddAsync(agentId, plan, cancellationToken).ConfigureAwait(false);
        return new GuardedCommand(plan.Command, null);
    }

    private ExecApprovalRequest CreateRequest(ExecPlan plan, ExecPolicy policy, ToolContext context)
    {
        var now = time.GetUtcNow();
        return new ExecApprovalRequest
        {
            Id = Guid.NewGuid().ToString(),
            Command = plan.Command,
            DisplayCommand = DisplayText.Escape(plan.Command),
            Cwd = plan.Cwd,
            Environment = plan.Variables,
            Host = "gateway",
            Security = policy.Security,
            Ask = policy.Ask,
            AgentId = context.Session.AgentId,
            SessionKey = context.Session.SessionKey,
            ResolvedPath = plan.Programs.Count > 0 ? plan.Programs[0] : null,
            Fingerprint = plan.Fingerprint(),
            CreatedAt = now,
            ExpiresAt = now + AnswerTime,
        };
    }

    private static ToolResult Pending(ExecApprovalRequest request)
    {
        var slug = request.Id[..8];
        return ToolResult.FromText($"Approval required (id {slug}). Waiting for a decision.", new JsonObject
        {
            ["status"] = "approval-pending",
            ["approvalId"] = request.Id,
            ["approvalSlug"] = slug,
            ["expiresAtMs"] = request.ExpiresAt.ToUnixTimeMilliseconds(),
            ["host"] = request.Host,
            ["command"] = request.Command,
            ["cwd"] = request.Cwd,
        });
    }

    private static string HowToAllow(ExecPlan plan)
    {
        var list = plan.Programs.Count > 0
            ? $"add {string.Join(" and ", plan.Programs.Distinct())} to an allowlist in ~/.openclaw/exec-approvals.json, "
            : "";
        return $"The user can connect a client that answers approvals, {list}or allow every command with: openclaw config set tools.exec.security full";
    }
}

/// <summary>A line that may be given to the shell, or the reason why none may.</summary>
internal sealed record GuardedCommand(string? Line, string? Refusal)
{
    public static GuardedCommand Refused(string reason) => new(null, reason);
}
