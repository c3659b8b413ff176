using OpenClaw.Gateway.Core.Agents.Providers;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>When a failed model call is tried again with the same model.</summary>
internal static class RetryPolicy
{
    /// <summary>As in the peer: after 2, 4 and 8 seconds.</summary>
    public const int MaxRetries = 3;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);

    /// <summary>A provider that asks for more patience than this is given up for now: the user should hear of it, or another model answer.</summary>
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromSeconds(60);

    /// <summary>How long to wait before the next try; null when there is none. <paramref name="failures"/> counts from 1.</summary>
    public static TimeSpan? DelayAfter(ModelFailure failure, int failures)
    {
        if (!failure.Retryable || failures > MaxRetries || failure.RetryAfter > MaxRetryAfter)
            return null;
        var delay = First * Math.Pow(2, failures - 1);
        return failure.RetryAfter is { } asked && asked > delay ? asked : delay;
    }
}
