using Microsoft.Extensions.Logging;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>What happens to messages for a session that is busy. Everything here runs under the runner's lock.</summary>
internal sealed partial class AgentRunner
{
    /// <summary>How long a queue waits when there is no room for its run.</summary>
    private static readonly TimeSpan NoRoomDelay = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, WaitingSession> _waiting = new(StringComparer.Ordinal);

    /// <summary>Messages that wait in a session's queue.</summary>
    public int QueueDepth(string sessionKey)
    {
        lock (_gate)
            return _waiting.TryGetValue(sessionKey, out var session) ? session.Queue.Count : 0;
    }

    /// <summary>
    /// Forgets messages of a session, or one of them, that no run has looked at yet. The ids of those that will not be
    /// answered now.
    /// </summary>
    public IReadOnlyList<string> ForgetWaiting(string sessionKey, string? runId, RunAbortReason reason)
    {
        lock (_gate)
        {
            var session = _waiting.GetValueOrDefault(sessionKey);
            var unwanted = registry.ActiveIn(sessionKey).SelectMany(static run => run.Steering.Waiting)
                .Concat(session?.Queue.Messages ?? [])
                .Where(message => !message.IsCopy && (runId is null || message.RunId == runId))
                .ToList();
            foreach (var message in unwanted)
            {
                session?.Queue.Remove(message);
                registry.Settle(message, Unanswered(RunStatus.Aborted, reason, null));
            }
            if (session?.Queue.IsEmpty == true)
                ForgetQueue(sessionKey, session, reason);
            return [.. unwanted.Select(static message => message.RunId)];
        }
    }

    private RunSubmission SubmitQueued(RunRequest request, QueueSettings settings)
    {
        var key = request.Session.SessionKey;
        if (registry.Find(request.RunId) is { } same)
            return new RunSubmission(RunDisposition.Duplicate, same, same.Completion);
        if (registry.FindAbsorbed(request.RunId) is { } known)
            return new RunSubmission(RunDisposition.Duplicate, null, known.Outcome);
        var active = registry.ActiveIn(key).Where(static run => !run.IsOver).ToList();
        if (active.Count == 0 && !_waiting.ContainsKey(key))
            return Start(request);
        var message = new QueuedMessage(request);
        switch (settings.Mode)
        {
            case QueueMode.Interrupt:
                // What waits was answered for, so it keeps its turn behind the new message.
                foreach (var run in active)
                    run.TryAbort(RunAbortReason.Interrupt);
                return Start(request);
            case QueueMode.Steer when Steer(WithoutOvertaking(key, active), message) is { } run:
                return Absorb(RunDisposition.Steered, message, run);
            case QueueMode.SteerBacklog:
                var free = WithoutOvertaking(key, active);
                var backlog = new QueuedMessage(request with { Repeats = true });
                if (!Enqueue(backlog))
                    return Steer(free, message) is { } only ? Absorb(RunDisposition.Steered, message, only) : Dropped();
                backlog.ToldTo = Steer(free, new QueuedMessage(request) { IsCopy = true });
                return Absorb(backlog.ToldTo is null ? RunDisposition.Queued : RunDisposition.Steered, backlog, backlog.ToldTo);
            default:
                return Enqueue(message) ? Absorb(RunDisposition.Queued, message, null) : Dropped();
        }
    }

    private static RunSubmission Dropped() => new(RunDisposition.Dropped, null, null);

    private static AgentRun? Steer(IReadOnlyList<AgentRun> active, QueuedMessage message) =>
        active.FirstOrDefault(run => run.Steering.TryAdd(message));

    /// <summary>
    /// The runs that can be told something new. Messages that wait because no run listened when they came are told first;
    /// when one of them has to go on waiting, the new one does too.
    /// </summary>
    private IReadOnlyList<AgentRun> WithoutOvertaking(string key, IReadOnlyList<AgentRun> active)
    {
        if (!_waiting.TryGetValue(key, out var session))
            return active;
        foreach (var earlier in session.Queue.Messages.ToList())
        {
            if (earlier.ToldTo is { } run && active.Contains(run))
                continue;
            switch (earlier.Request.Queue?.Mode)
            {
                case QueueMode.Steer when Steer(active, earlier) is not null:
                    session.Queue.Remove(earlier);
                    break;
                case QueueMode.SteerBacklog when Steer(active, new QueuedMessage(earlier.Request with { Repeats = false }) { IsCopy = true }) is { } told:
                    earlier.ToldTo = told;
                    break;
                default:
                    return [];
            }
        }
        return active;
    }

