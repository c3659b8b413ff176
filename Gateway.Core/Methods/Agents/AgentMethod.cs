using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Idempotency;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Agents;

namespace OpenClaw.Gateway.Core.Methods.Agents;

/// <summary><c>agent</c>: one turn, answered twice: when it is stored for good, and when it has ended.</summary>
internal sealed class AgentMethod(
    AgentSessionSelection selection, SessionIntake intake, MessageIngress ingress, PendingAnswers answers, IdempotencyCache remembered, AnswerBook book,
    RunRegistry runs, ToolEventRecipients recipients, EarlierRuns earlierRuns, IAgentConfiguration configuration, TimeProvider time)
    : GatewayMethod<AgentParams>(GatewayMethods.Agent)
{
    protected override async ValueTask<MethodReply> HandleAsync(AgentParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var runId = parameters.IdempotencyKey;
        var rememberAs = IdempotencyKeys.Agent(runId);
        if (remembered.Find(rememberAs) is { } earlier)
            return earlier;
        var (images, wrong) = Attachments.Read(parameters.Attachments);
        if (wrong is not null)
            return MethodReply.Failed(ErrorShape.InvalidRequest(wrong));
        var selected = await selection.SelectAsync(parameters, cancellationToken).ConfigureAwait(false);
        if (selected.Error is { } error)
            return MethodReply.Failed(error);
        if (selected.Key is { } named && intake.UnknownAgent(named) is { } unknown)
            return MethodReply.Failed(ErrorShape.InvalidRequest("invalid agent params: " + unknown));
        if (selected.Key is { } known && await intake.RefusalAsync(known, cancellationToken).ConfigureAwait(false) is { } refusal)
            return MethodReply.Failed(ErrorShape.InvalidRequest(refusal));
        if (answers.TryExpect(runId, selected.Key?.Value) is not { } outcome)
            return remembered.Find(rememberAs) ?? MethodReply.Failed(ErrorShape.Unavailable("a run with this idempotency key is being accepted"));

        if (await ClaimAsync(rememberAs, runId).ConfigureAwait(false) is { } elsewhere)
            return elsewhere;
        if (selected.Key is { } candidate && await earlierRuns.KnowsAsync(candidate, runId, CancellationToken.None).ConfigureAwait(false))
        {
            answers.Withdraw(runId);
            await book.WithdrawAsync(rememberAs).ConfigureAwait(false);
            return await JoinAsync(candidate, runId, context, cancellationToken).ConfigureAwait(false);
        }

        var accepted = new AgentAccepted { RunId = runId, AcceptedAt = time.GetUtcNow().ToUnixTimeMilliseconds() };
        var problem = selected.Key is { } key
            ? await AcceptOrWithdrawAsync(parameters, key, selected, images, accepted, context).ConfigureAwait(false)
            : ErrorShape.Unavailable("Error: Pass --to <E.164>, --session-id, or --agent to choose a session");
        if (problem is not null)
            answers.Withdraw(runId);
        if (problem is not null && selected.Key is not null)
            return MethodReply.Failed(problem);

        var first = new MethodReply(JsonSerializer.SerializeToUtf8Bytes(accepted, ProtocolJson.Context.AgentAccepted));
        remembered.StoreIfAbsent(rememberAs, first);
        context.SendInterim(accepted, ProtocolJson.Context.AgentAccepted);
        if (problem is not null)
            return await RememberAsync(rememberAs, AgentReply.Failed(runId, problem.Message)).ConfigureAwait(false);
        await book.AcceptedAsync(rememberAs, first, CancellationToken.None).ConfigureAwait(false);
        return await FinishAsync(rememberAs, outcome, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ErrorShape?> AcceptOrWithdrawAsync(
        AgentParams parameters, SessionKey key, AgentSession selected, IReadOnlyList<AcceptedImage> images, AgentAccepted accepted, MethodContext context)
    {
        try
        {
            // Not given up when the client leaves: it will ask again with the same key, and must find the message stored or not there.
            return await AcceptAsync(parameters, key, selected, images, accepted, context).ConfigureAwait(false);
        }
        catch
        {
            answers.Withdraw(accepted.RunId);
            throw;
        }
    }

    /// <summary>The answer of a call with this key that came to another core before; null when there was none.</summary>
    private async Task<MethodReply?> ClaimAsync(string rememberAs, string runId)
    {
        try
        {
            var claim = await book.ClaimAsync(rememberAs, CancellationToken.None).ConfigureAwait(false);
            if (claim.IsMine)
                return null;
            answers.Withdraw(runId);
            return claim.Reply ?? MethodReply.Failed(AnswerClaim.ComeAgain);
        }
        catch
        {
            answers.Withdraw(runId);
            throw;
        }
    }

    private async Task<ErrorShape?> AcceptAsync(
        AgentParams parameters, SessionKey key, AgentSession selected, IReadOnlyList<AcceptedImage> images, AgentAccepted accepted, MethodContext context)
    {
        var session = await intake.EnterAsync(key, conversational: false, selected.SessionId, parameters.Label, parameters.SpawnedBy, cancellationToken: CancellationToken.None).ConfigureAwait(false);
        if (context.Caller.Caps.Contains("tool-events", StringComparer.Ordinal))
            recipients.Add(accepted.RunId, context.ConnectionId);
        var agent = AgentOptions.From(configuration.Root, key.AgentId);
        return await ingress.AcceptAsync(
            new AcceptedMessage
            {
                RunId = accepted.RunId,
                AcceptedAtMs = accepted.AcceptedAt,
                AgentId = key.AgentId,
                SessionKey = key.Value,
                SessionId = session.Address.SessionId,
                EventSessionKey = parameters.SessionKey,
                Text = TimeEnvelope.Wrap(parameters.Message, time.GetUtcNow(), agent.UserTimezone, time.LocalTimeZone),
                Images = images,
                Model = SessionModel.ReferenceOf(session.Entry),
                Thinking = parameters.Thinking ?? session.Entry.ThinkingLevel,
                Verbose = session.Entry.VerboseLevel,
                TimeoutMs = parameters.Timeout is { } seconds ? Math.Min(seconds, int.MaxValue / 1000) * 1000 : null,
                Lane = parameters.Lane,
                ExtraSystemPrompt = parameters.ExtraSystemPrompt,
                Channel = parameters.Channel,
            },
            CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<MethodReply> FinishAsync(string rememberAs, Task<RunResult> outcome, CancellationToken cancellationToken)
    {
        // The final answer is remembered by whoever ends the run, even when this caller is gone by then.
        await outcome.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await book.FindAsync(rememberAs, cancellationToken).ConfigureAwait(false) ?? MethodReply.Failed(ErrorShape.Unavailable("the run's answer is not remembered any more"));
    }

    /// <summary>The message came before a restart: its run is waited for when it has been taken up again, or is over.</summary>
    private async Task<MethodReply> JoinAsync(SessionKey key, string runId, MethodContext context, CancellationToken cancellationToken)
    {
        if (runs.Find(runId) is not { } run)
        {
            return await earlierRuns.FailureOfAsync(key, runId, cancellationToken).ConfigureAwait(false) is { } failure
                ? AgentReply.Failed(runId, failure)
                : AgentReply.Earlier(runId);
        }
        context.SendInterim(new AgentAccepted { RunId = runId, AcceptedAt = run.AcceptedAtMs }, ProtocolJson.Context.AgentAccepted);
        return AgentReply.Of(runId, run.Session.SessionId, await run.Completion.WaitAsync(cancellationToken).ConfigureAwait(false));
    }

    private async ValueTask<MethodReply> RememberAsync(string rememberAs, MethodReply reply)
    {
        remembered.Store(rememberAs, reply);
        await book.AcceptedAsync(rememberAs, reply, CancellationToken.None).ConfigureAwait(false);
        return reply;
    }
}
