namespace OpenClaw.Gateway.Bus.Leases;

/// <summary>
/// Ownership of a name, by at most one owner at a time and only until a set time. An owner that was paused may still
/// believe in its lease, so what it protects must refuse a <see cref="ILease.FencingToken"/> lower than one it has seen.
/// </summary>
public interface ILeases
{
    /// <summary>Takes the lease if nobody holds it. Does not wait; being the owner already is no exception to "held".</summary>
    /// <param name="name">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="owner">Who asks, for people to read; 1 to 512 characters.</param>
    /// <param name="timeToLive">How long the lease holds without renewal: 100 ms to 1 h.</param>
    /// <param name="cancellationToken">Stops waiting; a lease that was taken all the same runs out.</param>
    ValueTask<LeaseAttempt> TryAcquireAsync(string name, string owner, TimeSpan timeToLive, CancellationToken cancellationToken = default);

    /// <summary>Who holds the lease now, or null.</summary>
    /// <param name="name">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    ValueTask<LeaseHolder?> FindHolderAsync(string name, CancellationToken cancellationToken = default);
}
