using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;
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
    AgentRunner runner, RunRegistry runs, PendingAnswers answers, MessageOutcomes outcomes, EarlierRuns earlier, SessionStores stores, SessionNotices notices, CoreDirectory cores, TimeProvider time)
{
    /// <summary>How long a message waits when the runtime takes no more.</summary>
    public static readonly TimeSpan BusyDelay = TimeSpan.FromSeconds(1);

    /// <summary>How soon a message comes again whose session went to another core.</summary>
    private static readonly TimeSpan OvertakenDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a message waits for the one before it, which another core may still have in its hands.</summary>
    private static readonly TimeSpan PredecessorPatience = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Waits for the message before it, which another core may still have in its hands. To be called before anything is held that this one
    /// needs to come here.
    /// </summary>
    public Task WaitForPredecessorAsync(AcceptedMessage message, CancellationToken stopping) =>
        // Only where others could have it: alone, this core hands on in the order of the queue.
        message.After is { } before && cores.MayHaveOthers ? runs.WaitUntilKnownAsync(before, PredecessorPatience, stopping) : Task.CompletedTask;

    /// <summary>Hands it on and waits for its outcome.</summary>
    /// <param name="message">The message.</param>
    /// <param name="comesBack">It was worked on before.</param>
    /// <param name="hold">Keeps the session with this core; it is let go of when the work is over.</param>
    /// <param name="heldUntil">The run does not look at the history before this completes.</param>
    /// <param name="handedOn">Called when the next message of the session may follow.</param>
    /// <param name="stopping">Stops waiting; the run goes on until the runtime stops.</param>
    public async Task<Handover> HandOnAsync(AcceptedMessage message, bool comesBack, SessionHold hold, Task heldUntil, Action handedOn, CancellationToken stopping)
    {
        var isKept = false;
        try
        {
            var unwanted = answers.AbortReasonOf(message.RunId);
            var submission = unwanted is null && message.Notice is null ? runner.Submit(ToRequest(message, comesBack, heldUntil)) : null;
            handedOn();
            if (unwanted is { } reason)
            {
                await outcomes.AbortUnstartedAsync(message, reason, stopping).ConfigureAwait(false);
                return Handover.Done;
            }
            if (submission is null)
                return await AnswerAsync(message, message.Notice!, stopping).ConfigureAwait(false);
            if (submission.Outcome is { } outcome)
            {
                hold.KeepUntil(outcome);
                isKept = true;
            }
            return await FinishAsync(message, submission, stopping).ConfigureAwait(false);
        }
        finally
        {
            if (!isKept)
                hold.Dispose();
        }
    }

    private async Task<Handover> FinishAsync(AcceptedMessage message, RunSubmission submission, CancellationToken stopping)
    {
        if (submission.Disposition is RunDisposition.Rejected)
            return Handover.Again(BusyDelay);
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
                await outcomes.CompleteAsync(message, result, stopping).ConfigureAwait(false);
                if (result.GaveWay)
                    outcomes.TellGaveWay(message, result.Error!);
                return Handover.Done;
        }
    }

    private async Task<Handover> AnswerAsync(AcceptedMessage message, string notice, CancellationToken stopping)
    {
        var isNoted = stores.Rules.Canonicalize(message.SessionKey) is { } key && await earlier.CountStartsAsync(key, message.RunId, stopping).ConfigureAwait(false) > 0;
        await notices.AnswerAsync(message, notice, isNoted, stopping).ConfigureAwait(false);
        await outcomes.CompleteAsync(message, new RunResult { Status = RunStatus.Ok, EndedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds() }, stopping).ConfigureAwait(false);
        return Handover.Done;
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
        MessageId = message.RunId,
        HeldUntil = heldUntil,
        Queue = message.Queue?.ToSettings() is not { } queue ? null
            // Nobody knows any more which of its two answers it had: one is certain.
            : comesBack && queue.Mode is QueueMode.SteerBacklog ? queue with { Mode = QueueMode.Steer }
            : queue,
    };
}
