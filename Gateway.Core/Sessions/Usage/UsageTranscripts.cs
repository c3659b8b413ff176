using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Sessions.Usage;

/// <summary>A transcript file to count; <paramref name="Entry"/> is null when no session refers to it any more.</summary>
internal sealed record UsageTranscript(string Key, string SessionId, string Path, long UpdatedAt, SessionEntry? Entry);

/// <summary>Finds the transcripts that use and cost are read from.</summary>
internal sealed class UsageTranscripts(SessionSettings settings, SessionStores stores)
{
    private readonly SessionPaths _paths = new(settings);

    /// <summary>The transcript of one session, named by key or, for one that is no longer in the store, by <c>agent:&lt;id&gt;:&lt;session id&gt;</c>.</summary>
    public async Task<UsageTranscript?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (settings.Rules.Canonicalize(key) is not { } session)
            return null;
        var all = await stores.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        var (known, entry) = all.FirstOrDefault(s => s.Key == session) is { Value: not null } exact
            ? exact
            : all.FirstOrDefault(s => s.Value.SessionId == session.Rest);
        var path = entry is null ? _paths.TranscriptFile(session.AgentId, session.Rest) : _paths.ExistingTranscript(known.AgentId, entry);
        if (path is null || !File.Exists(path))
            return null;
        var changed = Modified(new FileInfo(path));
        return entry is null
            ? new UsageTranscript(session.Value, session.Rest, path, changed, null)
            : new UsageTranscript(known.Value, entry.SessionId ?? session.Rest, path, entry.UpdatedAt ?? changed, entry);
    }

    /// <summary>All transcripts that were written to since the range began.</summary>
    public async Task<IReadOnlyList<UsageTranscript>> ListAsync(UsageRange range, CancellationToken cancellationToken)
    {
        var bySessionId = new Dictionary<string, (SessionKey Key, SessionEntry Entry)>(StringComparer.Ordinal);
        foreach (var (key, entry) in await stores.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry.SessionId is { Length: > 0 } id)
                bySessionId[id] = (key, entry);
        }

        var found = new List<UsageTranscript>();
        foreach (var agentId in _paths.AgentIds())
        {
            foreach (var file in Files(_paths.TranscriptDirectory(agentId)).Where(file => Modified(file) >= range.StartMs))
            {
                var id = Path.GetFileNameWithoutExtension(file.Name);
                found.Add(bySessionId.TryGetValue(id, out var session)
                    ? new UsageTranscript(session.Key.Value, id, file.FullName, session.Entry.UpdatedAt ?? Modified(file), session.Entry)
                    : new UsageTranscript($"agent:{agentId}:{id}", id, file.FullName, Modified(file), null));
            }
        }
        return found;
    }

    /// <summary>Transcript files of a directory; none when it is missing.</summary>
    public static IEnumerable<FileInfo> Files(string directory)
    {
        var info = new DirectoryInfo(directory);
        return info.Exists ? info.EnumerateFiles("*.jsonl").Where(static file => file.LinkTarget is null) : [];
    }

    public static long Modified(FileInfo file) => new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeMilliseconds();
}
