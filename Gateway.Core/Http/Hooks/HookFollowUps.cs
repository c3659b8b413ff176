using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Http.Runs;
using OpenClaw.Gateway.Core.Ingress;

namespace OpenClaw.Gateway.Core.Http.Hooks;

/// <summary>Tells the main session what came of the runs of hooks, and has it look at once where the hook asked for that.</summary>
internal sealed partial class HookFollowUps(HookRunWatch watch, HookIntake intake, ILogger<HookFollowUps> logger) : BackgroundService
{
    /// <summary>Longest part of an answer that the main session is told, in characters.</summary>
    private const int MaxSummaryChars = 2000;

    /// <summary>As in the original; no channel is part of this gateway yet, so nothing can be delivered.</summary>
    private const string NoTarget = "cron delivery target is missing";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var following = new List<Task>();
        try
        {
            await foreach (var run in watch.Begun.ReadAllAsync(stoppingToken).ConfigureAwait(false))
            {
                following.RemoveAll(static task => task.IsCompleted);
                following.Add(FollowAsync(run, run.Request.Hook!));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Runs that a stop cuts short come again after it.
        }
        await Task.WhenAll(following).ConfigureAwait(false);
    }

    private async Task FollowAsync(AgentRun run, AcceptedHook hook)
    {
        var result = await run.Completion.ConfigureAwait(false);
        if (result.AbortReason is RunAbortReason.Shutdown or RunAbortReason.Overtaken)
            return;
        var summary = RunFailures.TextOf(result);
        var error = result.Status is RunStatus.Ok ? (hook.Deliver ? NoTarget : null) : result.Error ?? "the run was stopped";
        if (error is null && summary.Length == 0)
            return;
        if (summary.Length > MaxSummaryChars)
            summary = summary[..MaxSummaryChars];
        // The run has read what came from outside: its answer is no more to be trusted than that.
        if (hook.Title is not null)
            summary = $"{hook.Title}: {summary}";
        if (summary.Length > 0 && !hook.IsTrusted)
            summary = HookPrompt.Marked(summary);
        var text = error is null ? $"Hook {hook.Name}: {summary}" : $"Hook {hook.Name} (error): {error} {summary}".TrimEnd();
        try
        {
            var wake = new HookWake(text, hook.WakesNow);
            if (await intake.AcceptAsync(wake, $"{run.RunId}-told").ConfigureAwait(false) is { } problem)
                LogNotTold(logger, run.RunId, problem);
        }
        catch (Exception fault)
        {
            // One outcome that cannot be told must not keep the others from being told, nor be lost without a word.
            LogNotTold(logger, run.RunId, fault.Message);
        }
    }

    [LoggerMessage(1803, LogLevel.Warning, "The outcome of hook run {RunId} could not be told to the main session: {Reason}")]
    private static partial void LogNotTold(ILogger logger, string runId, string reason);
}
