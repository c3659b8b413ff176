using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Cluster;
using OpenClaw.Gateway.Core.Http.Answers;
using OpenClaw.Gateway.Core.Ingress;

namespace OpenClaw.Gateway.Core.Http.Runs;

/// <summary>
/// Starts runs for callers that wait on their connection: these runs live as long as their caller does, and need no durable queue,
/// as who is cut off asks again.
/// </summary>
internal sealed class ApiRuns(SessionIntake intake, AgentRunner runner, ContextRoom room, SessionLeases leases, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>How often a session that another core works on is asked for: that core is nearly done, or the caller has to come again.</summary>
    private const int ClaimAttempts = 20;

    private const string BusAway = "What the cores share cannot be reached now, so that none can claim the session. Try again.";

    private static readonly TimeSpan ClaimPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Starts a run in its session, behind the runs that are there.</summary>
    public async Task<(ApiRun? Run, ApiError? Error)> StartAsync(ApiTurn turn, string runId, CancellationToken cancellationToken)
    {
        if (await intake.RefusalAsync(turn.Session, cancellationToken).ConfigureAwait(false) is { } refusal)
            return (null, new ApiError(StatusCodes.Status403Forbidden, "permission_error", refusal));
        var (hold, refused) = await ClaimAsync(turn.Session.Value, cancellationToken).ConfigureAwait(false);
        if (hold is null)
            return (null, ApiError.Unavailable(refused!));
        try
        {
            var started = await StartAsync(turn, runId, hold, cancellationToken).ConfigureAwait(false);
            if (started.Run is null)
                hold.Dispose();
            return started;
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    private async Task<(ApiRun? Run, ApiError? Error)> StartAsync(ApiTurn turn, string runId, SessionHold hold, CancellationToken cancellationToken)
    {
        var session = await intake.EnterAsync(turn.Session, conversational: false, cancellationToken: cancellationToken).ConfigureAwait(false);
        var model = SessionModel.ReferenceOf(session.Entry);
        if (room.Refusal(turn, session.Address.AgentId, model) is { } tooLong)
            return (null, tooLong);
        var feed = new RunFeed(time);
        var submission = runner.Submit(new RunRequest
        {
            RunId = runId,
            Session = session.Address,
            Message = turn.Conversation.CurrentText,
            Opening = turn.Conversation,
            Model = model,
            Thinking = turn.Thinking ?? Levels.ParseThinking(session.Entry.ThinkingLevel),
            Verbose = Levels.ParseVerbose(session.Entry.VerboseLevel),
            ExtraSystemPrompt = turn.ExtraSystemPrompt,
            Channel = "webchat",
            ClientTools = turn.Tools,
            Sampling = turn.Sampling,
            Observers = [feed],
        });
        if (submission is { Disposition: RunDisposition.Started, Run: { } run })
        {
            hold.KeepUntil(run.Completion);
            return (new ApiRun(run, feed, lifetime.ApplicationStopping), null);
        }
        feed.Dispose();
        return (null, ApiError.Unavailable("The gateway has too much to do. Try again."));
    }

    /// <summary>Among several cores one works on a session; the reason when another one does and goes on doing so, or when nobody can be asked.</summary>
    private async Task<(SessionHold? Hold, string? Refused)> ClaimAsync(string sessionKey, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            SessionClaim claim;
            try
            {
                claim = await leases.ClaimAsync(sessionKey, cancellationToken).ConfigureAwait(false);
            }
            catch (BusUnavailableException)
            {
                return (null, BusAway);
            }
            if (claim.Hold is { } hold)
                return (hold, null);
            if (attempt == ClaimAttempts)
                return (null, claim.CannotBeAsked ? BusAway : "The session is at work elsewhere. Try again.");
            await Task.Delay(ClaimPause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>A run and its caller. Disposing it ends the run, if that has not ended.</summary>
internal sealed class ApiRun : IDisposable
{
    private readonly AgentRun _run;
    private readonly RunFeed _feed;
    private readonly CancellationTokenRegistration _stopping;

    public ApiRun(AgentRun run, RunFeed feed, CancellationToken stopping)
    {
        _run = run;
        _feed = feed;
        // The server waits for its requests before anything else stops, so who waits for a run is told now.
        _stopping = stopping.UnsafeRegister(static state => ((AgentRun)state!).TryAbort(RunAbortReason.Shutdown), run);
    }

    public RunFeed Feed => _feed;

    /// <summary>How the run ended, with nothing of it at work any more.</summary>
    public Task<RunResult> Completion => _run.Completion;

    public void Dispose()
    {
        _stopping.Dispose();
        _run.TryAbort(RunAbortReason.Rpc);
        _feed.Dispose();
    }
}
