using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Locking;

namespace OpenClaw.Gateway.Core.Sessions.Store;

/// <summary>The session entries of all agents. The way to read and change them for everybody.</summary>
internal sealed class SessionStores(ISessionSettings settings, LockFiles locks, TimeProvider time, ILogger<SessionStores> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, SessionStoreFile> _files = new(StringComparer.Ordinal);
    private volatile CombinedSessions? _combined;

    public SessionKeyRules Rules => settings.Current.Rules;

    /// <summary>Unreadable store files that were met; empty when all is well.</summary>
    public IReadOnlyList<StoreIncident> Incidents => [.. _files.Values.Select(f => f.Incident).OfType<StoreIncident>()];

    /// <summary>Path of the file that holds the entries of an agent.</summary>
    public string PathOf(string agentId) => new SessionPaths(settings.Current).StoreFile(agentId);

    /// <summary>All entries of the file an agent's sessions are in.</summary>
    public ValueTask<SessionTable> ReadAsync(string agentId, CancellationToken cancellationToken)
    {
        var current = settings.Current;
        return FileOf(current, agentId).ReadAsync(current.Rules, cancellationToken);
    }

    /// <summary>The entry of a session; null when there is none.</summary>
    public async ValueTask<SessionEntry?> FindAsync(SessionKey key, CancellationToken cancellationToken) =>
        (await ReadAsync(key.AgentId, cancellationToken).ConfigureAwait(false)).Find(key);

    /// <summary>Changes entries of one agent's file; see <see cref="SessionStoreFile.UpdateAsync"/>.</summary>
    public Task<T> UpdateAsync<T>(string agentId, Func<SessionTableEditor, T> change, CancellationToken cancellationToken)
    {
        var current = settings.Current;
        return FileOf(current, agentId).UpdateAsync(current.Rules, only: null, change, cancellationToken);
    }

    /// <summary>
    /// Changes one entry: <paramref name="change"/> gets it, or null when there is none, and returns what to store;
    /// null leaves everything as it was. Returns what is stored afterwards.
    /// </summary>
    public Task<SessionEntry?> UpdateAsync(SessionKey key, Func<SessionEntry?, SessionEntry?> change, CancellationToken cancellationToken)
    {
        var current = settings.Current;
        return FileOf(current, key.AgentId).UpdateAsync(
            current.Rules,
            key,
            table =>
            {
                var before = table.Find(key);
                return change(before) is { } after && !ReferenceEquals(after, before) ? table.Set(key, after) : before;
            },
            cancellationToken);
    }

    /// <summary>What <see cref="FindAsync"/> returns has all changes in it that were begun before.</summary>
    public bool IsSettled(SessionKey key) => FileOf(settings.Current, key.AgentId).IsSettled(key);

    /// <summary>Marks a session as used now, when its file is written next; nobody waits for it.</summary>
    public void Touch(SessionKey key)
    {
        var current = settings.Current;
        FileOf(current, key.AgentId).Note(current.Rules, table =>
        {
            if (table.Find(key) is { } entry)
                table.Set(key, entry.Edit().Touch(time.GetUtcNow()).Build());
        });
    }

    /// <summary>
    /// Every session of every agent under its canonical key. Agents come from the configuration, or, when it names none,
    /// from the folders of the state dir.
    /// </summary>
    public async ValueTask<IReadOnlyList<KeyValuePair<SessionKey, SessionEntry>>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var current = settings.Current;
        var paths = new SessionPaths(current);
        var parts = new List<(string AgentId, SessionTable Table)>();
        foreach (var group in paths.AgentIds().GroupBy(paths.StoreFile, StringComparer.Ordinal))
        {
            var agentId = paths.IsShared ? current.Rules.DefaultAgentId : group.First();
            parts.Add((agentId, await ReadAsync(agentId, cancellationToken).ConfigureAwait(false)));
        }

        // Clients poll lists; as long as no file changes, the answer is made from the same rows.
        var combined = _combined;
        if (combined?.IsOf(parts, current.Rules) != true)
            _combined = combined = CombinedSessions.Of(parts, current.Rules);
        return combined.Sessions;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _files.Values)
            await file.DisposeAsync().ConfigureAwait(false);
    }

    private SessionStoreFile FileOf(SessionSettings current, string agentId)
    {
        var paths = new SessionPaths(current);
        var owner = paths.IsShared ? current.Rules.DefaultAgentId : AgentId.Normalize(agentId);
        return _files.GetOrAdd(paths.StoreFile(owner), path => new SessionStoreFile(path, new SessionTableLoader(owner, time, logger), locks));
    }
}
