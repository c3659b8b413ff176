namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>
/// Which runs are active, which messages wait or were taken in by the run of another, and for a while how all of these ended.
/// </summary>
internal sealed partial class RunRegistry(TimeProvider time)
{
    /// <summary>Accepted runs at once, waiting ones included; more are refused. Far above what lanes can work off.</summary>
    public const int MaxActive = 1000;

    /// <summary>How long <c>agent.wait</c> can still ask about a finished run, as in the peer.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    /// <summary>Bounds the memory of a busy day; the oldest are forgotten first.</summary>
    private const int MaxRemembered = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, AgentRun> _active = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<AgentRun>> _activeBySession = new(StringComparer.Ordinal);
    private readonly Dictionary<string, QueuedMessage> _absorbed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FinishedRun> _finished = new(StringComparer.Ordinal);
    private readonly Queue<FinishedRun> _finishedInOrder = [];

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
            return _activeBySession.TryGetValue(sessionKey, out var runs) ? [.. runs.OrderBy(static run => run.AcceptedAtMs)] : [];
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
            if (!_activeBySession.TryGetValue(run.Session.SessionKey, out var runs))
                _activeBySession[run.Session.SessionKey] = runs = [];
            runs.Add(run);
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

    /// <summary>True for a run that works or waits, a message that was taken in, and one that is over.</summary>
    public bool Knows(string runId)
    {
        lock (_gate)
            return _active.ContainsKey(runId) || _absorbed.ContainsKey(runId) || _finished.ContainsKey(runId);
    }

    /// <summary>True for a run or message whose end is known, and which is not active.</summary>
    public bool IsOver(string runId)
    {
        lock (_gate)
            return !_active.ContainsKey(runId) && !_absorbed.ContainsKey(runId) && _finished.ContainsKey(runId);
    }

    /// <summary>The messages of a session that were taken in without a run of their own.</summary>
    public IReadOnlyList<string> AbsorbedIn(string sessionKey)
    {
        lock (_gate)
            return [.. _absorbed.Values.Where(message => message.Request.Session.SessionKey == sessionKey).Select(static message => message.RunId)];
    }

    /// <summary>Moves the run from the active ones to the remembered ones.</summary>
    public void Finish(AgentRun run, RunResult result)
    {
        AwaitedRun? awaited = null;
        lock (_gate)
        {
            Remove(run);
            // The core that has its session now was faster with the end than this one with giving up.
            if (result.AbortReason is RunAbortReason.Overtaken && run.EndElsewhere is { } end)
            {
                result = end;
                _awaited.Remove(run.RunId, out awaited);
            }
            Remember(run.RunId, result);
        }
        awaited?.Arrival.TrySetResult(Task.FromResult(ToWait(result)));
    }

    /// <summary>Notes the outcome of a message that never became a run here, or that another core answered, for those who wait for its id.</summary>
    public void Conclude(string runId, RunResult result)
    {
        AwaitedRun? awaited;
        lock (_gate)
        {
            if (_active.TryGetValue(runId, out var run))
                run.EndElsewhere = result;
            if (run is not null || _finished.ContainsKey(runId))
                return;
            Remember(runId, result);
            _awaited.Remove(runId, out awaited);
        }
        awaited?.Arrival.TrySetResult(Task.FromResult(ToWait(result)));
    }

    private void Remove(AgentRun run)
    {
        if (!_active.Remove(run.RunId, out var known) || !_activeBySession.TryGetValue(known.Session.SessionKey, out var runs))
            return;
        runs.Remove(known);
        if (runs.Count == 0)
            _activeBySession.Remove(known.Session.SessionKey);
    }

    private static RunWaitResult ToWait(RunResult result) =>
        result.AbortReason is RunAbortReason.Overtaken ? new RunWaitResult(RunWaitStatus.Overtaken)
        : result.Status is RunStatus.ModelError or RunStatus.Failed ? new RunWaitResult(RunWaitStatus.Error, result.StartedAtMs, result.EndedAtMs, result.Error)
        : new RunWaitResult(RunWaitStatus.Ok, result.StartedAtMs, result.EndedAtMs);

    private void Remember(string runId, RunResult result)
    {
        // It goes on elsewhere, and its end will be told from there.
        if (result.AbortReason is RunAbortReason.Overtaken)
            return;
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

    private sealed record FinishedRun(string RunId, RunWaitResult Result, bool Aborted, DateTimeOffset Until);
}
