using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Cluster;

namespace OpenClaw.Gateway.Core.Nodes;

/// <summary>
/// The connected nodes of all cores. Each core shows its own to the others; those of a core that died go with it. A node that is
/// connected to two cores, because one of them has not noticed yet that it left, counts where it came last.
/// </summary>
internal sealed partial class SharedNodes : BackgroundService
{
    // Keys of a map have at most 512 characters, and the core is in front.
    private const int MaxIdLength = 256;

    private readonly NodeRegistry _here;
    private readonly NodePulse _pulse;
    private readonly SharedMap _map;
    private readonly ILogger<SharedNodes> _logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Core, NodeCard Card)> _elsewhere = new(StringComparer.Ordinal);

    public SharedNodes(NodeRegistry here, NodePulse pulse, IBus bus, CoreId self, TimeProvider time, ILogger<SharedMap> mapLogger, ILogger<SharedNodes> logger)
    {
        (_here, _pulse, _logger) = (here, pulse, logger);
        _map = new SharedMap(bus, "core.nodes", self, time, mapLogger);
        _map.OthersChanged += Follow;
        here.Changed += Show;
    }

    /// <summary>All nodes, each once.</summary>
    public IReadOnlyCollection<NodeCard> All()
    {
        lock (_gate)
        {
            return
            [
                .. _here.All.Select(static node => node.Card).Concat(_elsewhere.Values.Select(static node => node.Card))
                    .GroupBy(static card => card.Id, StringComparer.Ordinal).Select(static cards => cards.MaxBy(static card => card.ConnectedAtMs)!),
            ];
        }
    }

    /// <summary>A node; null when none of this id is connected anywhere.</summary>
    public NodeCard? Find(string nodeId)
    {
        var (_, card) = FindElsewhere(nodeId);
        return card ?? _here.Find(nodeId)?.Card;
    }

    /// <summary>The core that a node is connected to; null when it is connected here, or nowhere.</summary>
    public string? CoreOf(string nodeId) => FindElsewhere(nodeId).Core;

    public override void Dispose()
    {
        _here.Changed -= Show;
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _map.RunAsync(stoppingToken);

    private (string? Core, NodeCard? Card) FindElsewhere(string nodeId)
    {
        var here = _here.Find(nodeId);
        lock (_gate)
        {
            var (core, card) = _elsewhere.Values.Where(node => node.Card.Id == nodeId).OrderByDescending(static node => node.Card.ConnectedAtMs).FirstOrDefault();
            return card is null || here?.ConnectedAtMs > card.ConnectedAtMs ? default : (core, card);
        }
    }

    private void Show(string nodeId)
    {
        if (nodeId.Length > MaxIdLength)
            return;
        // Several changes at once may come in any order; what is written is what holds.
        lock (_gate)
        {
            if (_here.Find(nodeId) is { } node)
                _map.Set(nodeId, JsonSerializer.SerializeToUtf8Bytes(node.Card, NodeClusterJson.Default.NodeCard));
            else
                _map.Remove(nodeId);
        }
    }

    private void Follow(IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> changes)
    {
        foreach (var (source, value) in changes)
        {
            var card = value is { } json ? Read(json) : null;
            lock (_gate)
            {
                if (card is null)
                    _elsewhere.Remove(source);
                else
                    _elsewhere[source] = (source[..source.IndexOf('/', StringComparison.Ordinal)], card);
            }
            // It came to another core because its connection here is dead, or soon will be; somebody may be waiting on that one.
            if (card is not null && _here.Find(card.Id) is { } before && before.ConnectedAtMs < card.ConnectedAtMs)
                _pulse.Check(before);
        }
    }

    private NodeCard? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, NodeClusterJson.Default.NodeCard);
        }
        catch (JsonException e)
        {
            LogMalformed(_logger, e);
            return null;
        }
    }

    [LoggerMessage(1606, LogLevel.Warning, "A node of another core is described as this core does not understand.")]
    private static partial void LogMalformed(ILogger logger, Exception exception);
}
