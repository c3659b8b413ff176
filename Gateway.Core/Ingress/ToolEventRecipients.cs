using System.Collections.Concurrent;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>Which connections get a run's tool events: those that asked for them at connect and started the run.</summary>
internal sealed class ToolEventRecipients(TimeProvider time)
{
    /// <summary>A registration ends this long after its last use.</summary>
    private static readonly TimeSpan IdleLifetime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Registration> _byRun = new(StringComparer.Ordinal);

    public void Add(string runId, string connectionId)
    {
        Expire();
        _byRun.AddOrUpdate(
            runId,
            _ => new Registration([connectionId], time.GetUtcNow()),
            (_, known) => new Registration([.. known.ConnectionIds.Append(connectionId).Distinct(StringComparer.Ordinal)], time.GetUtcNow()));
    }

    public IReadOnlyList<string> Of(string runId)
    {
        if (!_byRun.TryGetValue(runId, out var registration))
            return [];
        _byRun.TryUpdate(runId, registration with { UsedAt = time.GetUtcNow() }, registration);
        return registration.ConnectionIds;
    }

    public void Remove(string runId) => _byRun.TryRemove(runId, out _);

    private void Expire()
    {
        var oldest = time.GetUtcNow() - IdleLifetime;
        foreach (var pair in _byRun)
        {
            if (pair.Value.UsedAt < oldest)
                _byRun.TryRemove(pair);
        }
    }

    private sealed record Registration(IReadOnlyList<string> ConnectionIds, DateTimeOffset UsedAt);
}
