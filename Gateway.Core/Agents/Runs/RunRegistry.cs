namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>Which runs are active, and for a while how the finished ones ended.</summary>
internal sealed class RunRegistry(TimeProvider time)
{
    /// <summary>Accepted runs at once, waiting ones included; more are refused. Far above what lanes can work off.</summary>
    public const int MaxActive = 1000;

    /// <summary>How long <c>agent.wait</c> can still ask about a finished run, as in the peer.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    /// <summary>Bounds the memory of a busy day; the oldest are forgotten first.</summary>
    private const int MaxRemembered = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, AgentRun> _active = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FinishedRun> _finished = new(StringComparer.Ordinal);
    private readonly Queue<FinishedRun> _finishedInOrder = [];
    private readonly Dictionary<string, AwaitedRun> _awaited = new(StringComparer.Ordinal);

    public int ActiveCount
    {
        get
        {
            lock (_gate)
                return _active.Count;
        }
    }

    public AgentRun? Find(string runId)
    {
        lock (_gate)
            return _active.GetValueOrDefault(runId);
    }

    /// <summary>The session's active runs, oldest first; waiting ones included.</summary>
    public IReadOnlyList<AgentRun> ActiveIn(string sessionKey)
    {
        lock (_gate)
            return [.. _active.Values.Where(run => run.Session.SessionKey == sessionKey).OrderBy(static run => run.AcceptedAtMs)];
    }

    public IReadOnlyList<AgentRun> Active()
    {
        lock (_gate)
            return [.. _active.Values];
    }

    /// <summary>False when a run of that id is active, or too many are.</summary>
    public bool TryAdd(AgentRun run)
    {
        AwaitedRun? awaited;
        lock (_gate)
        {
            if (_active.Count >= MaxActive || !_active.TryAdd(run.RunId, run))
                return false;
            _awaited.Remove(run.RunId, out awaited);
        }
        awaited?.Arrival.TrySetResult(run);
        return true;
    }

    /// <summary>Moves the run from the active ones to the remembered ones.</summary>
    public void Finish(AgentRun run, RunResult result)
    {
        lock (_gate)
        {
            _active.Remove(run.RunId);
            var now = time.GetUtcNow();
            var finished = new FinishedRun(run.RunId, ToWait(result), now + Remembered);
            _finished[run.RunId] = finished;
            _finishedInOrder.Enqueue(finished);
            Forget(now);
        }
    }

    /// <summary>
    /// Waits until the run has ended, or <paramref name="timeout"/>; zero only looks. A run id nobody knows yet may still
    /// come, so it is waited for as well.
    /// </summary>
    public async Task<RunWaitResult> WaitAsync(string runId, TimeSpan timeout, CancellationToken cancellationToken)
    {
        AwaitedRun? awaited = null;
        Task<AgentRun> arrival;
        lock (_gate)
        {
            Forget(time.GetUtcNow());
            if (_active.TryGetValue(runId, out var run))
            {
                arrival = Task.FromResult(run);
            }
            else if (_finished.TryGetValue(runId, out var finished))
            {
                return finished.Result;
            }
            else if (timeout <= TimeSpan.Zero)
            {
                return new RunWaitResult(RunWaitStatus.Timeout);
            }
            else
            {
                if (!_awaited.TryGetValue(runId, out awaited))
                    _awaited[runId] = awaited = new AwaitedRun();
                awaited.Waiters++;
                arrival = awaited.Arrival.Task;
            }
        }
        try
        {
            var wait = timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero;
            return await WaitForEndAsync(arrival).WaitAsync(wait, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return new RunWaitResult(RunWaitStatus.Timeout);
        }
        finally
        {
            if (awaited is not null)
                StopAwaiting(runId, awaited);
        }
    }

    private static async Task<RunWaitResult> WaitForEndAsync(Task<AgentRun> arrival)
    {
        var run = await arrival.ConfigureAwait(false);
        return await run.Ended.ConfigureAwait(false) switch
        {
            RunFailed failed => new RunWaitResult(RunWaitStatus.Error, failed.StartedAtMs, failed.AtMs, failed.Error),
            var ended => new RunWaitResult(RunWaitStatus.Ok, run.StartedAtMs, ended.AtMs),
        };
    }

    private void StopAwaiting(string runId, AwaitedRun awaited)
    {
        lock (_gate)
        {
            if (--awaited.Waiters == 0 && _awaited.TryGetValue(runId, out var current) && ReferenceEquals(current, awaited))
                _awaited.Remove(runId);
        }
    }

    private static RunWaitResult ToWait(RunResult result) =>
        result.Status is RunStatus.ModelError or RunStatus.Failed
            ? new RunWaitResult(RunWaitStatus.Error, result.StartedAtMs, result.EndedAtMs, result.Error)
            : new RunWaitResult(RunWaitStatus.Ok, result.StartedAtMs, result.EndedAtMs);

    private void Forget(DateTimeOffset now)
    {
        while (_finishedInOrder.TryPeek(out var oldest) && (oldest.Until <= now || _finishedInOrder.Count > MaxRemembered))
        {
            _finishedInOrder.Dequeue();
            if (_finished.TryGetValue(oldest.RunId, out var current) && ReferenceEquals(current, oldest))
                _finished.Remove(oldest.RunId);
        }
    }

    /// <summary>A run id somebody waits for before the run was submitted.</summary>
    private sealed class AwaitedRun
    {
        public TaskCompletionSource<AgentRun> Arrival { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Waiters { get; set; }
    }

    private sealed record FinishedRun(string RunId, RunWaitResult Result, DateTimeOffset Until);
}
