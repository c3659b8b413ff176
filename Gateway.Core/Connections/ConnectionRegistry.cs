using System.Collections.Concurrent;

namespace OpenClaw.Gateway.Core.Connections;

/// <summary>All connections that finished their handshake.</summary>
internal sealed class ConnectionRegistry
{
    private readonly ConcurrentDictionary<string, GatewayConnection> _byId = new(StringComparer.Ordinal);
    private volatile GatewayConnection[] _all = [];
    private readonly Lock _gate = new();

    /// <summary>A snapshot, cheap to walk.</summary>
    public IReadOnlyList<GatewayConnection> All => _all;

    public int Count => _all.Length;

    public void Add(GatewayConnection connection)
    {
        lock (_gate)
        {
            _byId[connection.Id] = connection;
            _all = [.. _byId.Values];
        }
    }

    public void Remove(GatewayConnection connection)
    {
        lock (_gate)
        {
            if (_byId.TryRemove(connection.Id, out _))
                _all = [.. _byId.Values];
        }
    }

    public GatewayConnection? Find(string id) => _byId.GetValueOrDefault(id);
}
