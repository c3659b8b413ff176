namespace OpenClaw.Gateway.Core.Health;

/// <summary>Age of the gateway.</summary>
internal sealed class ProcessClock(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    public long UptimeMs => (long)time.GetElapsedTime(_started).TotalMilliseconds;
}
