using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Agents.Replies;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Http.Hooks;
using OpenClaw.Gateway.Core.Idempotency;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Gateway.Protocol.Json;

namespace OpenClaw.Gateway.Core.Cron;

/// <summary>Works on a run of a job from its recorded beginning to its recorded end, and can take one up that another process had begun.</summary>
internal sealed partial class CronRunner(
    CronRuns runs, CronTurns turns, CronDelivery delivery, PendingAnswers answers, AnswerBook book, HookIntake hooks, TimeProvider time, ILogger<CronRunner> logger)
{
    /// <summary>A run without an end counts as lost after this; the peer's number.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    /// <summary>Longest part of an answer that is kept; the peer's number.</summary>
    private const int MaxSummaryChars = 2000;

    /// <summary>Returns when the run's end is recorded, or this process is to leave it to others.</summary>
    public async Task RunAsync(CronRun run, CancellationToken stopping)
    {
        CronOutcome? outcome;
        try
        {
            outcome = await OutcomeAsync(run, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whoever is next takes it up, or follows it already.
            return;
        }
        catch (Exception e)
        {
            LogFailed(logger, e, run.Job.Id);
            outcome = CronOutcome.Failed($"{e.GetType().Name}: {e.Message}");
        }
        if (outcome is not null)
            await runs.FinishAsync(run, outcome).ConfigureAwait(false);
    }

    private async Task<CronOutcome?> OutcomeAsync(CronRun run, CancellationToken stopping)
    {
        var (job, text) = (run.Job, run.Job.Payload.Text("text"));
        if (CronRules.Combination(job) is { } wrong)
            return CronOutcome.Skipped(wrong);
        if (job.IsMain && text is null)
            return CronOutcome.Skipped("main job requires non-empty systemEvent text");
        if (job.IsMain && !job.WakesNow && turns.KeyOf(job).AgentId == turns.DefaultAgentId)
            return await turns.KeepAsync(run, text!).ConfigureAwait(false) is { } problem ? CronOutcome.Failed(problem) : CronOutcome.Ok with { Summary = text };
        var (result, refusal) = await TurnAsync(run, stopping).ConfigureAwait(false);
        if (refusal is not null)
            return CronOutcome.Failed(refusal);
        // It goes on elsewhere, or after the restart.
        if (result!.AbortReason is RunAbortReason.Shutdown or RunAbortReason.Overtaken)
            return null;
        var outcome = result.Status is RunStatus.Ok ? CronOutcome.Ok : CronOutcome.Failed(result.AbortReason is RunAbortReason.Timeout ? "cron: job execution timed out" : result.Error ?? "the run was stopped");
        return job.IsMain ? outcome with { Summary = text } : await TellAsync(run, outcome, await AnswerOfAsync(run, result, stopping).ConfigureAwait(false), stopping).ConfigureAwait(false);
    }

    /// <summary>How the agent's turn ended, or why there was none.</summary>
    private async Task<(RunResult? Result, string? Refusal)> TurnAsync(CronRun run, CancellationToken stopping)
    {
        var left = DateTimeOffset.FromUnixTimeMilliseconds(run.AtMs) + Longest - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
            return (null, "the gateway ended during this run; how it ended is not known");
        // Two may follow a run: the call that asked for it, and the scheduler. The first one hands it over.
        if (answers.TryExpect(run.RunId, turns.KeyOf(run.Job).Value) is not { } expected)
            return answers.OutcomeOf(run.RunId) is { } known ? await EndOfAsync(known, left, stopping).ConfigureAwait(false) : throw new OperationCanceledException("It has just ended.");
        var isHandedOver = false;
        try
        {
            if (await book.FindOverAsync(IdempotencyKeys.Agent(run.RunId), stopping).ConfigureAwait(false) is { } over)
                return (over.ToResult(), null);
            if (await turns.SubmitAsync(run).ConfigureAwait(false) is { } problem)
                return (null, problem);
            isHandedOver = true;
        }
        finally
        {
            if (!isHandedOver)
                answers.Withdraw(run.RunId);
        }
        return await EndOfAsync(expected, left, stopping).ConfigureAwait(false);
    }

    /// <summary>Waits without giving the outcome up: others may wait for it, or will.</summary>
    private async Task<(RunResult? Result, string? Refusal)> EndOfAsync(Task<RunResult> expected, TimeSpan left, CancellationToken stopping)
    {
        try
        {
            return (await expected.WaitAsync(left, time, stopping).ConfigureAwait(false), null);
        }
        catch (TimeoutException)
        {
            return (null, "the run did not end within 2 hours");
        }
    }

    /// <summary>The text of the answer; of a run that another core did it is in what all cores know of it.</summary>
    private async Task<string> AnswerOfAsync(CronRun run, RunResult result, CancellationToken stopping)
    {
        if (result.Payloads.Count > 0)
            return LastOf(result.Payloads.Select(static payload => payload.Text));
        if (await book.FindOverAsync(IdempotencyKeys.Agent(run.RunId), stopping).ConfigureAwait(false) is not { Payload: { } payload })
            return "";
        return LastOf((JsonSerializer.Deserialize(payload, ProtocolJson.Context.AgentFinal)?.Result?.Payloads ?? []).Select(static each => each.Text));
    }

    /// <summary>Sends the answer where the job wants it, and tells the main session.</summary>
    private async Task<CronOutcome> TellAsync(CronRun run, CronOutcome outcome, string answer, CancellationToken stopping)
    {
        var job = run.Job;
        var summary = answer.Length <= MaxSummaryChars ? answer : answer[..(char.IsHighSurrogate(answer[MaxSummaryChars - 1]) ? MaxSummaryChars - 1 : MaxSummaryChars)] + "…";
        outcome = outcome with
        {
            Summary = summary.Length > 0 ? summary : null,
            SessionId = CronTurns.SessionIdOf(run),
            SessionKey = $"{turns.KeyOf(job).Value}:run:{CronTurns.SessionIdOf(run)}",
        };
        if (job.Delivery?.Text("mode") != "announce" || answer.Length == 0)
            return outcome;
        var hasNews = !SilentReply.IsSilent(answer) && answer.Trim() != "HEARTBEAT_OK";
        if (outcome.Status == "ok" && hasNews && await delivery.SendAsync(run, answer, stopping).ConfigureAwait(false) is { } problem)
        {
            LogNotDelivered(logger, job.Id, problem);
            if (job.Delivery.Flag("bestEffort") != true)
                outcome = outcome with { Status = "error", Error = problem };
        }
        if (!hasNews)
            return outcome;
        var told = new HookWake(outcome.Status == "error" ? $"Cron (error): {summary}" : $"Cron: {summary}", job.WakesNow);
        if (await hooks.AcceptAsync(told, run.RunId + "-told").ConfigureAwait(false) is { } notTold)
            LogNotTold(logger, job.Id, notTold);
        return outcome;
    }

    private static string LastOf(IEnumerable<string?> texts) => texts.LastOrDefault(static text => !string.IsNullOrWhiteSpace(text))?.Trim() ?? "";

    [LoggerMessage(1852, LogLevel.Error, "A run of cron job {JobId} failed.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string jobId);

    [LoggerMessage(1853, LogLevel.Warning, "The answer of cron job {JobId} was not sent: {Reason}")]
    private static partial void LogNotDelivered(ILogger logger, string jobId, string reason);

    [LoggerMessage(1854, LogLevel.Warning, "The answer of cron job {JobId} could not be told to the main session: {Reason}")]
    private static partial void LogNotTold(ILogger logger, string jobId, string reason);
}
