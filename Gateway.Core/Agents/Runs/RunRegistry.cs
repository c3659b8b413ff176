namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>
/// Which runs are active, which messages wait or were taken in by the run of another, and for a while how all of these ended.
/// </summary>
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
    private readonly Dictionary<string, QueuedMessage> _absorbed = new(StringComparer.Ordinal);
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

    public bool IsFull => ActiveCount >= MaxActive;

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
        awaited?.Arrival.TrySetResult(WaitForEndAsync(run));
        return true;
    }

    /// <summary>The message that has no run of its own, as long as it has no outcome.</summary>
    public QueuedMessage? FindAbsorbed(string runId)
    {
        lock (_gate)
            return _absorbed.GetValueOrDefault(runId);
    }

    /// <summary>Takes note of a message without a run of its own: who waits for its id gets the message's outcome.</summary>
    public void Absorb(QueuedMessage message)
    {
        AwaitedRun? awaited;
        lock (_gate)
        {
            _absorbed[message.RunId] = message;
            _awaited.Remove(message.RunId, out awaited);
        }
        awaited?.Arrival.TrySetResult(WaitForEndAsync(message));
    }

    /// <summary>Gives an absorbed message its outcome; the first one holds.</summary>
    public void Settle(QueuedMessage message, RunResult result)
    {
        lock (_gate)
        {
            if (!message.TrySettle(result))
                return;
            if (_absorbed.TryGetValue(message.RunId, out var known) && ReferenceEquals(known, message))
            {
                _absorbed.Remove(message.RunId);
                Remember(message.RunId, result);
            }
        }
    }

    /// <summary>The run, or the message without one, has an outcome, and nobody cut it short.</summary>
    public bool EndedByItself(string runId)
    {
        lock (_gate)
            return !_active.ContainsKey(runId) && _finished.TryGetValue(runId, out var finished) && !finished.Aborted;
    }

    /// <summary>Moves the run from the active ones to the remembered ones.</summary>
    public void Finish(AgentRun run, RunResult result)
    {
        lock (_gate)
        {
            _active.Remove(run.RunId);
            Remember(run.RunId, result);
        }
    }

    /// <summary>Notes the outcome of a message that never became a run, for those who wait for its id.</summary>
    public void Conclude(string runId, RunResult result)
    {
        AwaitedRun? awaited;
        lock (_gate)
        {
            if (_active.ContainsKey(runId) || _finished.ContainsKey(runId))
                return;
            Remember(runId, result);
            _awaited.Remove(runId, out awaited);
        }
        awaited?.Arrival.TrySetResult(Task.FromResult(ToWait(result)));
    }

    /// <summary>
    /// Waits until the run has ended, or <paramref name="timeout"/>; zero only looks. A run id nobody knows yet may still
    /// come, so it is waited for as well.
    /// </summary>
    public async Task<RunWaitResult> WaitAsync(string runId, TimeSpan timeout, CancellationToken cancellationToken)
    {
        AwaitedRun? awaited = null;
        Task<Task<RunWaitResult>> arrival;
        lock (_gate)
        {
            Forget(time.GetUtcNow());
            if (_active.TryGetValue(runId, out var run))
            {
                arrival = Task.FromResult(WaitForEndAsync(run));
            }
            else if (_absorbed.TryGetValue(runId, out var message))
            {
                arrival = Task.FromResult(WaitForEndAsync(message));
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
            return await arrival.Unwrap().WaitAsync(wait, time, cancellationToken).ConfigureAwait(false);
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

    private static async Task<RunWaitResult> WaitForEndAsync(QueuedMessage message) => ToWait(await message.Outcome.ConfigureAwait(false));

    private static async Task<RunWaitResult> WaitForEndAsync(AgentRun run)
    {
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

    private void Remember(string runId, RunResult result)
    {
        var now = time.GetUtcNow();
        var finished = new FinishedRun(runId, ToWait(result), result.Aborted, now + Remembered);
        _finished[runId] = finished;
        _finishedInOrder.Enqueue(finished);
        Forget(now);
    }

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
        public TaskCompletionSource<Task<RunWaitResult>> Arrival { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Waiters { get; set; }
    }

    private sealed record FinishedRun(string RunId, RunWaitResult Result, bool Aborted, DateTimeOffset Until);
}
