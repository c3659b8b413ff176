using System.Collections.Concurrent;
using OpenClaw.Gateway.Bus.Leases;

namespace OpenClaw.Channels.Contract;

/// <summary>Leases that hold until they are given back: for tests that move the clock, which would run them out.</summary>
public sealed class EndlessLeases : ILeases
{
    private readonly ConcurrentDictionary<string, Lease> _held = new();
    private long _token;

    public ValueTask<LeaseAttempt> TryAcquireAsync(string name, string owner, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        var lease = new Lease(this, name, owner, Interlocked.Increment(ref _token));
        return ValueTask.FromResult(_held.TryAdd(name, lease) ? new LeaseAttempt(LeaseOutcome.Acquired, lease) : new LeaseAttempt(LeaseOutcome.Held));
    }

    public ValueTask<LeaseHolder?> FindHolderAsync(string name, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_held.TryGetValue(name, out var lease) ? new LeaseHolder(lease.Owner, lease.FencingToken, Timeout.InfiniteTimeSpan) : null);

    private sealed class Lease(EndlessLeases leases, string name, string owner, long token) : ILease
    {
        public string Name => name;

        public string Owner => owner;

        public long FencingToken => token;

        public bool IsHeld => leases._held.TryGetValue(name, out var held) && held == this;

        public CancellationToken Lost => CancellationToken.None;

        public ValueTask<bool> RenewAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(IsHeld);

        public ValueTask DisposeAsync()
        {
            leases._held.TryRemove(new KeyValuePair<string, Lease>(name, this));
            return ValueTask.CompletedTask;
        }
    }
}
