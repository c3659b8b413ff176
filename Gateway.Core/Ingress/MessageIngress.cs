using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Health;
using OpenClaw.Gateway.Core.Idempotency;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.ServiceDefaults.Health;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>
/// The way of a message into the agent runtime: first into the durable queue, then to a run. A message leaves the queue when the
/// run that answers it has ended: its own, one that took it in while it worked, or one that was started for what had waited. One
/// whose run was cut short by a stop or a crash is taken up again at the next start, in the order of acceptance, as if it had just
/// come; what the history says about it (<see cref="HistoryIndex"/>) keeps it from being written or answered twice.
/// </summary>
internal sealed partial class MessageIngress(
    IBus bus, AgentRunner runner, RunRegistry runs, PendingAnswers answers, IdempotencyCache remembered, EarlierRuns earlier, SessionStores stores, RunEventBroadcaster events,
    SessionNotices notices, ProcessClock clock, TimeProvider time, ILogger<MessageIngress> logger) : IHostedService, IReadinessCheck, IDisposable
{
    /// <summary>Name of the queue.</summary>
    public const string QueueName = "agent.inbound";

    /// <summary>How long a message waits when the runtime takes no more.</summary>
    private static readonly TimeSpan BusyDelay = TimeSpan.FromSeconds(1);

    private readonly AcceptanceStamps _stamps = new();
    private IQueueConsumer? _consumer;
    private readonly SessionOrder _order = new();
    private Recovery _recovery = new(0, time);

    /// <summary>Stores the message. When this returns null it will be worked on, else the text says why it was not taken.</summary>
    public async Task<string?> AcceptAsync(AcceptedMessage message, CancellationToken cancellationToken)
    {
        message = message with { AcceptedAtMs = _stamps.Next(message.AcceptedAtMs) };
        var payload = JsonSerializer.SerializeToUtf8Bytes(message, IngressJsonContext.Default.AcceptedMessage);
        // No key: order within a session is the lanes' business, which also lets a later message steer an earlier run.
        var stored = await bus.Queues.AppendAsync(QueueName, new QueueEntry { Payload = payload }, cancellationToken).ConfigureAwait(false);
        if (stored.IsStored)
            return null;
        LogNotStored(logger, message.RunId, stored.Outcome, stored.Error);
        return stored.Outcome switch
        {
            AppendOutcome.TooLarge => "the message with its attachments is too large to be stored",
            AppendOutcome.Full => "too many messages are waiting; try again later",
            _ => "the message could not be stored; try again later",
        };
    }

    private async ValueTask<QueueVerdict> WorkAsync(QueueDelivery delivery, CancellationToken stopping)
    {
        AcceptedMessage? message;
        try
        {
            message = JsonSerializer.Deserialize(delivery.Payload.Span, IngressJsonContext.Default.AcceptedMessage);
        }
        catch (JsonException)
        {
            message = null;
        }
        if (message is null)
        {
            _recovery.HandedOut();
            return QueueVerdict.Reject("not an accepted message");
        }
        // One that comes back after a restart is under way again: a repeat of it joins it, and a stop finds it.
        if (message.Conversational)
            answers.Adopt(message.RunId, message.SessionKey);
        using var place = await _order.EnterAsync(message.SessionKey, stopping).ConfigureAwait(false);
        var crashes = await CountCrashesAsync(delivery, message, stopping).ConfigureAwait(false);
        if (CrashSuspicion.Delay(crashes, TimeSpan.FromMilliseconds(clock.UptimeMs)) is not { } delay)
        {
            _recovery.HandedOut();
            return await SetAsideAsync(message, crashes, stopping).ConfigureAwait(false);
        }
        if (delay > TimeSpan.Zero)
        {
            LogSuspected(logger, message.RunId, crashes, delay);
            _recovery.HandedOut();
            await Task.Delay(delay, time, stopping).ConfigureAwait(false);
        }
        if (delivery.Attempt > 1)
            LogResumed(logger, message.RunId, delivery.Attempt);
        var unwanted = answers.AbortReasonOf(message.RunId);
        var submission = unwanted is null && message.Notice is null ? runner.Submit(ToRequest(message, comesBack: delivery.Attempt > 1)) : null;
        place.Dispose();
        if (delay <= TimeSpan.Zero)
            _recovery.HandedOut();
        if (unwanted is { } reason)
            return AbortUnstarted(message, reason);
        if (submission is null)
            return await AnswerAsync(message, message.Notice!, stopping).ConfigureAwait(false);
        return await FinishAsync(message, submission, stopping).ConfigureAwait(false);
    }

    /// <summary>Deliveries count the times too when the message only waited, and begun runs those that an orderly stop ended.</summary>
    private async ValueTask<int> CountCrashesAsync(QueueDelivery delivery, AcceptedMessage message, CancellationToken cancellationToken)
    {
        if (delivery.Attempt - 1 <= CrashSuspicion.Harmless || stores.Rules.Canonicalize(message.SessionKey) is not { } key)
            return 0;
        return Math.Min(delivery.Attempt - 1, await earlier.CountStartsAsync(key, message.RunId, cancellationToken).ConfigureAwait(false));
    }

    private async Task<QueueVerdict> FinishAsync(AcceptedMessage message, RunSubmission submission, CancellationToken stopping)
    {
        if (submission.Disposition is RunDisposition.Rejected)
            return QueueVerdict.Postpone(BusyDelay);
        if (submission.Outcome is not { } outcome)
            return Refuse(message);
        if (submission.Disposition is RunDisposition.Queued or RunDisposition.Steered)
            TellAbsorbed(message);
        // Somebody may have stopped it while it was handed over.
        if (answers.AbortReasonOf(message.RunId) is { } late && runner.ForgetWaiting(message.SessionKey, message.RunId, late).Count == 0 && submission.Disposition is RunDisposition.Started)
            submission.Run!.TryAbort(late);
        var result = await outcome.WaitAsync(stopping).ConfigureAwait(false);
        if (result.AbortReason is RunAbortReason.Shutdown)
            return QueueVerdict.Postpone(TimeSpan.Zero);
        Complete(message, result);
        if (result.GaveWay)
            TellGaveWay(message, result.Error!);
        return QueueVerdict.Done;
    }

    private async Task<QueueVerdict> AnswerAsync(AcceptedMessage message, string notice, CancellationToken stopping)
    {
        var isNoted = stores.Rules.Canonicalize(message.SessionKey) is { } key && await earlier.CountStartsAsync(key, message.RunId, stopping).ConfigureAwait(false) > 0;
        await notices.AnswerAsync(message, notice, isNoted, stopping).ConfigureAwait(false);
        Complete(message, new RunResult { Status = RunStatus.Ok, EndedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds() });
        return QueueVerdict.Done;
    }

    /// <summary>The message's own id is over for its clients, without a text; the answer comes under the id of the run that gives it.</summary>
    private void TellAbsorbed(AcceptedMessage message)
    {
        remembered.Store(IdempotencyKeys.Chat(message.RunId), ChatReply.Taken(message.RunId));
        events.Send(RunFrame.Absorbed(message.RunId, message.EventSessionKey ?? message.SessionKey).Chat!);
    }

    /// <summary>Its sender was told that it waits, and would go on waiting for the run that answers it.</summary>
    private void TellGaveWay(AcceptedMessage message, string text) =>
        events.Send(new ChatEvent { RunId = message.RunId, SessionKey = message.EventSessionKey ?? message.SessionKey, Seq = 2, State = "error", ErrorMessage = text });

    /// <summary>The queue's settings say that a message which finds it full is not taken: its sender is told.</summary>
    private QueueVerdict Refuse(AcceptedMessage message)
    {
        const string Text = "The session's queue is full; the message was not taken.";
        Complete(message, Failed(Text));
        SendError(message, Text);
        return QueueVerdict.Done;
    }

    /// <summary>Remembered first: whoever waits for the answer finds it there.</summary>
    private void Complete(AcceptedMessage message, RunResult result)
    {
        if (message.Conversational)
            remembered.Store(IdempotencyKeys.Chat(message.RunId), ChatReply.Of(message.RunId, result));
        else
            remembered.Store(IdempotencyKeys.Agent(message.RunId), AgentReply.Of(message.RunId, message.SessionId, result));
        runs.Conclude(message.RunId, result);
        answers.Complete(message.RunId, result);
    }

    private QueueVerdict AbortUnstarted(AcceptedMessage message, RunAbortReason reason)
    {
        Complete(message, new RunResult { Status = RunStatus.Aborted, AbortReason = reason, EndedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds() });
        events.Send(new ChatEvent
        {
            RunId = message.RunId,
            SessionKey = message.EventSessionKey ?? message.SessionKey,
            Seq = 1,
            State = "aborted",
            StopReason = reason is RunAbortReason.Stop ? "stop" : "rpc",
        });
        return QueueVerdict.Done;
    }

    /// <summary>The client is told, and the operator finds the message among the queue's dead letters.</summary>
    private async Task<QueueVerdict> SetAsideAsync(AcceptedMessage message, int crashes, CancellationToken stopping)
    {
        const string Text = "The gateway ended several times while it worked on this message; the message was set aside.";
        LogPoison(logger, message.RunId, crashes);
        // Killed here, it is noted at the next start.
        if (stores.Rules.Canonicalize(message.SessionKey) is { } key && await earlier.FailureOfAsync(key, message.RunId, stopping).ConfigureAwait(false) is null)
            await notices.GiveUpAsync(message, Text, stopping).ConfigureAwait(false);
        Complete(message, Failed(Text));
        SendError(message, Text);
        return QueueVerdict.Reject($"the process ended {crashes} times while working on it");
    }

    private void SendError(AcceptedMessage message, string text) =>
        events.Send(new ChatEvent { RunId = message.RunId, SessionKey = message.EventSessionKey ?? message.SessionKey, Seq = 1, State = "error", ErrorMessage = text });

    private RunResult Failed(string error) => new() { Status = RunStatus.Failed, Error = error, EndedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds() };

    private RunRequest ToRequest(AcceptedMessage message, bool comesBack) => new()
    {
        RunId = message.RunId,
        Session = new SessionAddress(message.AgentId, message.SessionKey, message.SessionId),
        EventSessionKey = message.EventSessionKey,
        AcceptedAtMs = message.AcceptedAtMs,
        Message = message.Text,
        Images = [.. message.Images.Select(image => new ImageBlock(image.Data, image.MimeType))],
        Model = message.Model,
        Thinking = Levels.ParseThinking(message.Thinking),
        Verbose = Levels.ParseVerbose(message.Verbose),
        Timeout = message.TimeoutMs is { } ms ? TimeSpan.FromMilliseconds(Math.Min(ms, int.MaxValue)) : null,
        Lane = message.Lane ?? LaneNames.Main,
        ExtraSystemPrompt = message.ExtraSystemPrompt,
        Channel = message.Channel,
        MessageId = message.RunId,
        HeldUntil = _recovery.Done,
        Queue = message.Queue?.ToSettings() is not { } queue ? null
            // Nobody knows any more which of its two answers it had: one is certain.
            : comesBack && queue.Mode is QueueMode.SteerBacklog ? queue with { Mode = QueueMode.Steer }
            : queue,
    };

    [LoggerMessage(3101, LogLevel.Error, "Message {RunId} was not stored ({Outcome}: {Reason}); the client was told.")]
    private static partial void LogNotStored(ILogger logger, string runId, AppendOutcome outcome, string? reason);

    [LoggerMessage(3102, LogLevel.Warning, "Message {RunId} is taken up again (attempt {Attempt}): the gateway ended while it was worked on.")]
    private static partial void LogResumed(ILogger logger, string runId, int attempt);

    [LoggerMessage(3103, LogLevel.Error, "Message {RunId} was set aside: the gateway ended {Crashes} times while it worked on it.")]
    private static partial void LogPoison(ILogger logger, string runId, int crashes);

    [LoggerMessage(3104, LogLevel.Warning, "The gateway ended {Crashes} times while it worked on message {RunId}; it is tried again in {Delay}.")]
    private static partial void LogSuspected(ILogger logger, string runId, int crashes, TimeSpan delay);
}
