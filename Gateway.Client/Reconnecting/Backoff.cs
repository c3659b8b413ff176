using System.Security.Cryptography;

namespace OpenClaw.Gateway.Client.Reconnecting;

/// <summary>
/// Delays between attempts: 1 s, doubling up to 30 s, each shortened by up to half at random, so that the clients of a gateway
/// that restarts do not all come back in the same moment.
/// </summary>
/// <param name="jitter">Gives numbers from 0 (full delay) to 1 (half of it).</param>
internal sealed class Backoff(Func<double> jitter)
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan _next = First;
    private TimeSpan? _wish;

    public static double Jitter() => RandomNumberGenerator.GetInt32(1001) / 1000.0;

    /// <summary>The gateway said when it will be back; the next delay is that, lengthened by up to half.</summary>
    public void Expect(TimeSpan delay) => _wish = delay < TimeSpan.Zero ? TimeSpan.Zero : delay < Longest ? delay : Longest;

    /// <summary>An attempt succeeded: the next interruption starts from the beginning.</summary>
    public void Reset()
    {
        _next = First;
        _wish = null;
    }

    public TimeSpan Next()
    {
        if (_wish is { } wish)
        {
            _wish = null;
            return wish * (1 + (jitter() / 2));
        }
        var delay = _next * (1 - (jitter() / 2));
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return delay;
    }
}
