using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.Leases;
using StackExchange.Redis;

namespace OpenClaw.Gateway.Bus.Redis;

internal sealed class RedisLeases(RedisBusOptions options, RedisConnection connection, TimeProvider time, ILoggerFactory loggers) : ILeases
{
    private static readonly TimeSpan MinTimeToLive = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxTimeToLive = TimeSpan.FromHours(1);

    private readonly ILogger _logger = loggers.CreateLogger<RedisLeases>();
    private readonly Lock _gate = new();
    private readonly HashSet<RedisLease> _held = [];

    public async ValueTask<LeaseAttempt> TryAcquireAsync(string name, string owner, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        BusName.Check(name);
        BusName.Check(owner);
        OptionRange.Check(nameof(timeToLive), OptionRange.Error(nameof(timeToLive), timeToLive, MinTimeToLive, MaxTimeToLive));
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            // Before Redis sets the end: the owner stops believing in the lease before another can have it.
            var deadline = Deadline.After(time, timeToLive);
            var answer = (RedisResult[])(await connection.EvaluateAsync(
                RedisScript.LeaseAcquire,
                [Key(name), options.KeyPrefix + "fence"],
                [owner, Milliseconds(timeToLive)],
                cancellationToken).ConfigureAwait(false))!;
            if ((int)answer[0] == 0)
                return new LeaseAttempt(LeaseOutcome.Held, Holder: Holder(answer.AsSpan(1)));
            var lease = new RedisLease(this, name, owner, (long)answer[1], timeToLive, deadline, time, _logger);
            lock (_gate)
                _held.Add(lease);
            lease.Arm();
            return new LeaseAttempt(LeaseOutcome.Acquired, lease);
        }
        catch (BusUnavailableException exception)
        {
            return new LeaseAttempt(LeaseOutcome.Unavailable, Error: exception.Message);
        }
    }

    public async ValueTask<LeaseHolder?> FindHolderAsync(string name, CancellationToken cancellationToken = default)
    {
        BusName.Check(name);
        cancellationToken.ThrowIfCancellationRequested();
        var answer = await connection.EvaluateAsync(RedisScript.LeaseFind, [Key(name)], [], cancellationToken).ConfigureAwait(false);
        return answer.IsNull ? null : Holder((RedisResult[])answer!);
    }

    /// <summary>Where a lease is.</summary>
    internal static string Key(RedisBusOptions options, string name) => options.KeyPrefix + "lease:" + name;

    internal async Task<bool> RenewAsync(RedisLease lease, TimeSpan timeToLive, CancellationToken cancellationToken) =>
        (int)await connection.EvaluateAsync(RedisScript.LeaseRenew, [Key(lease.Name)], [lease.FencingToken, Milliseconds(timeToLive)], cancellationToken).ConfigureAwait(false) == 1;

    internal async Task ReleaseAsync(RedisLease lease)
    {
        try
        {
            await connection.EvaluateAsync(RedisScript.LeaseRelease, [Key(lease.Name)], [lease.FencingToken]).ConfigureAwait(false);
        }
        catch (BusUnavailableException)
        {
            // It runs out by itself.
        }
    }

    internal void Forget(RedisLease lease)
    {
        lock (_gate)
            _held.Remove(lease);
    }

    internal async Task CloseAsync()
    {
        List<RedisLease> held;
        lock (_gate)
            held = [.. _held];
        foreach (var lease in held)
            await lease.DisposeAsync().ConfigureAwait(false);
    }

    private static LeaseHolder Holder(ReadOnlySpan<RedisResult> facts) =>
        new((string)facts[1]!, (long)facts[0], TimeSpan.FromMilliseconds((long)facts[2]));

    private static long Milliseconds(TimeSpan time) => (long)Math.Ceiling(time.TotalMilliseconds);

    private RedisKey Key(string name) => Key(options, name);
}
