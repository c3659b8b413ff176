namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>Where an entry lies in its file.</summary>
internal readonly record struct IndexedEntry(TranscriptEntryKind Kind, string Id, string? ParentId, long Offset, int Length);

/// <summary>The shape of a transcript: its tree of entries without their content. Not thread-safe.</summary>
internal sealed class TranscriptIndex
{
    /// <summary>The format this release writes.</summary>
    public const int CurrentVersion = 3;

    private readonly List<IndexedEntry> _entries = [];
    private readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);

    /// <summary>Version of the header; zero without one.</summary>
    public int Version { get; set; }

    /// <summary>The first readable line is a header with an id.</summary>
    public bool HasHeader { get; set; }

    /// <summary>Session id of the header.</summary>
    public string? SessionId { get; set; }

    /// <summary>Where the first header line lies; null without one.</summary>
    public (long Offset, int Length)? HeaderPlace { get; set; }

    /// <summary>Bytes of whole lines; what lies behind is the rest of a line that was cut off.</summary>
    public long WholeLength { get; set; }

    /// <summary>Bytes of the file.</summary>
    public long FileLength { get; set; }

    /// <summary>The last line is complete but lacks its line feed.</summary>
    public bool LacksFinalLineFeed { get; set; }

    /// <summary>Lines in the middle that are no entries. They stay in the file and are passed over.</summary>
    public int MalformedLines { get; set; }

    /// <summary>All entries in file order, the header excepted.</summary>
    public IReadOnlyList<IndexedEntry> Entries => _entries;

    /// <summary>The entry that the next one hangs off; null before the first.</summary>
    public string? LeafId { get; set; }

    public bool IsTorn => FileLength > WholeLength;

    public bool Contains(string id) => _byId.ContainsKey(id);

    public IndexedEntry? Find(string id) => _byId.TryGetValue(id, out var at) ? _entries[at] : null;

    /// <summary>Adds the next entry of the file, which becomes the leaf.</summary>
    public void Add(IndexedEntry entry)
    {
        _byId[entry.Id] = _entries.Count;
        _entries.Add(entry);
        LeafId = entry.Id;
    }

    /// <summary>
    /// The entries from the root to <paramref name="leafId"/>. It ends where a parent is missing, which is how a
    /// shortened file begins, and does not follow a circle.
    /// </summary>
    public IReadOnlyList<IndexedEntry> PathTo(string? leafId)
    {
        var path = new List<IndexedEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var id = leafId; id is not null && seen.Add(id) && _byId.TryGetValue(id, out var at); id = _entries[at].ParentId)
            path.Add(_entries[at]);
        path.Reverse();
        return path;
    }
}
