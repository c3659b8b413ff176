using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Calls;
using OpenClaw.Gateway.Bus.Leases;
using OpenClaw.Gateway.Bus.Maps;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Gateway.Bus.Topics;

namespace OpenClaw.Channels.Contract;

/// <summary>A bus whose leases can be lost the way a process loses them that was stopped for a while and does not know it.</summary>
public sealed class StoppableBus : IBus, ILeases
{
    private int _refusedLeases;
    private readonly IBus _inner;
    private readonly ILeases _leases;
    private readonly StoppableQueues _queues;
    private readonly Lock _gate = new();
    private readonly List<StoppableLease> _taken = [];
    private volatile bool _isUnavailable;

    public StoppableBus(IBus inner, ILeases? leases = null)
    {
        _inner = inner;
        _leases = leases ?? inner.Leases;
        _queues = new StoppableQueues(inner.Queues);
    }

    public ITopics Topics => _inner.Topics;

    public ICalls Calls => _inner.Calls;

    public IQueues Queues => _queues;

    public ILeases Leases => this;

    public IMaps Maps => _inner.Maps;

    public BusHealth Health => _inner.Health;

    /// <summary>Nothing is stored while this is set.</summary>
    public bool RefusesAppends
    {
        get => _queues.RefusesAppends;
        set => _queues.RefusesAppends = value;
    }

    /// <summary>The append after so many ends with its process, and so do all after that; <see cref="int.MaxValue"/> for none.</summary>
    /// <param name="appends">How many go well.</param>
    /// <param name="isStored">That one is stored all the same, and nobody hears of it.</param>
    public void DieAfter(int appends, bool isStored = false) => _queues.DieAfter(appends, isStored);

    /// <summary>Appends that were refused.</summary>
    public int RefusedAppends => _queues.RefusedAppends;

    /// <summary>Nobody gets a lease while this is set.</summary>
    public bool IsClosed
    {
        get => _isUnavailable;
        set => _isUnavailable = value;
    }

    /// <summary>How often a lease was asked for that somebody else has.</summary>
    public int RefusedLeases => Volatile.Read(ref _refusedLeases);

    public async ValueTask<LeaseAttempt> TryAcquireAsync(string name, string owner, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        if (IsClosed)
            return new LeaseAttempt(LeaseOutcome.Held);
        var attempt = await _leases.TryAcquireAsync(name, owner, timeToLive, cancellationToken);
        if (attempt.Lease is not { } lease)
        {
            Interlocked.Increment(ref _refusedLeases);
            return attempt;
        }
        var stoppable = new StoppableLease(lease);
        lock (_gate)
            _taken.Add(stoppable);
        return attempt with { Lease = stoppable };
    }

    public ValueTask<LeaseHolder?> FindHolderAsync(string name, CancellationToken cancellationToken = default) => _leases.FindHolderAsync(name, cancellationToken);

    /// <summary>The leases that are held run out; their owners have not been told.</summary>
    public void RunOut()
    {
        lock (_gate)
            _taken.ForEach(static lease => lease.RunOut());
    }

    /// <summary>Tells owners whose leases ran out.</summary>
    public async Task TellOwnersAsync()
    {
        StoppableLease[] taken;
        lock (_gate)
            taken = [.. _taken];
        foreach (var lease in taken)
            await lease.TellAsync();
    }

    private sealed class StoppableLease : ILease
    {
        private readonly ILease _inner;
        private readonly CancellationTokenSource _lost = new();
        private readonly CancellationTokenRegistration _forward;
        private volatile bool _hasRunOut;

        public StoppableLease(ILease inner)
        {
            _inner = inner;
            _forward = inner.Lost.Register(_lost.Cancel);
        }

        public string Name => _inner.Name;

        public string Owner => _inner.Owner;

        public long FencingToken => _inner.FencingToken;

        public bool IsHeld => !_hasRunOut && _inner.IsHeld;

        public CancellationToken Lost => _lost.Token;

        public void RunOut() => _hasRunOut = true;

        public Task TellAsync() => _hasRunOut ? _lost.CancelAsync() : Task.CompletedTask;

        public ValueTask<bool> RenewAsync(CancellationToken cancellationToken = default) => _hasRunOut ? ValueTask.FromResult(false) : _inner.RenewAsync(cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await _forward.DisposeAsync();
            await _inner.DisposeAsync();
        }
    }
}
