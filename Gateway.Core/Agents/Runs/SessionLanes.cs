using OpenClaw.Gateway.Core.Agents.Options;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>
/// Orders runs: one at a time in a session, in the order they came, then as many at once as the global lane allows.
/// The session's lane is identified by the canonical session key.
/// </summary>
internal sealed class SessionLanes(IAgentConfiguration configuration)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SessionLane> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FifoGate> _lanes = new(StringComparer.Ordinal);

    /// <summary>Nobody works or waits in <paramref name="lane"/>.</summary>
    public bool IsIdle(string lane)
    {
        lock (_gate)
            return !_lanes.TryGetValue(lane, out var gate) || gate.IsIdle;
    }

    /// <summary>Waits for the session and then for the lane. Dispose the result to let the next one in.</summary>
    public async Task<IRunPlace> EnterAsync(string sessionKey, string lane, CancellationToken cancellationToken)
    {
        var session = Rent(sessionKey);
        try
        {
            await session.Gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Return(sessionKey, session);
            throw;
        }
        var gate = LaneGate(lane);
        try
        {
            await gate.EnterAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            session.Gate.Exit();
            Return(sessionKey, session);
            throw;
        }
        return new Place(this, sessionKey, session, gate);
    }

    private SessionLane Rent(string sessionKey)
    {
        lock (_gate)
        {
            if (!_sessions.TryGetValue(sessionKey, out var session))
                _sessions[sessionKey] = session = new SessionLane();
            session.Users++;
            return session;
        }
    }

    private void Return(string sessionKey, SessionLane session)
    {
        lock (_gate)
        {
            // A lane lives as long as somebody uses it: sessions come and go, memory must not follow them.
            if (--session.Users == 0)
                _sessions.Remove(sessionKey);
        }
    }

    private FifoGate LaneGate(string lane)
    {
        lock (_gate)
        {
            if (!_lanes.TryGetValue(lane, out var gate))
                _lanes[lane] = gate = new FifoGate(() => LaneOptions.From(configuration.Root).For(lane));
            return gate;
        }
    }

    private sealed class SessionLane
    {
        public FifoGate Gate { get; } = new(static () => 1);

        public int Users { get; set; }
    }

    private sealed class Place(SessionLanes owner, string sessionKey, SessionLane session, FifoGate lane) : IRunPlace
    {
        private int _left;
        private int _disposed;

        public void LeaveLane()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                lane.Exit();
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) != 0)
                return;
            LeaveLane();
            session.Gate.Exit();
            owner.Return(sessionKey, session);
        }
    }
}

/// <summary>A run's place in its session and in its lane; disposing gives both back.</summary>
internal interface IRunPlace : IDisposable
{
    /// <summary>Gives the lane back alone: the run works no more, and only notes how it ended.</summary>
    void LeaveLane();
}
