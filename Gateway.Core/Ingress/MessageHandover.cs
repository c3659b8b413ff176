using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Channels.Replies;
using OpenClaw.Gateway.Core.Cluster;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>What became of a message that was handed on.</summary>
/// <param name="IsDone">It needs nothing more; else it has to come again.</param>
/// <param name="Delay">When.</param>
internal readonly record struct Handover(bool IsDone, TimeSpan Delay = default)
{
    public static Handover Done => new(true);

    public static Handover Again(TimeSpan delay) => new(false, delay);
}

/// <summary>Hands a message of a session that this core owns to the agent runtime, and sees it through to its end.</summary>
internal sealed class MessageHandover(
    AgentRunner runner, PendingAnswers answers, MessageOutcomes outcomes, EarlierRuns earlier, SessionStores stores, SessionNotices notices, ReplyDelivery replies, ReplySequence replySequence, SessionSequence sequence, TimeProvider time)
{
    /// <summary>How long a message waits when the runtime takes no more.</summary>
    public static readonly TimeSpan BusyDelay = TimeSpan.FromSeconds(1);

    /// <summary>How soon a message comes again whose session went to another core.</summary>
    private static readonly TimeSpan OvertakenDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>Hands it on and waits for its outcome.</summary>
    /// <param name="delivered">The message.</param>
    /// <param name="place">Its place in this process.</param>
    /// <param name="hold">Keeps the session with this core; it is let go of when the work is over.</param>
    /// <param name="heldUntil">The run does not look at the history before this completes.</param>
    /// <param name="handedOut">Called when its work has begun.</param>
    /// <param name="stopping">Stops waiting; the run goes on until the runtime stops.</param>
    public async Task<Handover> HandOnAsync(DeliveredMessage delivered, SequencePlace place, SessionHold hold, Task heldUntil, Action handedOut, CancellationToken stopping)
    {
        var isKept = false;
        var message = delivered.Message;
        try
        {
            // With the session in hand: the one before comes here too.
            if (!await sequence.WaitForTurnAsync(delivered, stopping).ConfigureAwait(false))
                return Handover.Again(BusyDelay);
            var unwanted = answers.AbortReasonOf(message.RunId);
            var submission = unwanted is null && message.Notice is null ? runner.Submit(ToRequest(message, delivered.ComesBack, heldUntil)) : null;
            if (submission is { Disposition: RunDisposition.Rejected })
                return Handover.Again(BusyDelay);
            // Before the next of the session may follow.
            using var reply = submission?.Outcome is { } run ? replySequence.Enter(message.SessionKey, run) : null;
            place.HandedOn();
            handedOut();
            if (unwanted is { } reason)
            {
                await outcomes.AbortUnstartedAsync(message, reason, stopping).ConfigureAwait(false);
                return Done(place);
            }
            if (submission is null)
            {
                return await AnswerAsync(message, message.Notice!, stopping).ConfigureAwait(false) ? Done(place) : Handover.Again(BusyDelay);
            }
            if (submission.Outcome is { } outcome)
            {
                hold.KeepUntil(outcome);
                isKept = true;
            }
            var finished = await FinishAsync(message, submission, reply, stopping).ConfigureAwait(false);
            return finished.IsDone ? Done(place) : finished;
        }
        finally
        {
            if (!isKept)
                hold.Dispose();
        }
    }

    private static Handover Done(SequencePlace place)
    {
        place.Over();
        return Handover.Done;
    }

    private async Task<Handover> FinishAsync(AcceptedMessage message, RunSubmission submission, ReplyPlace? reply, CancellationToken stopping)
    {
        if (submission.Outcome is not { } outcome)
        {
            // The queue's settings say that a message which finds it full is not taken.
            await outcomes.RefuseAsync(message, "The session's queue is full; the message was not taken.", stopping).ConfigureAwait(false);
            return Handover.Done;
        }
        if (submission.Disposition is RunDisposition.Queued or RunDisposition.Steered)
            await outcomes.TellAbsorbedAsync(message, stopping).ConfigureAwait(false);
        // Somebody may have stopped it while it was handed over.
        if (answers.AbortReasonOf(message.RunId) is { } late && runner.ForgetWaiting(message.SessionKey, message.RunId, late).Count == 0 && submission.Disposition is RunDisposition.Started)
            submission.Run!.TryAbort(late);
        var result = await outcome.WaitAsync(stopping).ConfigureAwait(false);
        switch (result.AbortReason)
        {
            case RunAbortReason.Shutdown:
                return Handover.Again(TimeSpan.Zero);
            case RunAbortReason.Overtaken:
                return Handover.Again(OvertakenDelay);
            default:
                await DeliverAsync(message, result, reply!, stopping).ConfigureAwait(false);
                await outcomes.CompleteAsync(message, result, stopping).ConfigureAwait(false);
                if (result.GaveWay)
                    outcomes.TellGaveWay(message, result.Error!);
                return Handover.Done;
        }
    }

    /// <summary>Stores what the run answered, behind what the session's earlier runs did, and tries until it is stored: what comes later must not get before it.</summary>
    private async Task DeliverAsync(AcceptedMessage message, RunResult result, ReplyPlace place, CancellationToken stopping)
    {
        await place.WaitForTurnAsync(stopping).ConfigureAwait(false);
        while (!await replies.DeliverAsync(message, result, stopping).ConfigureAwait(false))
            await Task.Delay(BusyDelay, time, stopping).ConfigureAwait(false);
    }

    private async Task<bool> AnswerAsync(AcceptedMessage message, string notice, CancellationToken stopping)
    {
        var isNoted = stores.Rules.Canonicalize(message.SessionKey) is { } key && await earlier.CountStartsAsync(key, message.RunId, stopping).ConfigureAwait(false) > 0;
        await notices.AnswerAsync(message, notice, isNoted, stopping).ConfigureAwait(false);
        if (message.Reply is { } route && !await replies.SendTextAsync(route, message.RunId, notice, stopping).ConfigureAwait(false))
            return false;
        await outcomes.CompleteAsync(message, new RunResult { Status = RunStatus.Ok, EndedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds() }, stopping).ConfigureAwait(false);
        return true;
    }

    private static RunRequest ToRequest(AcceptedMessage message, bool comesBack, Task heldUntil) => new()
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
        IsHeartbeat = message.Heartbeat,
        Hook = message.Hook,
        MessageId = message.MessageId ?? message.RunId,
        Reply = message.Reply,
        // One that comes back may be in the history, where it is looked up by itself.
        ReplyRoute = comesBack ? null : message.Reply?.Place,
        HeldUntil = heldUntil,
        Queue = message.Queue?.ToSettings() is not { } queue ? null
            // Nobody knows any more which of its two answers it had: one is certain.
            : comesBack && queue.Mode is QueueMode.SteerBacklog ? queue with { Mode = QueueMode.Steer }
            : queue,
    };
}
