using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Cluster;
using OpenClaw.Gateway.Core.Idempotency;
using OpenClaw.Gateway.Protocol.Events;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>
/// Notes how messages ended, for everybody who may ask: callers that wait here or on another core, repeats, and whoever gets the
/// message from the queue once more.
/// </summary>
internal sealed class MessageOutcomes(
    IdempotencyCache remembered, AnswerBook book, RunRegistry runs, PendingAnswers answers, RunEventBroadcaster events, RelayOutbox outbox, CoreId self, TimeProvider time)
{
    /// <summary>The key under which a message's answer is remembered.</summary>
    public static string KeyOf(AcceptedMessage message) => message.Conversational ? IdempotencyKeys.Chat(message.RunId) : IdempotencyKeys.Agent(message.RunId);

    /// <summary>Notes it here, tells the other cores, and returns when whoever gets the message again finds it.</summary>
    public async ValueTask CompleteAsync(AcceptedMessage message, RunResult result, CancellationToken stopping)
    {
        var reply = message.Conversational ? ChatReply.Of(message.RunId, result) : AgentReply.Of(message.RunId, message.SessionId, result);
        var brief = message.Conversational ? reply : AgentReply.Earlier(message.RunId);
        var shared = SharedAnswer.Over(self.Value, reply, result);
        // Remembered first: whoever waits for the answer finds it there.
        Note(KeyOf(message), message.RunId, shared, result);
        outbox.Post(RelayKind.MessageOver, KeyOf(message), shared.ToBytes());
        await book.OverAsync(KeyOf(message), shared, brief, stopping).ConfigureAwait(false);
    }

    /// <summary>The same for an outcome that another core noted.</summary>
    public void Adopt(string key, SharedAnswer answer) => Note(key, IdempotencyKeys.IdIn(key), answer, answer.ToResult());

    /// <summary>The message's own id is over for its clients, without a text; the answer comes under the id of the run that gives it.</summary>
    public async ValueTask TellAbsorbedAsync(AcceptedMessage message, CancellationToken stopping)
    {
        var taken = ChatReply.Taken(message.RunId);
        remembered.Store(IdempotencyKeys.Chat(message.RunId), taken);
        events.Send(RunFrame.Absorbed(message.RunId, SessionOf(message)).Chat!);
        await book.AcceptedAsync(IdempotencyKeys.Chat(message.RunId), taken, stopping).ConfigureAwait(false);
    }

    /// <summary>Its sender was told that it waits, and would go on waiting for the run that answers it.</summary>
    public void TellGaveWay(AcceptedMessage message, string text) =>
        events.Send(new ChatEvent { RunId = message.RunId, SessionKey = SessionOf(message), Seq = 2, State = "error", ErrorMessage = text });

    /// <summary>The message was stopped before a run began.</summary>
    public async ValueTask AbortUnstartedAsync(AcceptedMessage message, RunAbortReason reason, CancellationToken stopping)
    {
        await CompleteAsync(message, new RunResult { Status = RunStatus.Aborted, AbortReason = reason, EndedAtMs = Now }, stopping).ConfigureAwait(false);
        events.Send(new ChatEvent { RunId = message.RunId, SessionKey = SessionOf(message), Seq = 1, State = "aborted", StopReason = reason is RunAbortReason.Stop ? "stop" : "rpc" });
    }

    /// <summary>The message will not be answered; its sender is told why.</summary>
    public async ValueTask RefuseAsync(AcceptedMessage message, string text, CancellationToken stopping)
    {
        await CompleteAsync(message, new RunResult { Status = RunStatus.Failed, Error = text, EndedAtMs = Now }, stopping).ConfigureAwait(false);
        events.Send(new ChatEvent { RunId = message.RunId, SessionKey = SessionOf(message), Seq = 1, State = "error", ErrorMessage = text });
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static string SessionOf(AcceptedMessage message) => message.EventSessionKey ?? message.SessionKey;

    private void Note(string key, string runId, SharedAnswer answer, RunResult result)
    {
        if (answer.Reply is { } reply)
            remembered.Store(key, reply);
        runs.Conclude(runId, result);
        answers.Complete(runId, result);
    }
}
