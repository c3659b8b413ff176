using OpenClaw.Gateway.Core.Connections;

namespace OpenClaw.Gateway.Core.Nodes;

/// <summary>
/// One node's pings: waits for the interval, pings, waits for the answer. The time for it begins when the network has taken the ping, is
/// longer for a node that is far away or was just sent much, and anything that comes counts as an answer.
/// </summary>
internal sealed class NodeBeat(GatewayConnection connection, TimeProvider time, Action dead) : IDisposable
{
    /// <summary>Bytes a second of the slowest link that a node may have: what was sent to it is on its way for that long.</summary>
    private const double SlowestLink = 64 * 1024;

    /// <summary>Bytes that do not count for that: what one ping's patience has room for.</summary>
    private const long Flight = 16 * 1024;

    /// <summary>A timer that fires later than this tells that this program was stopped for a while, not the node.</summary>
    private static readonly TimeSpan Stall = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly RoundTrip _roundTrip = new();
    private ITimer? _timer;
    private TimeSpan _due;
    private long _armedAt;
    private long _sentAtPing;
    private long _sentWhenHeard;
    private long _pingedAt;
    private int _ping;
    private int _waiting;
    private bool _isUnanswered;
    private bool _isWritten;
    private bool _ended;

    /// <summary>Whether the last ping has no answer yet.</summary>
    public bool IsUnanswered
    {
        get
        {
            lock (_gate)
                return _isUnanswered;
        }
    }

    public void Start()
    {
        lock (_gate)
        {
            if (_ended)
                return;
            _timer = time.CreateTimer(static beat => ((NodeBeat)beat!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            // The first one tells how far away the node is.
            Ping();
        }
    }

    /// <summary>Pings now, unless a ping is unanswered already.</summary>
    public void Check()
    {
        lock (_gate)
        {
            if (!_isUnanswered)
                Ping();
        }
    }

    /// <summary>Somebody waits for the node until this is disposed.</summary>
    public IDisposable Await()
    {
        lock (_gate)
        {
            // What came before says nothing about now. A ping that is under way counts from its own time, or calls could put the end off.
            if (++_waiting == 1)
                Hurry();
        }
        return new Waiter(this);
    }

    /// <summary>Something came from the node.</summary>
    public void Heard()
    {
        lock (_gate)
        {
            _sentWhenHeard = connection.Sent;
            if (!_isUnanswered || _ended)
                return;
            _isUnanswered = false;
            if (_isWritten)
                _roundTrip.Add(time.GetElapsedTime(_pingedAt));
            Arm(_waiting > 0 ? NodePulse.BusyInterval : NodePulse.Interval);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            _timer?.Dispose();
        }
    }

    private void Due()
    {
        lock (_gate)
        {
            if (_ended)
                return;
            var late = time.GetElapsedTime(_armedAt) - _due;
            // Timers may fire a little early, and this one may have been set anew while the call was under way.
            if (late < TimeSpan.Zero)
            {
                _timer!.Change(-late, Timeout.InfiniteTimeSpan);
                return;
            }
            if (!_isUnanswered)
            {
                Ping();
                return;
            }
            // A node that still takes bytes lives, however many are before the ping.
            var takes = !_isWritten && connection.Sent != _sentAtPing;
            if (takes || late > Stall)
            {
                _sentAtPing = connection.Sent;
                Arm(_due);
                return;
            }
            var left = Allowed() - time.GetElapsedTime(_pingedAt);
            if (left > TimeSpan.Zero)
            {
                Arm(left);
                return;
            }
            _ended = true;
        }
        dead();
    }

    private void Ping()
    {
        if (_ended || _timer is null)
            return;
        (_isUnanswered, _isWritten, _sentAtPing, _pingedAt) = (true, false, connection.Sent, time.GetTimestamp());
        Arm(NodePulse.Patience);
        var ping = ++_ping;
        connection.Ping(() => Written(ping));
    }

    private void Hurry()
    {
        if (!_isUnanswered)
        {
            Ping();
            return;
        }
        var left = Allowed() - time.GetElapsedTime(_pingedAt);
        if (!_ended && _timer is not null)
            Arm(left > Soon ? left : Soon);
    }

    private void Written(int ping)
    {
        lock (_gate)
        {
            if (_ended || ping != _ping || !_isUnanswered)
                return;
            (_isWritten, _pingedAt) = (true, time.GetTimestamp());
            Arm(Allowed());
        }
    }

    /// <summary>How long the answer to the ping may take.</summary>
    private TimeSpan Allowed()
    {
        if (!_isWritten || _waiting == 0)
            return NodePulse.Patience;
        var onTheWay = TimeSpan.FromSeconds(Math.Max(0, connection.Sent - _sentWhenHeard - Flight) / SlowestLink);
        var far = _roundTrip.Longest(unknown: NodePulse.Patience);
        return (far < NodePulse.BusyPatience ? NodePulse.BusyPatience : far < NodePulse.Patience ? far : NodePulse.Patience) + onTheWay;
    }

    private void Arm(TimeSpan due)
    {
        (_due, _armedAt) = (due, time.GetTimestamp());
        _timer!.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void Left()
    {
        lock (_gate)
        {
            // Without anybody waiting a node has more time.
            if (--_waiting == 0 && !_ended && !_isUnanswered)
                Arm(NodePulse.Interval);
        }
    }

    private sealed class Waiter(NodeBeat beat) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
                beat.Left();
        }
    }
}
