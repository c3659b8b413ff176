using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus;

namespace OpenClaw.Gateway.Core.Cluster;

/// <summary>Which other cores of this gateway live. A core that died is forgotten within <see cref="SharedMap.TimeToLive"/>.</summary>
internal sealed class CoreDirectory : BackgroundService
{
    /// <summary>How long a core that vanished is still told what happens: after an outage of the bus all entries are gone for a moment.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly SharedMap _map;
    private long _lastLeft;
    private bool _anyLeft;
    private ImmutableHashSet<string> _others = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    public CoreDirectory(IBus bus, CoreId self, TimeProvider time, ILogger<SharedMap> logger)
    {
        _time = time;
        _map = new SharedMap(bus, "core.members", self, time, logger);
        _map.OthersChanged += Follow;
    }

    /// <summary>Raised when another core came or went.</summary>
    public event Action? Changed;

    /// <summary>The other cores, as far as it is known.</summary>
    public IReadOnlyCollection<string> Others => Volatile.Read(ref _others);

    /// <summary>False for a core that is alone, and has been for a while: then there is nobody to tell anything.</summary>
    public bool MayHaveOthers => !Volatile.Read(ref _others).IsEmpty || (Volatile.Read(ref _anyLeft) && _time.GetElapsedTime(Interlocked.Read(ref _lastLeft)) < Farewell);

    /// <summary>True for a core that lives, as far as it is known.</summary>
    public bool Knows(string core) => Volatile.Read(ref _others).Contains(core);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _map.Set("", ReadOnlyMemory<byte>.Empty);
        return _map.RunAsync(stoppingToken);
    }

    private void Follow(IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> changes)
    {
        var others = Volatile.Read(ref _others).ToBuilder();
        foreach (var (key, value) in changes)
        {
            var core = key[..key.IndexOf('/', StringComparison.Ordinal)];
            if (value is not null)
                others.Add(core);
            else if (others.Remove(core))
                MarkLeft();
        }
        Volatile.Write(ref _others, others.ToImmutable());
        Changed?.Invoke();
    }

    private void MarkLeft()
    {
        Interlocked.Exchange(ref _lastLeft, _time.GetTimestamp());
        Volatile.Write(ref _anyLeft, true);
    }
}
