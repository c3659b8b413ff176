namespace OpenClaw.Gateway.Bus.Leases;

/// <summary>Times of a <see cref="LeaseOwner"/>.</summary>
public sealed record LeaseOwnerOptions
{
    /// <summary>How long the lease holds without renewal, 1 s to 1 h; 5 s by default, so that another takes over within 10 s of a death.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often somebody who does not have the lease asks for it, 50 ms to 1 min; 1 s by default.</summary>
    public TimeSpan AskInterval { get; init; } = TimeSpan.FromSeconds(1);

    internal void Check() => OptionRange.Check(
        "options",
        OptionRange.Error(nameof(TimeToLive), TimeToLive, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        OptionRange.Error(nameof(AskInterval), AskInterval, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1)));
}

/// <summary>
/// Does something in at most one process at a time: takes a lease, works as long as it holds, and asks again. What the work writes
/// elsewhere must carry <see cref="ILease.FencingToken"/>, or name the lease in <see cref="Queues.QueueEntry.Lease"/>: a process that was paused
/// and overtaken learns of it late.
/// </summary>
/// <param name="leases">Where the lease is.</param>
/// <param name="name">What is owned; see <see cref="IBus"/> for what a name may be.</param>
/// <param name="owner">Who owns it, for people to read.</param>
/// <param name="time">Clock.</param>
/// <param name="options">Times; the defaults when null.</param>
public sealed class LeaseOwner(ILeases leases, string name, string owner, TimeProvider time, LeaseOwnerOptions? options = null)
{
    private readonly LeaseOwnerOptions _options = Checked(options ?? new LeaseOwnerOptions());

    /// <summary>Competes for the lease until cancelled, or until the work ends by itself while it holds.</summary>
    /// <param name="work">Called with each lease that was won; its token is signalled when the lease is lost, or all is to stop. It has to end then; the lease is not asked for again before it did.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task RunAsync(Func<ILease, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var attempt = await leases.TryAcquireAsync(name, owner, _options.TimeToLive, cancellationToken).ConfigureAwait(false);
            if (attempt.Lease is { } lease && await WorkAsync(lease, work, cancellationToken).ConfigureAwait(false))
                return;
            if (attempt.Lease is null)
                await Task.Delay(_options.AskInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static LeaseOwnerOptions Checked(LeaseOwnerOptions options)
    {
        options.Check();
        return options;
    }

    /// <summary>True when the work ended by itself.</summary>
    private async Task<bool> WorkAsync(ILease lease, Func<ILease, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        await using (lease.ConfigureAwait(false))
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, cancellationToken);
            using var renewing = CancellationTokenSource.CreateLinkedTokenSource(ended.Token);
            var renewal = RenewAsync(lease, renewing.Token);
            try
            {
                await work(lease, ended.Token).ConfigureAwait(false);
                return lease.IsHeld;
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                return false;
            }
            finally
            {
                await renewing.CancelAsync().ConfigureAwait(false);
                await renewal.ConfigureAwait(false);
            }
        }
    }

    private async Task RenewAsync(ILease lease, CancellationToken cancellationToken)
    {
        try
        {
            do
            {
                await Task.Delay(_options.TimeToLive / 4, time, cancellationToken).ConfigureAwait(false);
            }
            while (await RenewOnceAsync(lease, cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The work has ended, or has to.
        }
    }

    private static async Task<bool> RenewOnceAsync(ILease lease, CancellationToken cancellationToken)
    {
        try
        {
            return await lease.RenewAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (BusUnavailableException)
        {
            // It holds until its time is over, and then says so.
            return true;
        }
    }
}
