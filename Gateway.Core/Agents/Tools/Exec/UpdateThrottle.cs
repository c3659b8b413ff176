namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>Lets at most one update through per interval; what it holds back is in the next one, or in the result.</summary>
internal sealed class UpdateThrottle(TimeProvider time, Action update)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    public void Signal()
    {
        // Two pipes are read at once, and updates must not overtake each other.
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (now < _next)
                return;
            _next = now + Interval;
            update();
        }
    }
}
