using OpenClaw.Gateway.Core.Dispatch;

namespace OpenClaw.Gateway.Core.Idempotency;

/// <summary>Remembers the answers of calls that carry an idempotency key, so that a repeat is answered and not done again.</summary>
internal sealed class IdempotencyCache(TimeProvider time)
{
    /// <summary>How long an answer is remembered after it was written (protocol page 4.2).</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Most answers; the oldest go first.</summary>
    public const int MaxEntries = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _oldestFirst = new();

    /// <summary>The remembered answer, or null.</summary>
    public MethodReply? Find(string key)
    {
        lock (_gate)
        {
            Expire();
            return _byKey.TryGetValue(key, out var node) ? node.Value.Reply : null;
        }
    }

    /// <summary>Remembers an answer, replacing an earlier one of the key.</summary>
    public void Store(string key, MethodReply reply)
    {
        lock (_gate)
        {
            if (_byKey.Remove(key, out var old))
                _oldestFirst.Remove(old);
            _byKey[key] = _oldestFirst.AddLast(new Entry(key, reply, time.GetUtcNow() + Lifetime));
            Expire();
        }
    }

    /// <summary>Remembers an answer unless there is one of the key: a first answer must not take the place of a final one that was faster.</summary>
    public void StoreIfAbsent(string key, MethodReply reply)
    {
        lock (_gate)
        {
            Expire();
            if (!_byKey.ContainsKey(key))
                Store(key, reply);
        }
    }

    /// <summary>Forgets a key: what it stood for did not happen.</summary>
    public void Remove(string key)
    {
        lock (_gate)
        {
            if (_byKey.Remove(key, out var old))
                _oldestFirst.Remove(old);
        }
    }

    private void Expire()
    {
        var now = time.GetUtcNow();
        while (_oldestFirst.First is { } oldest && (oldest.Value.Until <= now || _byKey.Count > MaxEntries))
        {
            _oldestFirst.RemoveFirst();
            _byKey.Remove(oldest.Value.Key);
        }
    }

    private sealed record Entry(string Key, MethodReply Reply, DateTimeOffset Until);
}

/// <summary>Keys of the cache: one space per method, over all clients.</summary>
internal static class IdempotencyKeys
{
    public static string Agent(string key) => "agent:" + key;

    public static string Chat(string key) => "chat:" + key;

    /// <summary>The client's key in one of these.</summary>
    public static string IdIn(string key) => key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
