using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Prompt;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Idempotency;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Core.Presence;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Chat;

namespace OpenClaw.Gateway.Core.Methods.Chat;

/// <summary>
/// <c>chat.send</c>: a message of a conversation. The answer comes when the message is stored for good; the reply comes as events.
/// </summary>
internal sealed class ChatSendMethod(
    SessionStores stores, SessionIntake intake, MessageIngress ingress, PendingAnswers answers, RunRegistry runs, SessionAborts aborts, IdempotencyCache remembered, AnswerBook book, QueueCommand queueCommand,
    ToolEventRecipients recipients, EarlierRuns earlier, SystemEventQueue systemEvents, IAgentConfiguration configuration, TimeProvider time)
    : GatewayMethod<ChatSendParams, ChatSendResult>(GatewayMethods.ChatSend)
{
    private const string Channel = "webchat";

    private static readonly TimeSpan EndingPatience = TimeSpan.FromSeconds(2);

    protected override async ValueTask<MethodResult<ChatSendResult>> RunAsync(ChatSendParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var (images, wrong) = Attachments.Read(parameters.Attachments);
        if (wrong is not null)
            return ErrorShape.InvalidRequest(wrong);
        if (parameters.Message.Trim().Length == 0 && images.Count == 0)
            return ErrorShape.InvalidRequest("message or attachment required");
        if (stores.Rules.Canonicalize(parameters.SessionKey) is not { } key)
            return ErrorShape.InvalidRequest("sessionKey required");
        if (intake.UnknownAgent(key) is { } unknown)
            return ErrorShape.InvalidRequest(unknown);
        if (await intake.RefusalAsync(key, cancellationToken).ConfigureAwait(false) is { } refusal)
            return ErrorShape.InvalidRequest(refusal);
        if (StopWords.Matches(parameters.Message))
            return await StopAsync(key.Value, cancellationToken).ConfigureAwait(false);

        var runId = parameters.IdempotencyKey;
        if (remembered.Find(IdempotencyKeys.Chat(runId)) is { } answer)
            return Replay(answer);
        if (answers.TryExpect(runId, key.Value) is null)
        {
            // Its last event may be out while its end is still being noted: a client that saw the one must not be told otherwise.
            if ((runs.Find(runId) is { Ended.IsCompleted: true } || runs.IsOver(runId)) && answers.OutcomeOf(runId) is { } ending)
                await ((Task)ending).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return remembered.Find(IdempotencyKeys.Chat(runId)) is { } done ? Replay(done) : new ChatSendResult { RunId = runId, Status = "in_flight" };
        }
        try
        {
            // Not given up when the client leaves: it will ask again with the same key, and must find the message stored or not there.
            return await AcceptAsync(parameters, key, images, context).ConfigureAwait(false);
        }
        catch
        {
            answers.Withdraw(runId);
            throw;
        }
    }

    private async Task<MethodResult<ChatSendResult>> AcceptAsync(ChatSendParams parameters, SessionKey key, IReadOnlyList<AcceptedImage> images, MethodContext context)
    {
        var runId = parameters.IdempotencyKey;
        var claim = await book.ClaimAsync(IdempotencyKeys.Chat(runId), CancellationToken.None).ConfigureAwait(false);
        if (!claim.IsMine)
        {
            // It came to another core before; when its last event is out, its end is just being noted there.
            if (claim.Reply is null && runs.IsOver(runId) && answers.OutcomeOf(runId) is { } ending)
                await ((Task)ending).WaitAsync(EndingPatience, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            answers.Withdraw(runId);
            if (claim.IsOpen)
                return AnswerClaim.ComeAgain;
            return (claim.Reply ?? remembered.Find(IdempotencyKeys.Chat(runId))) is { } given ? Replay(given) : new ChatSendResult { RunId = runId, Status = "in_flight" };
        }
        if (await earlier.KnowsAsync(key, runId, CancellationToken.None).ConfigureAwait(false))
        {
            await book.WithdrawAsync(IdempotencyKeys.Chat(runId)).ConfigureAwait(false);
            answers.Withdraw(runId);
            if (runs.Find(runId) is not null)
                return new ChatSendResult { RunId = runId, Status = "in_flight" };
            return await earlier.FailureOfAsync(key, runId, CancellationToken.None).ConfigureAwait(false) is { } failure
                ? Replay(ChatReply.Failed(runId, failure))
                : new ChatSendResult { RunId = runId, Status = "ok" };
        }
        var session = await intake.EnterAsync(key, conversational: true, cancellationToken: CancellationToken.None).ConfigureAwait(false);
        if (context.Caller.Caps.Contains("tool-events", StringComparer.Ordinal))
            recipients.Add(runId, context.ConnectionId);
        var directive = QueueDirective.Find(parameters.Message);
        var notice = directive is { Rest.Length: 0 } && images.Count == 0 ? await queueCommand.RunAsync(key, Channel, directive, CancellationToken.None).ConfigureAwait(false) : null;
        var agent = AgentOptions.From(configuration.Root, key.AgentId);
        var text = TimeEnvelope.Wrap(directive?.Rest ?? parameters.Message, time.GetUtcNow(), agent.UserTimezone, time.LocalTimeZone);
        // A notice makes no turn, so nobody would read them.
        using var waiting = notice is null && key == stores.Rules.MainSession ? systemEvents.Take() : null;
        text = waiting?.PutBefore(text) ?? text;
        var problem = await ingress.AcceptAsync(
            new AcceptedMessage
            {
                RunId = runId,
                AcceptedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
                AgentId = key.AgentId,
                SessionKey = key.Value,
                SessionId = session.Address.SessionId,
                Text = $"{text}\n[message_id: {runId}]",
                Images = images,
                Model = SessionModel.ReferenceOf(session.Entry),
                Thinking = parameters.Thinking ?? session.Entry.ThinkingLevel,
                Verbose = session.Entry.VerboseLevel,
                TimeoutMs = parameters.TimeoutMs is > 0 ? parameters.TimeoutMs : null,
                Channel = Channel,
                Conversational = true,
                Queue = AcceptedQueue.Of(QueueChoice.For(configuration.Root, Channel, session.Entry, directive)),
                Notice = notice,
            },
            CancellationToken.None).ConfigureAwait(false);
        if (problem is not null)
        {
            answers.Withdraw(runId);
            return problem;
        }
        waiting?.Told();
        return new ChatSendResult { RunId = runId, Status = "started" };
    }

    private async ValueTask<ChatSendResult> StopAsync(string sessionKey, CancellationToken cancellationToken)
    {
        var stopped = await aborts.AbortAsync(sessionKey, runId: null, RunAbortReason.Stop, cancellationToken).ConfigureAwait(false);
        return new ChatSendResult { Ok = true, Aborted = stopped.Count > 0, RunIds = stopped };
    }

    private static MethodResult<ChatSendResult> Replay(MethodReply earlier)
    {
        var payload = JsonSerializer.Deserialize(earlier.PayloadJson.Span, ProtocolJson.Context.ChatSendResult)!;
        return earlier.Error is { } error ? MethodResult<ChatSendResult>.Failed(error, payload) : payload;
    }
}
