using OpenClaw.Gateway.Core.Sessions.Keys;

namespace OpenClaw.Gateway.Core.Sessions.Store;

/// <summary>
/// The content of one sessions.json under canonical keys, in file order. Immutable once published; only
/// <see cref="SessionTableEditor"/> changes a copy.
/// </summary>
internal sealed class SessionTable
{
    private readonly OrderedDictionary<string, SessionEntry> _entries;

    internal SessionTable(OrderedDictionary<string, SessionEntry> entries, IReadOnlyList<SessionField> foreign)
    {
        _entries = entries;
        Foreign = foreign;
    }

    public static SessionTable Empty { get; } = new([], []);

    public int Count => _entries.Count;

    /// <summary>Members of the file that are no session entries; kept as they are.</summary>
    public IReadOnlyList<SessionField> Foreign { get; }

    public IReadOnlyList<KeyValuePair<string, SessionEntry>> Entries => _entries;

    public SessionEntry? Find(SessionKey key) => _entries.GetValueOrDefault(key.Value);

    internal OrderedDictionary<string, SessionEntry> Copy() => new(_entries);

    /// <summary>
    /// A session that was stored twice, under a bare and a full key, becomes one: the newer entry wins
    /// field by field, the older one fills the gaps.
    /// </summary>
    internal static SessionEntry Merge(SessionEntry first, SessionEntry second) =>
        (first.UpdatedAt ?? 0) > (second.UpdatedAt ?? 0) ? second.Overlay(first) : first.Overlay(second);
}
