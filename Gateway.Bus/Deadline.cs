namespace OpenClaw.Gateway.Bus;

/// <summary>A moment on the monotonic clock, which no correction of the wall clock moves.</summary>
internal readonly record struct Deadline(long Timestamp)
{
    public static Deadline After(TimeProvider time, TimeSpan delay) =>
        new(time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency));

    public bool IsOver(TimeProvider time) => time.GetTimestamp() >= Timestamp;

    public TimeSpan Remaining(TimeProvider time) => time.GetElapsedTime(time.GetTimestamp(), Timestamp);

    /// <summary>The due time for a timer: never 0, which would fire inside the call, and rounded up, as a timer that is early has to be armed again.</summary>
    public TimeSpan TimerDelay(TimeProvider time)
    {
        var remaining = Remaining(time);
        return remaining <= TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : TimeSpan.FromMilliseconds(Math.Ceiling(remaining.TotalMilliseconds));
    }
}
