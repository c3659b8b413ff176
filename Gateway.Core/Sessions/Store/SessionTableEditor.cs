using OpenClaw.Gateway.Core.Sessions.Keys;

namespace OpenClaw.Gateway.Core.Sessions.Store;

/// <summary>
/// The table a change works on. It lives only inside <see cref="SessionStoreFile.UpdateAsync"/>; a change that throws
/// leaves no trace of itself.
/// </summary>
internal sealed class SessionTableEditor(SessionTable original)
{
    private readonly OrderedDictionary<string, SessionEntry> _entries = original.Copy();
    private readonly List<(string Key, SessionEntry? Before)> _undo = [];

    /// <summary>Something differs from the table that was loaded.</summary>
    public bool Changed { get; private set; }

    public IReadOnlyList<KeyValuePair<string, SessionEntry>> Entries => _entries;

    public SessionEntry? Find(SessionKey key) => _entries.GetValueOrDefault(key.Value);

    /// <summary>Stores the entry, its two copies of the route made equal; returns what was stored.</summary>
    public SessionEntry Set(SessionKey key, SessionEntry entry)
    {
        var aligned = DeliveryRoute.Align(entry);
        Remember(key);
        _entries[key.Value] = aligned;
        return aligned;
    }

    public bool Remove(SessionKey key)
    {
        if (!_entries.ContainsKey(key.Value))
            return false;
        Remember(key);
        return _entries.Remove(key.Value);
    }

    internal void BeginChange() => _undo.Clear();

    internal void UndoChange()
    {
        for (var i = _undo.Count - 1; i >= 0; i--)
        {
            var (key, before) = _undo[i];
            if (before is null)
                _entries.Remove(key);
            else
                _entries[key] = before;
        }
        _undo.Clear();
    }

    internal void EndChange()
    {
        Changed |= _undo.Count > 0;
        _undo.Clear();
    }

    internal SessionTable Build() => new(_entries, original.Foreign);

    private void Remember(SessionKey key) => _undo.Add((key.Value, _entries.GetValueOrDefault(key.Value)));
}
