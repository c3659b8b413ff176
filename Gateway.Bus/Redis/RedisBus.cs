using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenClaw.Gateway.Bus.Calls;
using OpenClaw.Gateway.Bus.Leases;
using OpenClaw.Gateway.Bus.Maps;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Gateway.Bus.Topics;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>The bus of a gateway that is many processes.</summary>
internal sealed class RedisBus : IBus, IAsyncDisposable
{
    private readonly RedisConnection _connection;
    private readonly RedisSubscriptions _subscriptions;
    private readonly RedisTopics _topics;
    private readonly RedisCalls _calls;
    private readonly RedisQueues _queues;
    private readonly RedisLeases _leases;
    private readonly RedisMaps _maps;
    private bool _disposed;

    public RedisBus(IOptions<RedisBusOptions> options, TimeProvider time, BusMetrics metrics, ILoggerFactory loggers)
        : this(options.Value, time, time, null, metrics, loggers)
    {
    }

    /// <param name="options">Validated options.</param>
    /// <param name="time">For deadlines, and everything that is promised in time.</param>
    /// <param name="connectionTime">For signs of life and timeouts of commands. Tests let time pass for the former only.</param>
    /// <param name="clockOffset">What tests add to the clock of Redis, in milliseconds.</param>
    /// <param name="metrics">What is counted.</param>
    /// <param name="loggers">Where is logged.</param>
    internal RedisBus(RedisBusOptions options, TimeProvider time, TimeProvider connectionTime, Func<long>? clockOffset, BusMetrics metrics, ILoggerFactory loggers)
    {
        _connection = new RedisConnection(options, connectionTime, clockOffset, loggers.CreateLogger<RedisConnection>());
        _subscriptions = new RedisSubscriptions(_connection);
        _connection.Add(_subscriptions);
        _topics = new RedisTopics(options, _connection, _subscriptions, metrics);
        _calls = new RedisCalls(options, _connection, _subscriptions, time, metrics, loggers);
        _connection.Add(_calls);
        _queues = new RedisQueues(options, _connection, _subscriptions, time, metrics, loggers);
        _leases = new RedisLeases(options, _connection, time, loggers);
        _maps = new RedisMaps(options, _connection, _subscriptions, time);
    }

    public ITopics Topics => _topics;

    public ICalls Calls => _calls;

    public IQueues Queues => _queues;

    public ILeases Leases => _leases;

    public IMaps Maps => _maps;

    public BusHealth Health => _connection.Health;

    /// <summary>Begins to connect. Whoever uses the bus before does it too.</summary>
    public void Start() => _connection.Start();

    /// <summary>Ends every subscription, server, consumer and lease, and the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _calls.DisposeAsync().ConfigureAwait(false);
        await _queues.CloseAsync().ConfigureAwait(false);
        await _leases.CloseAsync().ConfigureAwait(false);
        await _topics.CloseAsync().ConfigureAwait(false);
        await _maps.CloseAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
        _subscriptions.Dispose();
    }
}
