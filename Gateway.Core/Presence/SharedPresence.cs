using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Core.Cluster;
using OpenClaw.Gateway.Core.Connections;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Presence;

/// <summary>
/// Shows this core's presence rows to the other cores, and theirs here. Rows go with their core. Clients are told of another core's
/// change as of one of this core: not when somebody connected, as whoever connects gets the list anyway.
/// </summary>
internal sealed partial class SharedPresence : BackgroundService
{
    // Keys of a map have at most 512 characters, and the core is in front.
    private const int MaxKeyLength = 256;

    private readonly PresenceStore _presence;
    private readonly ConnectionLifecycle _lifecycle;
    private readonly SharedMap _map;
    private readonly ILogger<SharedPresence> _logger;

    public SharedPresence(
        PresenceStore presence, ConnectionLifecycle lifecycle, IBus bus, CoreId self, TimeProvider time, ILogger<SharedMap> mapLogger, ILogger<SharedPresence> logger)
    {
        (_presence, _lifecycle, _logger) = (presence, lifecycle, logger);
        _map = new SharedMap(bus, "core.presence", self, time, mapLogger);
        _map.OthersChanged += Follow;
        presence.RowChanged += Show;
    }

    public override void Dispose()
    {
        _presence.RowChanged -= Show;
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _map.RunAsync(stoppingToken);

    private void Show(string key, PresenceEntry? row)
    {
        if (key.Length > MaxKeyLength)
            return;
        if (row is null)
            _map.Remove(key);
        else
            _map.Set(key, JsonSerializer.SerializeToUtf8Bytes(row, ProtocolJson.Context.PresenceEntry));
    }

    private void Follow(IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> changes)
    {
        var tell = false;
        foreach (var (source, value) in changes)
        {
            var row = value is { } json ? Read(json) : null;
            // The core is in front of the first stroke; the row's own key may have more of them.
            _presence.Adopt(source, source[(source.IndexOf('/', StringComparison.Ordinal) + 1)..], row);
            tell |= row?.Reason != "connect";
        }
        if (tell)
            _lifecycle.BroadcastPresence();
    }

    private PresenceEntry? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, ProtocolJson.Context.PresenceEntry);
        }
        catch (JsonException e)
        {
            LogMalformed(_logger, e);
            return null;
        }
    }

    [LoggerMessage(1521, LogLevel.Warning, "A presence row of another core is not what this core understands.")]
    private static partial void LogMalformed(ILogger logger, Exception exception);
}
