namespace OpenClaw.Gateway.Bus.Leases;

/// <summary>What came of asking for a lease.</summary>
public enum LeaseOutcome
{
    /// <summary>The lease is ours.</summary>
    Acquired = 1,

    /// <summary>Somebody holds it.</summary>
    Held,

    /// <summary>The bus cannot be reached or cannot issue a fencing token; nobody got the lease.</summary>
    Unavailable,
}

/// <summary>The answer to asking for a lease.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Lease">The lease, when acquired.</param>
/// <param name="Holder">Who holds it, when held and still known.</param>
/// <param name="Error">One line for a log, when unavailable.</param>
public sealed record LeaseAttempt(LeaseOutcome Outcome, ILease? Lease = null, LeaseHolder? Holder = null, string? Error = null);

/// <summary>Who holds a lease.</summary>
/// <param name="Owner">As given by the owner.</param>
/// <param name="FencingToken">The token of that lease.</param>
/// <param name="Remaining">Time until it runs out unless it is renewed.</param>
public sealed record LeaseHolder(string Owner, long FencingToken, TimeSpan Remaining);