    private RunSubmission Absorb(RunDisposition disposition, QueuedMessage message, AgentRun? run)
    {
        registry.Absorb(message);
        return new RunSubmission(disposition, run, message.Outcome);
    }

    private bool Enqueue(QueuedMessage message)
    {
        var key = message.Request.Session.SessionKey;
        var admission = WaitingIn(key).Queue.Add(message, time.GetUtcNow());
        if (admission.GaveWay is { } lost)
        {
            LogGaveWay(logger, lost.RunId);
            registry.Settle(lost, Unanswered(RunStatus.Failed, null, "The session's queue was full, and newer messages took its place.") with { GaveWay = true });
        }
        return admission.Taken;
    }

    private void OnRunFinished(AgentRun run, RunResult result, IReadOnlyList<QueuedMessage> untaken)
    {
        foreach (var answered in run.Answers.Concat(run.Steering.Taken))
            registry.Settle(answered, result);
        var key = run.Session.SessionKey;
        // Put into a run that ended before it looked: nobody has answered them.
        var left = untaken.Where(static message => !message.IsCopy && !message.IsSettled).ToList();
        if (_stopping || run.AbortReason is RunAbortReason.Overtaken)
        {
            foreach (var message in left)
                registry.Settle(message, Unanswered(RunStatus.Aborted, _stopping ? RunAbortReason.Shutdown : RunAbortReason.Overtaken, null));
            return;
        }
        if (left.Count > 0)
            WaitingIn(key).Queue.Return(left);
        if (_waiting.TryGetValue(key, out var session) && registry.ActiveIn(key).Count == 0)
            DrainWhenQuiet(key, session);
    }

    private void DrainWhenQuiet(string key, WaitingSession session)
    {
        if (session.Queue.IsEmpty)
        {
            ForgetQueue(key, session, RunAbortReason.Stop);
            return;
        }
        var wait = session.Queue.ReadyAt - time.GetUtcNow();
        if (wait <= TimeSpan.Zero && !registry.IsFull)
        {
            Drain(key, session);
            return;
        }
        session.Timer?.Dispose();
        session.Timer = time.CreateTimer(_ => OnQuiet(key, session), null, wait > TimeSpan.Zero ? wait : NoRoomDelay, Timeout.InfiniteTimeSpan);
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
            Start(next.Request, next.Answers);
        if (session.Queue.IsEmpty)
            ForgetQueue(key, session, RunAbortReason.Stop);
    }

    private WaitingSession WaitingIn(string key)
    {
        if (!_waiting.TryGetValue(key, out var session))
            _waiting[key] = session = new WaitingSession();
        return session;
    }

    /// <summary>Whatever is left of the queue gets its outcome.</summary>
    private void ForgetQueue(string key, WaitingSession session, RunAbortReason reason)
    {
        _waiting.Remove(key);
        session.Timer?.Dispose();
        foreach (var message in session.Queue.Messages)
            registry.Settle(message, Unanswered(RunStatus.Aborted, reason, null));
    }

    private void ForgetAllQueues()
    {
        foreach (var (key, session) in _waiting.ToList())
            ForgetQueue(key, session, RunAbortReason.Shutdown);
    }

    private RunResult Unanswered(RunStatus status, RunAbortReason? reason, string? error) =>
        new() { Status = status, AbortReason = reason, Error = error, EndedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds() };

    [LoggerMessage(EventId = 4006, Level = LogLevel.Warning, Message = "Message {RunId} gave way in its session's full queue and will not be answered")]
    private static partial void LogGaveWay(ILogger logger, string runId);

    private sealed class WaitingSession
    {
        public SessionQueue Queue { get; } = new();

        public ITimer? Timer { get; set; }
    }
}
