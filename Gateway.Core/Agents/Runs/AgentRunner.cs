using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Dispatch;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>
/// Takes messages in and gives each a run. It owns every run's task: none is lost, and none outlives the gateway. A run
/// that throws fails alone.
/// </summary>
internal sealed partial class AgentRunner(
    IAgentTurn turn,
    RunRegistry registry,
    SessionLanes lanes,
    IEnumerable<IRunObserver> observers,
    TimeProvider time,
    ILogger<AgentRunner> logger) : IHostedService
{
    private readonly IRunObserver[] _observers = [.. observers];
    private readonly Lock _gate = new();
    private bool _stopping;

    /// <summary>
    /// Accepts a message. Returns at once; the run tells its observers how it goes. A message that only joins a queue is
    /// answered later by a run with an id of its own.
    /// </summary>
    public RunSubmission Submit(RunRequest request)
    {
        lock (_gate)
        {
            if (_stopping)
                return new RunSubmission(RunDisposition.Rejected, null, null);
            return request.Queue is { } settings ? SubmitQueued(request, settings) : Start(request);
        }
    }

    /// <summary>Ends one run, if it belongs to that session; null asks no session.</summary>
    public RunAbortOutcome Abort(string runId, string? sessionKey, RunAbortReason reason)
    {
        if (registry.Find(runId) is not { } run)
            return RunAbortOutcome.NotFound;
        if (sessionKey is not null && run.Session.SessionKey != sessionKey)
            return RunAbortOutcome.OtherSession;
        return run.TryAbort(reason) ? RunAbortOutcome.Aborted : RunAbortOutcome.NotFound;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends all runs and waits until they have let go of their processes and files.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<AgentRun> active;
        lock (_gate)
        {
            _stopping = true;
            ForgetAllQueues();
            active = registry.Active();
        }
        foreach (var run in active)
            run.TryAbort(RunAbortReason.Shutdown);
        await Task.WhenAll(active.Select(static run => run.Completion)).WaitAsync(cancellationToken).ConfigureAwait(false);
        // An outcome is told before the run leaves the registry.
        await Task.WhenAll(active.Select(static run => run.Work).OfType<Task>()).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends what goes on in a session that another process of the gateway has now; the messages are that one's.</summary>
    public void GiveUp(string sessionKey)
    {
        IReadOnlyList<AgentRun> active;
        lock (_gate)
        {
            if (_waiting.TryGetValue(sessionKey, out var session))
                ForgetQueue(sessionKey, session, RunAbortReason.Overtaken);
            active = registry.ActiveIn(sessionKey);
        }
        foreach (var run in active)
            run.TryAbort(RunAbortReason.Overtaken);
    }

    private RunSubmission Start(RunRequest request, IReadOnlyList<QueuedMessage>? answers = null)
    {
        var run = new AgentRun(request, answers ?? [], _observers, time, fault => LogObserverFault(logger, request.RunId, fault))
        {
            ExpectedTimes = () => ExpectedTimes(request.Session.SessionKey),
        };
        if (!registry.TryAdd(run))
        {
            return registry.Find(request.RunId) is { } active
                ? new RunSubmission(RunDisposition.Duplicate, active, active.Completion)
                : new RunSubmission(RunDisposition.Rejected, null, null);
        }
        // Task.Run: the caller is a request, and must not pay for what the run does before its first wait.
        run.Work = Task.Run(() => RunAsync(run), CancellationToken.None);
        return new RunSubmission(RunDisposition.Started, run, run.Completion);
    }

    private IReadOnlyCollection<long> ExpectedTimes(string sessionKey)
    {
        lock (_gate)
        {
            var waiting = _waiting.GetValueOrDefault(sessionKey)?.Queue.Messages.Select(static message => message.Request) ?? [];
            return [.. registry.ActiveIn(sessionKey).Select(static run => run.Request).Concat(waiting).Select(static request => request.AcceptedAtMs).OfType<long>()];
        }
    }

    private async Task RunAsync(AgentRun run)
    {
        IRunPlace? place = null;
        RunResult result;
        try
        {
            place = await lanes.EnterAsync(run.Session.SessionKey, run.Request.Lane, run.Cancellation).ConfigureAwait(false);
            using var activity = CoreActivities.Source.StartActivity("agent.run");
            result = await turn.ExecuteAsync(run).ConfigureAwait(false);
            // Where many sessions share a file, its write takes long: nobody has to wait for it who wants to work.
            place.LeaveLane();
            await turn.RecordAsync(run, result).ConfigureAwait(false);
            activity?.SetTag("openclaw.run.status", result.Status.ToString());
        }
        catch (OperationCanceledException) when (run.AbortReason is not null)
        {
            result = Cut(run);
        }
        catch (SessionLostException) when (run.AbortReason is not null || run.TryAbort(RunAbortReason.Overtaken))
        {
            result = Cut(run);
        }
        catch (Exception fault)
        {
            // The boundary of a run: whatever breaks inside ends it, and nothing else.
            LogRunFault(logger, run.RunId, fault);
            result = Broken(run, fault);
        }
        var untaken = run.Steering.Close();
        // The next run of the session may only start when this one's last event is out.
        await run.FinishAsync(result).ConfigureAwait(false);
        lock (_gate)
        {
            registry.Finish(run, result);
            OnRunFinished(run, result, untaken);
        }
        place?.Dispose();
        ((IDisposable)run).Dispose();
    }

    private static RunResult Broken(AgentRun run, Exception fault) => new()
    {
        Status = RunStatus.Failed,
        Error = fault is IOException ? fault.Message : $"The run failed: {fault.Message}",
        StartedAtMs = run.StartedAtMs,
        EndedAtMs = run.NowMs,
    };

    private static RunResult Cut(AgentRun run) => new()
    {
        Status = RunStatus.Aborted,
        AbortReason = run.AbortReason,
        StartedAtMs = run.StartedAtMs,
        EndedAtMs = run.NowMs,
    };

    [LoggerMessage(EventId = 4001, Level = LogLevel.Error, Message = "Run {RunId} failed")]
    private static partial void LogRunFault(ILogger logger, string runId, Exception fault);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Error, Message = "An observer of run {RunId} threw")]
    private static partial void LogObserverFault(ILogger logger, string runId, Exception fault);
}

/// <summary>What came of the wish to end a run.</summary>
internal enum RunAbortOutcome
{
    Aborted,

    /// <summary>No such run is active.</summary>
    NotFound,

    /// <summary>The run belongs to another session than the caller said.</summary>
    OtherSession,
}
