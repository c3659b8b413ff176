using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.Leases;

namespace OpenClaw.Gateway.Bus.InProcess;

internal sealed class InProcessLeases(FencingTokens tokens, TimeProvider time, ILoggerFactory loggers) : ILeases
{
    private static readonly TimeSpan MinTimeToLive = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxTimeToLive = TimeSpan.FromHours(1);

    private readonly ILogger _logger = loggers.CreateLogger<InProcessLeases>();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, InProcessLease> _leases = new(StringComparer.Ordinal);

    public async ValueTask<LeaseAttempt> TryAcquireAsync(string name, string owner, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        BusName.Check(name);
        BusName.Check(owner);
        OptionRange.Check(nameof(timeToLive), OptionRange.Error(nameof(timeToLive), timeToLive, MinTimeToLive, MaxTimeToLive));
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            while (true)
            {
                if (TryTake(name, owner, timeToLive) is { } attempt)
                    return attempt;
                await tokens.ReserveAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (IOException exception)
        {
            return new LeaseAttempt(LeaseOutcome.Unavailable, Error: exception.Message);
        }
    }

    public ValueTask<LeaseHolder?> FindHolderAsync(string name, CancellationToken cancellationToken = default)
    {
        BusName.Check(name);
        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<LeaseHolder?>(cancellationToken)
            : ValueTask.FromResult(Holder(name));
    }

    internal void Remove(InProcessLease lease)
    {
        lock (_gate)
        {
            if (_leases.TryGetValue(lease.Name, out var current) && ReferenceEquals(current, lease))
                _leases.Remove(lease.Name);
        }
    }

    internal void Close()
    {
        List<InProcessLease> leases;
        lock (_gate)
            leases = [.. _leases.Values];
        foreach (var lease in leases)
            lease.Lose();
    }

    private LeaseAttempt? TryTake(string name, string owner, TimeSpan timeToLive)
    {
        InProcessLease? previous;
        InProcessLease lease;
        lock (_gate)
        {
            if (Holder(name) is { } holder)
                return new LeaseAttempt(LeaseOutcome.Held, Holder: holder);
            // Inside the gate, so that tokens rise in the order in which leases are given.
            if (!tokens.TryTake(out var token))
                return null;
            _leases.TryGetValue(name, out previous);
            _leases[name] = lease = new InProcessLease(this, name, owner, token, timeToLive, time, _logger);
        }
        previous?.Lose();
        return new LeaseAttempt(LeaseOutcome.Acquired, lease);
    }

    private LeaseHolder? Holder(string name)
    {
        lock (_gate)
            return _leases.TryGetValue(name, out var lease) && lease.IsHeld ? lease.ToHolder() : null;
    }
}
