using System.Collections.Concurrent;

namespace OpenClaw.Gateway.Core.RateLimiting;

/// <summary>
/// Counts wrong secrets per client address: after <see cref="MaxFailures"/> within <see cref="Window"/> further attempts are refused
/// unseen until the window has passed.
/// </summary>
internal sealed class FailedAuthLimiter(TimeProvider time)
{
    /// <summary>Wrong secrets an address may offer within the window.</summary>
    public const int MaxFailures = 10;

    /// <summary>Length of the window, and so of the lock-out.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Bound of the table; beyond it the oldest rows go first, which an attacker pays for with that many addresses.</summary>
    private const int MaxAddresses = 10_000;

    private readonly ConcurrentDictionary<string, Failures> _byAddress = new(StringComparer.Ordinal);

    /// <summary>How long <paramref name="key"/> has to wait; null when it may try.</summary>
    public TimeSpan? LockedOutFor(string key)
    {
        if (!_byAddress.TryGetValue(key, out var failures))
            return null;
        var left = failures.Since + Window - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            _byAddress.TryRemove(KeyValuePair.Create(key, failures));
            return null;
        }
        return failures.Count >= MaxFailures ? left : null;
    }

    /// <summary>Records a wrong secret.</summary>
    public void Failed(string key)
    {
        var now = time.GetUtcNow();
        _byAddress.AddOrUpdate(
            key, _ => new Failures(1, now), (_, old) => now - old.Since >= Window ? new Failures(1, now) : old with { Count = old.Count + 1 });
        if (_byAddress.Count > MaxAddresses)
            Trim(now);
    }

    /// <summary>Forgets an address that proved itself.</summary>
    public void Succeeded(string key) => _byAddress.TryRemove(key, out _);

    private void Trim(DateTimeOffset now)
    {
        foreach (var (key, failures) in _byAddress)
        {
            if (now - failures.Since >= Window)
                _byAddress.TryRemove(KeyValuePair.Create(key, failures));
        }
        foreach (var (key, _) in _byAddress.OrderBy(pair => pair.Value.Since).Take(Math.Max(0, _byAddress.Count - MaxAddresses)).ToArray())
            _byAddress.TryRemove(key, out _);
    }

    private sealed record Failures(int Count, DateTimeOffset Since);
}
