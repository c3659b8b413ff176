namespace OpenClaw.Gateway.Bus.Leases;

/// <summary>A lease that was acquired. Disposing releases it.</summary>
public interface ILease : IAsyncDisposable
{
    /// <summary>What is owned.</summary>
    string Name { get; }

    /// <summary>Who owns it.</summary>
    string Owner { get; }

    /// <summary>Higher than the token of every earlier lease of this name, over restarts too. Starts at 1 or above.</summary>
    long FencingToken { get; }

    /// <summary>Whether the lease still holds by the own clock at this moment.</summary>
    bool IsHeld { get; }

    /// <summary>Signalled once, when the lease has run out, was found taken, or was released.</summary>
    CancellationToken Lost { get; }

    /// <summary>Extends the lease by its time to live from now. False when it is lost, which it then stays.</summary>
    /// <param name="cancellationToken">Stops waiting; the lease may have been extended.</param>
    /// <exception cref="BusUnavailableException">The bus cannot be reached; the lease holds until it runs out, so try again soon.</exception>
    ValueTask<bool> RenewAsync(CancellationToken cancellationToken = default);
}
