namespace OpenClaw.Gateway.Bus.Redis.Tests;

/// <summary>The real clock, which the test can move forward: timers fire when their time has come, by waiting or by a leap.</summary>
internal sealed class LeapingTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly HashSet<LeapingTimer> _timers = [];
    private TimeSpan _offset;

    public override long TimestampFrequency => System.TimestampFrequency;

    /// <summary>By how much it is ahead, in milliseconds.</summary>
    public long OffsetMilliseconds
    {
        get
        {
            lock (_gate)
                return (long)_offset.TotalMilliseconds;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return System.GetUtcNow() + _offset;
    }

    public override long GetTimestamp()
    {
        lock (_gate)
            return System.GetTimestamp() + (long)(_offset.TotalSeconds * System.TimestampFrequency);
    }

    public void Leap(TimeSpan by)
    {
        List<LeapingTimer> timers;
        lock (_gate)
        {
            _offset += by;
            timers = [.. _timers];
        }
        foreach (var timer in timers)
            timer.Leap(by);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan)
            throw new NotSupportedException("Nothing here repeats.");
        var timer = new LeapingTimer(this, callback, state);
        lock (_gate)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class LeapingTimer : ITimer
    {
        private readonly LeapingTimeProvider _owner;
        private readonly ITimer _timer;
        private readonly Lock _gate = new();
        private long _due = long.MaxValue;

        public LeapingTimer(LeapingTimeProvider owner, TimerCallback callback, object? state)
        {
            _owner = owner;
            _timer = System.CreateTimer(
                _ =>
                {
                    lock (_gate)
                        _due = long.MaxValue;
                    callback(state);
                },
                null,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
            {
                _due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : System.GetTimestamp() + (long)(dueTime.TotalSeconds * System.TimestampFrequency);
                return _timer.Change(dueTime, period);
            }
        }

        public void Leap(TimeSpan by)
        {
            lock (_gate)
            {
                if (_due == long.MaxValue)
                    return;
                _due -= (long)(by.TotalSeconds * System.TimestampFrequency);
                var left = System.GetElapsedTime(System.GetTimestamp(), _due);
                _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }

        public void Dispose()
        {
            lock (_owner._gate)
                _owner._timers.Remove(this);
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
