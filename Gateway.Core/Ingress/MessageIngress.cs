using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Channels.Replies;
using OpenClaw.Gateway.Core.Health;
using OpenClaw.Gateway.Core.Idempotency;
using OpenClaw.Gateway.Core.SafeMode;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.ServiceDefaults.Health;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>
/// The way of a message into the agent runtime: first into the durable queue, then to a run. A message leaves the queue when the
/// run that answers it has ended: its own, one that took it in while it worked, or one that was started for what had waited. One
/// whose run was cut short by a stop or a crash is taken up again at the next start, in the order of acceptance, as if it had just
/// come; what the history says about it (<see cref="HistoryIndex"/>) keeps it from being written or answered twice.
/// </summary>
internal sealed partial class MessageIngress(
    IBus bus, MessageRouter router, MessageOutcomes outcomes, PendingAnswers answers, AnswerBook book, EarlierRuns earlier, SessionStores stores, SessionNotices notices, ReplyDelivery replies, SessionSequence sequence, ProcessClock clock, SafeModeState safeMode,
    TimeProvider time, ILogger<MessageIngress> logger) : IHostedService, IReadinessCheck, IDisposable
{
    /// <summary>Name of the queue, which all cores share.</summary>
    public const string QueueName = "agent.inbound";

    /// <summary>How long to wait before something is tried again.</summary>
    private static readonly TimeSpan BusyDelay = TimeSpan.FromSeconds(1);

    private readonly AcceptanceStamps _stamps = new();
    private IQueueConsumer? _consumer;
    private Recovery _recovery = new(0, time);

    /// <summary>Stores the message. When this returns null it will be worked on, else the error says why it was not taken.</summary>
    public async Task<ErrorShape?> AcceptAsync(AcceptedMessage message, CancellationToken cancellationToken)
    {
        var key = MessageOutcomes.KeyOf(message);
        message = message with { AcceptedAtMs = _stamps.Next(message.AcceptedAtMs) };
        var payload = JsonSerializer.SerializeToUtf8Bytes(message, IngressJsonContext.Default.AcceptedMessage);
        // No key: a later message may be put into the run of an earlier one. The series keeps the order in which they are handed on.
        // The message of a channel, or the work of a job, may come again after a crash, when nobody remembers its answer; the queue does.
        var entry = new QueueEntry { Series = message.SessionKey, DeduplicationId = message.Reply is null && !message.IsOnce ? "" : message.RunId, Payload = payload };
        var stored = await bus.Queues.AppendAsync(QueueName, entry, cancellationToken).ConfigureAwait(false);
        if (stored.IsAccepted)
        {
            // Whoever works on the first one speaks for it. A job's run is waited for again by who takes it up.
            if (!stored.IsStored && !message.IsOnce)
                answers.Withdraw(message.RunId);
            // The answer to "agent" is noted by its method, with the time in it.
            if (message.Conversational)
                await book.AcceptedAsync(key, null, cancellationToken).ConfigureAwait(false);
            return null;
        }
        LogNotStored(logger, message.RunId, stored.Outcome, stored.Error);
        // One that may be in the queue all the same keeps its claim, so that its repeat is not a second message elsewhere.
        if (stored.Outcome is not AppendOutcome.Unconfirmed)
            await book.WithdrawAsync(key).ConfigureAwait(false);
        return stored.Outcome switch
        {
            AppendOutcome.TooLarge => ErrorShape.Unavailable("the message with its attachments is too large to be stored"),
            AppendOutcome.Full => Later("too many messages are waiting; try again later"),
            _ => Later("the message could not be stored; try again later"),
        };
    }

    private static ErrorShape Later(string message) => ErrorShape.Unavailable(message) with { Retryable = true, RetryAfterMs = (long)BusyDelay.TotalMilliseconds };

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
        using var place = sequence.Arrive(delivery.Id);
        var crashes = await CountCrashesAsync(delivery, message, stopping).ConfigureAwait(false);
        var uptime = TimeSpan.FromMilliseconds(clock.UptimeMs);
        if (CrashSuspicion.Delay(crashes, uptime) is not { } delay)
        {
            _recovery.HandedOut();
            return await SetAsideAsync(message, crashes, stopping).ConfigureAwait(false);
        }
        var held = delivery.Attempt > 1 ? safeMode.ResumptionDelay(uptime) : TimeSpan.Zero;
        if (delay > TimeSpan.Zero)
            LogSuspected(logger, message.RunId, crashes, delay);
        delay = delay > held ? delay : held;
        if (delay > TimeSpan.Zero)
        {
            _recovery.HandedOut();
            await Task.Delay(delay, time, stopping).ConfigureAwait(false);
        }
        if (delivery.Attempt > 1)
            LogResumed(logger, message.RunId, delivery.Attempt);
        var isHandedOut = delay > TimeSpan.Zero;
        var delivered = new DeliveredMessage(message, delivery.Id, delivery.Before, delivery.Attempt > 1);
        var handed = await router.RouteAsync(delivered, place, _recovery.Done, HandedOut, stopping).ConfigureAwait(false);
        HandedOut();
        return handed.IsDone ? QueueVerdict.Done : QueueVerdict.Postpone(handed.Delay);

        void HandedOut()
        {
            if (!isHandedOut)
                _recovery.HandedOut();
            isHandedOut = true;
        }
    }

    /// <summary>Deliveries count the times too when the message only waited, and begun runs those that an orderly stop ended.</summary>
    private async ValueTask<int> CountCrashesAsync(QueueDelivery delivery, AcceptedMessage message, CancellationToken cancellationToken)
    {
        if (delivery.Attempt - 1 <= CrashSuspicion.Harmless || stores.Rules.Canonicalize(message.SessionKey) is not { } key)
            return 0;
        return Math.Min(delivery.Attempt - 1, await earlier.CountStartsAsync(key, message.RunId, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The client is told, and the operator finds the message among the queue's dead letters.</summary>
    private async ValueTask<QueueVerdict> SetAsideAsync(AcceptedMessage message, int crashes, CancellationToken stopping)
    {
        const string Text = "The gateway ended several times while it worked on this message; the message was set aside.";
        LogPoison(logger, message.RunId, crashes);
        // Killed here, it is noted at the next start.
        if (stores.Rules.Canonicalize(message.SessionKey) is { } key && await earlier.FailureOfAsync(key, message.RunId, stopping).ConfigureAwait(false) is null)
            await notices.GiveUpAsync(message, Text, stopping).ConfigureAwait(false);
        if (message.Reply is { } route && !await replies.SendTextAsync(route, "set-aside:" + message.RunId, Text, stopping).ConfigureAwait(false))
            return QueueVerdict.Postpone(BusyDelay);
        await outcomes.RefuseAsync(message, Text, stopping).ConfigureAwait(false);
        return QueueVerdict.Reject($"the process ended {crashes} times while working on it");
    }

    [LoggerMessage(3101, LogLevel.Error, "Message {RunId} was not stored ({Outcome}: {Reason}); the client was told.")]
    private static partial void LogNotStored(ILogger logger, string runId, AppendOutcome outcome, string? reason);

    [LoggerMessage(3102, LogLevel.Warning, "Message {RunId} is taken up again (attempt {Attempt}): the gateway ended while it was worked on.")]
    private static partial void LogResumed(ILogger logger, string runId, int attempt);

    [LoggerMessage(3103, LogLevel.Error, "Message {RunId} was set aside: the gateway ended {Crashes} times while it worked on it.")]
    private static partial void LogPoison(ILogger logger, string runId, int crashes);

    [LoggerMessage(3104, LogLevel.Warning, "The gateway ended {Crashes} times while it worked on message {RunId}; it is tried again in {Delay}.")]
    private static partial void LogSuspected(ILogger logger, string runId, int crashes, TimeSpan delay);
}
