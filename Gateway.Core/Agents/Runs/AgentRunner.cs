using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

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
    private volatile bool _stopping;

    /// <summary>Accepts a message. Returns at once; the run tells its observers how it goes.</summary>
    public RunSubmission Submit(RunRequest request)
    {
        if (_stopping)
            return new RunSubmission(RunDisposition.Rejected, null);
        return Start(request);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends all runs and waits until they have let go of their processes and files.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        var active = registry.Active();
        foreach (var run in active)
            run.TryAbort(RunAbortReason.Shutdown);
        await Task.WhenAll(active.Select(static run => run.Completion)).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private RunSubmission Start(RunRequest request)
    {
        var run = new AgentRun(request, _observers, time, fault => LogObserverFault(logger, request.RunId, fault));
        if (!registry.TryAdd(run))
        {
            return registry.Find(request.RunId) is { } active
                ? new RunSubmission(RunDisposition.Duplicate, active)
                : new RunSubmission(RunDisposition.Rejected, null);
        }
        // Task.Run: the caller is a request, and must not pay for what the run does before its first wait.
        run.Work = Task.Run(() => RunAsync(run), CancellationToken.None);
        return new RunSubmission(RunDisposition.Started, run);
    }

    private async Task RunAsync(AgentRun run)
    {
        IDisposable? place = null;
        RunResult result;
        try
        {
            place = await lanes.EnterAsync(run.Session.SessionKey, run.Request.Lane, run.Cancellation).ConfigureAwait(false);
            result = await turn.ExecuteAsync(run).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (run.AbortReason is not null)
        {
            result = Cut(run);
        }
        catch (Exception fault)
        {
            // The boundary of a run: whatever breaks inside ends it, and nothing else.
            LogRunFault(logger, run.RunId, fault);
            result = Broken(run, fault);
        }
        // The next run of the session may only start when this one's last event is out.
        await run.FinishAsync(result).ConfigureAwait(false);
        registry.Finish(run, result);
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
