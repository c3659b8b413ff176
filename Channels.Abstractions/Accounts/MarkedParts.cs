using System.Collections.Concurrent;

namespace OpenClaw.Channels.Abstractions.Accounts;

/// <summary>The parts that this connection made known and whose message is not stored yet.</summary>
internal sealed class MarkedParts
{
    private readonly ConcurrentDictionary<string, byte> _ids = new(StringComparer.Ordinal);

    public void Add(string id) => _ids[id] = 0;

    public bool Contains(string id) => _ids.ContainsKey(id);

    public void Remove(string id) => _ids.TryRemove(id, out _);
}
