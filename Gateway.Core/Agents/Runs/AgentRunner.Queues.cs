namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>What happens to messages for a session that is busy. Everything here runs under the runner's lock.</summary>
internal sealed partial class AgentRunner
{
    private readonly Dictionary<string, WaitingSession> _waiting = new(StringComparer.Ordinal);

    /// <summary>Messages that wait in a session's queue.</summary>
    public int QueueDepth(string sessionKey)
    {
        lock (_gate)
            return _waiting.TryGetValue(sessionKey, out var session) ? session.Queue.Count : 0;
    }

    private RunSubmission SubmitQueued(RunRequest request, QueueSettings settings)
    {
        var key = request.Session.SessionKey;
        var active = registry.ActiveIn(key);
        if (active.FirstOrDefault(run => run.RunId == request.RunId) is { } same)
            return new RunSubmission(RunDisposition.Duplicate, same);
        if (active.Count == 0 && !_waiting.ContainsKey(key))
            return Start(request);
        switch (settings.Mode)
        {
            case QueueMode.Interrupt:
                ForgetQueue(key);
                foreach (var run in active)
                    run.TryAbort(RunAbortReason.Interrupt);
                return Start(request);
            case QueueMode.Steer when active.FirstOrDefault(run => run.Steering.TryAdd(request)) is { } steered:
                return new RunSubmission(RunDisposition.Steered, steered);
            case QueueMode.SteerBacklog when active.FirstOrDefault(run => run.Steering.TryAdd(request)) is { } steered:
                Enqueue(request);
                return new RunSubmission(RunDisposition.Steered, steered);
            default:
                return new RunSubmission(Enqueue(request) ? RunDisposition.Queued : RunDisposition.Dropped, null);
        }
    }

    private bool Enqueue(RunRequest request)
    {
        var key = request.Session.SessionKey;
        if (!_waiting.TryGetValue(key, out var session))
            _waiting[key] = session = new WaitingSession();
        return session.Queue.TryAdd(request, time.GetUtcNow());
    }

    private void OnRunFinished(AgentRun run, IReadOnlyList<RunRequest> untaken)
    {
        var key = run.Session.SessionKey;
        // Put into a run that ended before it looked: nobody has answered them. Who stopped the session wanted that.
        if (untaken.Count > 0 && run.AbortReason is null or RunAbortReason.Timeout && !_stopping)
        {
            if (!_waiting.TryGetValue(key, out var waiting))
                _waiting[key] = waiting = new WaitingSession();
            waiting.Queue.Return(untaken);
        }
        if (_waiting.TryGetValue(key, out var session) && registry.ActiveIn(key).Count == 0)
            DrainWhenQuiet(key, session);
    }

    private void DrainWhenQuiet(string key, WaitingSession session)
    {
        if (session.Queue.IsEmpty)
        {
            ForgetQueue(key);
            return;
        }
        var wait = session.Queue.ReadyAt - time.GetUtcNow();
        if (wait <= TimeSpan.Zero)
        {
            Drain(key, session);
            return;
        }
        session.Timer?.Dispose();
        session.Timer = time.CreateTimer(_ => OnQuiet(key, session), null, wait, Timeout.InfiniteTimeSpan);
    }

    private void OnQuiet(string key, WaitingSession session)
    {
        lock (_gate)
        {
            // Another message may have come, or somebody may have emptied the queue, since the timer was set.
            if (!_stopping && _waiting.TryGetValue(key, out var current) && ReferenceEquals(current, session) && registry.ActiveIn(key).Count == 0)
                DrainWhenQuiet(key, session);
        }
    }

    private void Drain(string key, WaitingSession session)
    {
        if (session.Queue.Take(Guid.NewGuid().ToString()) is { } next)
            Start(next);
        if (session.Queue.IsEmpty)
            ForgetQueue(key);
    }

    private void ForgetQueue(string key)
    {
        if (_waiting.Remove(key, out var session))
            session.Timer?.Dispose();
    }

    private void ForgetAllQueues()
    {
        foreach (var session in _waiting.Values)
            session.Timer?.Dispose();
        _waiting.Clear();
    }

    private sealed class WaitingSession
    {
        public SessionQueue Queue { get; } = new();

        public ITimer? Timer { get; set; }
    }
}
