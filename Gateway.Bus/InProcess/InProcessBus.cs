using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenClaw.Gateway.Bus.Calls;
using OpenClaw.Gateway.Bus.Journal;
using OpenClaw.Gateway.Bus.Leases;
using OpenClaw.Gateway.Bus.Maps;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Gateway.Bus.Topics;

namespace OpenClaw.Gateway.Bus.InProcess;

/// <summary>The bus of a gateway that is one process.</summary>
internal sealed class InProcessBus : IBus, IAsyncDisposable
{
    private readonly StateDirectory _directory;
    private readonly FencingTokens _tokens;
    private readonly InProcessTopics _topics;
    private readonly InProcessCalls _calls;
    private readonly InProcessQueues _queues;
    private readonly InProcessLeases _leases;
    private readonly InProcessMaps _maps;
    private bool _disposed;

    public InProcessBus(IOptions<InProcessBusOptions> options, TimeProvider time, BusMetrics metrics, ILoggerFactory loggers)
        : this(options.Value, new DiskJournalStorage(), time, metrics, loggers)
    {
    }

    internal InProcessBus(InProcessBusOptions options, IJournalStorage storage, TimeProvider time, BusMetrics metrics, ILoggerFactory loggers)
    {
        _directory = new StateDirectory(options.StateDirectory);
        _tokens = new FencingTokens(_directory, time, loggers.CreateLogger<FencingTokens>());
        _topics = new InProcessTopics(options, metrics);
        _calls = new InProcessCalls(options, time, metrics, loggers);
        _queues = new InProcessQueues(options, _directory, storage, time, metrics, loggers);
        _leases = new InProcessLeases(_tokens, time, loggers);
        _maps = new InProcessMaps(options, time);
    }

    public ITopics Topics => _topics;

    public ICalls Calls => _calls;

    public IQueues Queues => _queues;

    public ILeases Leases => _leases;

    public IMaps Maps => _maps;

    public BusHealth Health => _queues.Faults is { Count: > 0 } faults ? new BusHealth(faults) : BusHealth.Good;

    /// <summary>Takes the state directory. Whoever uses the bus before does it too, but this is where its failure belongs.</summary>
    public void Open() => _directory.Open();

    /// <summary>Ends every subscription, server, consumer and lease, makes the journals whole and frees the state directory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _calls.CloseAsync().ConfigureAwait(false);
        await _queues.CloseAsync().ConfigureAwait(false);
        _leases.Close();
        _topics.Close();
        _maps.Close();
        _tokens.Dispose();
        _directory.Dispose();
    }
}
