using StackExchange.Redis;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>
/// Two gateways on one Redis would take each other's messages and settings. The first one marks the place with what its processes have in common,
/// for as long as one of them lives; who has something else in common gets no connection, and is told why.
/// </summary>
internal sealed class RedisMembership(RedisBusOptions options, TimeProvider time)
{
    private readonly RedisKey _marker = options.KeyPrefix + "membership";
    private long _marked;

    /// <summary>Marks the place, or finds it marked by the same gateway. Before anything else is done there.</summary>
    /// <exception cref="BusUnavailableException">Another gateway has it; the message says what to do. Or Redis cannot be asked.</exception>
    public async Task JoinAsync(RedisLink link, CancellationToken cancellationToken)
    {
        if (options.Membership is not { } membership)
            return;
        var lifetime = (long)options.MembershipTimeToLive.TotalMilliseconds;
        if ((int)await link.EvaluateAsync(RedisScript.Membership, [_marker], [membership, lifetime], cancellationToken).ConfigureAwait(false) == 0)
            throw new BusUnavailableException(
                "Another gateway, whose services have another OPENCLAW_SERVICE_SECRET, works on this Redis database. Give each gateway a database of its own "
                + $"(defaultDatabase=1), and all services of one the same secret. The place is free {options.MembershipTimeToLive.TotalSeconds:0} s after the other gateway's last process has ended.");
        _marked = time.GetTimestamp();
    }

    /// <summary>Marks it again when a third of the marker's time is over.</summary>
    /// <inheritdoc cref="JoinAsync"/>
    public Task RenewAsync(RedisLink link, CancellationToken cancellationToken) =>
        time.GetElapsedTime(_marked) < options.MembershipTimeToLive / 3 ? Task.CompletedTask : JoinAsync(link, cancellationToken);
}
