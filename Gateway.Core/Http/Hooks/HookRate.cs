using System.Collections.Concurrent;

namespace OpenClaw.Gateway.Core.Http.Hooks;

/// <summary>How many hook calls one address may make: a service gone mad must not spend the operator's tokens.</summary>
internal sealed class HookRate(TimeProvider time)
{
    /// <summary>Calls within <see cref="Window"/>; each can be a run of a model.</summary>
    public const int MaxCalls = 120;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private const int MaxAddresses = 10_000;

    private readonly ConcurrentDictionary<string, (int Count, DateTimeOffset Since)> _calls = new(StringComparer.Ordinal);

    /// <summary>Counts a call. How long its sender has to wait; null when it need not.</summary>
    public TimeSpan? Count(string address)
    {
        var now = time.GetUtcNow();
        if (_calls.Count > MaxAddresses)
            _calls.Clear();
        var (count, since) = _calls.AddOrUpdate(address, _ => (1, now), (_, old) => now - old.Since >= Window ? (1, now) : (old.Count + 1, old.Since));
        return count > MaxCalls ? since + Window - now : null;
    }
}
