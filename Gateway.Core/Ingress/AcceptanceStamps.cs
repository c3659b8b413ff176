namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>
/// Gives every message a time of its own. Time and text are how a message is found again in a transcript that has no place for its
/// id; two equal texts of the same millisecond would be taken for one, and the second never answered.
/// </summary>
internal sealed class AcceptanceStamps
{
    private long _last;

    /// <summary><paramref name="nowMs"/>, or the first later millisecond that no message has; Unix time. Safe for concurrent use.</summary>
    public long Next(long nowMs)
    {
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(nowMs, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
                return next;
        }
    }
}
