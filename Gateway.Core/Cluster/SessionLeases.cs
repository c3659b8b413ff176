using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Leases;
using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Cluster;

/// <summary>What came of asking for a session.</summary>
/// <param name="Hold">The session is this core's until the hold is let go of.</param>
/// <param name="Owner">The core that has it. Neither: the bus is away, or the session is just changing hands.</param>
/// <param name="CannotBeAsked">True when the bus, which knows, is away.</param>
internal readonly record struct SessionClaim(SessionHold? Hold, string? Owner = null, bool CannotBeAsked = false);

/// <summary>
/// Which sessions this core works on. A session belongs to at most one core at a time, as long as that has something to do in it.
/// One that could not renew its claim in time has lost it: <see cref="Lost"/> is raised, and what it writes is refused.
/// </summary>
internal sealed partial class SessionLeases(IBus bus, CoreId self, CoreDirectory cores, TimeProvider time, ILogger<SessionLeases> logger) : BackgroundService
{
    /// <summary>How long a session stays with a core that does not report: a queue gives up a dead core's messages after 6 s.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, OwnedSession> _owned = new(StringComparer.Ordinal);

    /// <summary>Raised with the key of a session that this core does not own any more although it works in it.</summary>
    public event Action<string>? Lost;

    /// <summary>Takes the session, or shares it with what this core does in it already.</summary>
    public async ValueTask<SessionClaim> ClaimAsync(string sessionKey, CancellationToken cancellationToken)
    {
        OwnedSession session;
        lock (_gate)
        {
            if (_owned.TryGetValue(sessionKey, out var known))
            {
                known.Users++;
                session = known;
            }
            else
            {
                _owned[sessionKey] = session = new OwnedSession(sessionKey) { Users = 1 };
            }
        }
        var hold = new SessionHold(() => Release(session));
        try
        {
            await session.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (session.Lease is { IsHeld: true })
                    return new SessionClaim(hold);
                var attempt = await bus.Leases.TryAcquireAsync(NameOf(sessionKey), self.Value, TimeToLive, cancellationToken).ConfigureAwait(false);
                if (attempt.Lease is { } lease)
                {
                    Own(session, lease);
                    return new SessionClaim(hold);
                }
                hold.Dispose();
                return new SessionClaim(null, attempt.Holder?.Owner is { } owner && owner != self.Value ? owner : null, attempt.Outcome is LeaseOutcome.Unavailable);
            }
            finally
            {
                session.Gate.Release();
            }
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>The core that has a session; null when none has, or it is this one.</summary>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    public async ValueTask<string?> FindOtherOwnerAsync(string sessionKey, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_owned.TryGetValue(sessionKey, out var session) && session.Lease is { IsHeld: true })
                return null;
        }
        var holder = await bus.Leases.FindHolderAsync(NameOf(sessionKey), cancellationToken).ConfigureAwait(false);
        return holder is { } found && found.Owner != self.Value ? found.Owner : null;
    }

    /// <summary>The number of the lease by which this core owns the session; asked before something is written in it.</summary>
    /// <exception cref="SessionLostException">It does not.</exception>
    public async ValueTask<long> EnsureAsync(string sessionKey, CancellationToken cancellationToken)
    {
        OwnedSession? session;
        lock (_gate)
            _owned.TryGetValue(sessionKey, out session);
        if (session is null)
            throw new SessionLostException(sessionKey);
        if (session.Lease is { IsHeld: true } held)
            return held.FencingToken;
        await session.Recovering.WaitAsync(cancellationToken).ConfigureAwait(false);
        return session.Lease is { IsHeld: true } again ? again.FencingToken : throw new SessionLostException(sessionKey);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeToLive / 4, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
                await RenewAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: what is still at work lets go of its session when it has ended.
        }
    }

    private static string NameOf(string sessionKey) =>
        "session:" + (sessionKey.Length <= 400 ? sessionKey : "#" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sessionKey))));

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        List<ILease> leases;
        lock (_gate)
            leases = [.. _owned.Values.Select(session => session.Lease).OfType<ILease>()];
        foreach (var some in leases.Chunk(64))
            await Task.WhenAll(some.Select(lease => RenewAsync(lease, cancellationToken))).ConfigureAwait(false);
    }

    private static async Task RenewAsync(ILease lease, CancellationToken cancellationToken)
    {
        try
        {
            await lease.RenewAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is BusUnavailableException or ObjectDisposedException)
        {
            // It holds until its time is over; then it says so itself.
        }
    }

    private void Own(OwnedSession session, ILease lease)
    {
        session.Lease = lease;
        session.Watch = lease.Lost.UnsafeRegister(_ => OnLost(session, lease), null);
    }

    private void OnLost(OwnedSession session, ILease lease)
    {
        lock (_gate)
        {
            if (session.Users == 0 || !ReferenceEquals(session.Lease, lease))
                return;
            session.Recovering = RecoverAsync(session, lease);
        }
    }

    /// <summary>A core that is alone can only have been late, a suspended machine for example: nobody took the session meanwhile.</summary>
    private async Task RecoverAsync(OwnedSession session, ILease lost)
    {
        // Off the bus' own path, and outside of the lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await session.Gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (!ReferenceEquals(session.Lease, lost))
                return;
            var attempt = cores.MayHaveOthers ? null : await bus.Leases.TryAcquireAsync(NameOf(session.Key), self.Value, TimeToLive, CancellationToken.None).ConfigureAwait(false);
            if (attempt?.Lease is { } again)
            {
                Own(session, again);
                return;
            }
            lock (_gate)
            {
                session.Lease = null;
                if (_owned.TryGetValue(session.Key, out var current) && ReferenceEquals(current, session))
                    _owned.Remove(session.Key);
            }
        }
        finally
        {
            session.Gate.Release();
        }
        LogLost(logger, lost.FencingToken);
        Lost?.Invoke(session.Key);
    }

    private void Release(OwnedSession session)
    {
        lock (_gate)
        {
            if (--session.Users > 0)
                return;
        }
        // Still under its key: who asks now waits at the gate until the lease is given back, and then asks anew.
        session.Recovering = GiveBackAsync(session);
    }

    private async Task GiveBackAsync(OwnedSession session)
    {
        await session.Gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            ILease? lease;
            lock (_gate)
            {
                if (session.Users > 0)
                    return;
                lease = session.Lease;
                session.Lease = null;
                if (_owned.TryGetValue(session.Key, out var current) && ReferenceEquals(current, session))
                    _owned.Remove(session.Key);
            }
            await session.Watch.DisposeAsync().ConfigureAwait(false);
            if (lease is not null)
                await lease.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            session.Gate.Release();
        }
    }

    [LoggerMessage(1531, LogLevel.Warning, "A session went to another core while this one worked in it (fencing token {Token}); its runs here are ended.")]
    private static partial void LogLost(ILogger logger, long token);

    private sealed class OwnedSession(string key)
    {
        public string Key { get; } = key;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Users { get; set; }

        public ILease? Lease { get; set; }

        public CancellationTokenRegistration Watch { get; set; }

        public Task Recovering { get; set; } = Task.CompletedTask;
    }
}

/// <summary>A reason for a session to stay with this core; disposing ends it.</summary>
internal sealed class SessionHold(Action release) : IDisposable
{
    private int _released;

    /// <summary>Ends the reason when the work is over, however it ends.</summary>
    public void KeepUntil(Task work) => work.ConfigureAwait(false).GetAwaiter().OnCompleted(Dispose);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
            release();
    }
}
