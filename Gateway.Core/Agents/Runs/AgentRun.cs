namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>One accepted run: the handle its starter, its aborters and its observers share.</summary>
internal sealed class AgentRun : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource<RunResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<RunEvent> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RunEventHub _events;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private RunAbortReason? _abortReason;
    private Task _cancelling = Task.CompletedTask;
    private bool _disposed;
    private volatile bool _isOver;

    internal AgentRun(RunRequest request, IReadOnlyList<QueuedMessage> answers, IEnumerable<IRunObserver> observers, TimeProvider time, Action<Exception> onObserverFault)
    {
        Request = request;
        Answers = answers;
        _time = time;
        AcceptedAtMs = NowMs;
        _events = new RunEventHub(this, [.. observers, .. request.Observers], onObserverFault);
        Cancellation = _cancellation.Token;
    }

    public RunRequest Request { get; }

    public string RunId => Request.RunId;

    public SessionAddress Session => Request.Session;

    /// <summary>The session key that events carry.</summary>
    public string EventSessionKey => Request.EventSessionKey ?? Request.Session.SessionKey;

    public long AcceptedAtMs { get; }

    /// <summary>When the run left its queues; null while it waits.</summary>
    public long? StartedAtMs { get; private set; }

    public RunAbortReason? AbortReason
    {
        get
        {
            lock (_gate)
                return _abortReason;
        }
    }

    /// <summary>How the core that has the session now ended what this run was about; null as long as none told so. Under the registry's lock.</summary>
    public RunResult? EndElsewhere { get; set; }

    /// <summary>Completes when the run has let go of everything: process, file and lane. Never faults.</summary>
    public Task<RunResult> Completion => _completion.Task;

    /// <summary>Completes with the run's last event, which on an abort comes before <see cref="Completion"/>. Never faults.</summary>
    public Task<RunEvent> Ended => _ended.Task;

    /// <summary>True from before anybody sees the last event: who then sends the next message does not meet a busy session.</summary>
    public bool IsOver => _isOver;

    /// <summary>Cancelled by an abort.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The messages that had waited and that this run was started for.</summary>
    public IReadOnlyList<QueuedMessage> Answers { get; }

    /// <summary>
    /// Timestamps of the session's messages that somebody will still work on: one of them at the end of the history is no
    /// leftover, but was cut short by a crash.
    /// </summary>
    internal Func<IReadOnlyCollection<long>> ExpectedTimes { get; init; } = static () => [];

    /// <summary>Messages to put into the run while it works.</summary>
    public SteeringInbox Steering { get; } = new();

    /// <summary>The task that works on the run, held so that somebody owns it.</summary>
    internal Task? Work { get; set; }

    internal long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>
    /// Ends the run. Observers have seen its last event when this returns; its work unwinds afterwards. False if it was
    /// over already.
    /// </summary>
    public bool TryAbort(RunAbortReason reason)
    {
        lock (_gate)
        {
            if (_abortReason is not null || _disposed || _ended.Task.IsCompleted)
                return false;
            _abortReason = reason;
        }
        Publish(new RunEnded(NowMs, StartedAtMs, reason));
        lock (_gate)
            _cancelling = _cancellation.CancelAsync();
        return true;
    }

    internal void MarkStarted()
    {
        StartedAtMs = NowMs;
        Publish(new RunStarted(StartedAtMs.Value));
    }

    /// <summary>Hands an event to the observers. After the last event of a run all others are ignored.</summary>
    internal void Publish(RunEvent runEvent)
    {
        var isLast = runEvent is RunEnded or RunFailed;
        if (isLast)
            _isOver = true;
        if (_events.Publish(runEvent) && isLast)
            _ended.TrySetResult(runEvent);
    }

    internal async Task FinishAsync(RunResult result)
    {
        Publish(result.Status is RunStatus.ModelError or RunStatus.Failed
            ? new RunFailed(result.EndedAtMs, StartedAtMs, result.Error ?? "The run failed.")
            : new RunEnded(result.EndedAtMs, StartedAtMs, result.AbortReason));
        Task cancelling;
        lock (_gate)
            cancelling = _cancelling;
        await cancelling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _completion.TrySetResult(result);
    }

    /// <summary>Called by the run's owner when its task has ended.</summary>
    void IDisposable.Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            // A cancelled source holds nothing any more, and its cancellation may still be on its way.
            if (_abortReason is null)
                _cancellation.Dispose();
        }
    }
}
