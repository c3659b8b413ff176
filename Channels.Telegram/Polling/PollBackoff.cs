using OpenClaw.Channels.Telegram.Api;

namespace OpenClaw.Channels.Telegram.Polling;

/// <summary>How long to leave the API alone after a call that failed.</summary>
internal static class PollBackoff
{
    /// <summary>Of the network and of servers: 100 ms, doubled, as the peer's runner does; no more than this, so that what has come back is found soon.</summary>
    private static readonly TimeSpan LongestError = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstError = TimeSpan.FromMilliseconds(100);

    /// <summary>While somebody else polls with the same token. Short, as the other is mostly a process that is just ending.</summary>
    private static readonly TimeSpan LongestConflict = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan FirstConflict = TimeSpan.FromSeconds(1);

    /// <summary>While the token is not accepted. It may be a passing fault of the API; somebody who revoked it sees that in the status.</summary>
    private static readonly TimeSpan LongestUnauthorized = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan FirstUnauthorized = TimeSpan.FromSeconds(5);

    private const double Spread = 0.1;

    /// <param name="code">The API's code; 0 for none.</param>
    /// <param name="retryAfter">What the API asks for; obeyed in full.</param>
    /// <param name="failures">Failures in a row, 1 or more.</param>
    /// <param name="random">0 to 1.</param>
    public static TimeSpan DelayAfter(int code, TimeSpan? retryAfter, int failures, double random)
    {
        if (retryAfter is { } asked)
            return asked;
        var (first, longest) = code switch
        {
            409 => (FirstConflict, LongestConflict),
            401 or 404 => (FirstUnauthorized, LongestUnauthorized),
            _ => (FirstError, LongestError),
        };
        var delay = Math.Min(first.Ticks * Math.Pow(2, Math.Clamp(failures - 1, 0, 30)), longest.Ticks);
        return TimeSpan.FromTicks((long)(delay * (1 - Spread + (Spread * random))));
    }

    /// <inheritdoc cref="DelayAfter(int, TimeSpan?, int, double)"/>
    public static TimeSpan DelayAfter<T>(BotAnswer<T> answer, int failures, double random) => DelayAfter(answer.Code, answer.RetryAfter, failures, random);
}
