using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>Knows whether Redis takes writes and keeps them: a server that answers may still be full, or forget everything when it restarts.</summary>
internal sealed partial class RedisWriteCheck(RedisBusOptions options, ILogger logger)
{
    private static readonly Version Oldest = new(6, 2);

    private volatile string? _fault;

    /// <summary>Why writes are refused; null when they are not.</summary>
    public string? Fault => _fault;

    public void Refused(RedisRefusedException exception)
    {
        if (_fault is null)
            LogRefuses(exception.Message);
        _fault = exception.Message;
    }

    /// <summary>When writes were refused, writes something to see whether they still are.</summary>
    public async Task TryAgainAsync(RedisLink link, CancellationToken cancellationToken)
    {
        if (_fault is null)
            return;
        try
        {
            await link.ExecuteAsync("SET", [(RedisKey)(options.KeyPrefix + "write-check"), (RedisValue)"1", (RedisValue)"PX", (RedisValue)60_000], cancellationToken).ConfigureAwait(false);
            _fault = null;
            LogAcceptsAgain();
        }
        catch (RedisRefusedException exception)
        {
            _fault = exception.Message;
        }
    }

    /// <summary>Looks at a server before it is used.</summary>
    /// <exception cref="BusUnavailableException">It cannot be used.</exception>
    public async Task InspectAsync(RedisLink link, CancellationToken cancellationToken)
    {
        var facts = Parse((string?)await link.ExecuteAsync("INFO", [], cancellationToken).ConfigureAwait(false));
        if (facts.TryGetValue("loading", out var loading) && loading == "1")
            throw new BusUnavailableException("Redis is loading its data.");
        if (facts.TryGetValue("role", out var role) && role == "slave")
            throw new BusUnavailableException("This Redis is a replica; the bus needs the primary.");
        if (facts.TryGetValue("redis_version", out var text) && Version.TryParse(text, out var version) && version < Oldest)
            throw new BusUnavailableException($"Redis {version} is too old; the bus needs {Oldest} or later.");
        if (facts.TryGetValue("aof_enabled", out var log) && log == "0")
            LogNotDurable();
        if (facts.TryGetValue("maxmemory_policy", out var policy) && policy != "noeviction")
            LogEvicts(policy);
    }

    private static Dictionary<string, string> Parse(string? info)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in (info ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                facts[line[..colon]] = line[(colon + 1)..];
        }
        return facts;
    }

    [LoggerMessage(BusEvents.RedisRefuses, LogLevel.Error, "Redis refuses writes: {Reason}")]
    private partial void LogRefuses(string reason);

    [LoggerMessage(BusEvents.RedisAcceptsAgain, LogLevel.Information, "Redis accepts writes again")]
    private partial void LogAcceptsAgain();

    [LoggerMessage(BusEvents.RedisNotDurable, LogLevel.Warning, "Redis keeps no append-only file: queues and leases do not survive its restart. Set appendonly yes")]
    private partial void LogNotDurable();

    [LoggerMessage(BusEvents.RedisEvicts, LogLevel.Warning, "Redis may evict keys ({Policy}), and with them messages of queues. Set maxmemory-policy noeviction")]
    private partial void LogEvicts(string policy);
}
