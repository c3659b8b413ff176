using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Hosting;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Sessions.Listing;

/// <summary>A session as its file has it. Null is what the file does not say.</summary>
/// <param name="Key">Its key, canonical.</param>
/// <param name="AgentId">Agent it belongs to.</param>
/// <param name="Kind">direct, group, global or unknown.</param>
/// <param name="UpdatedAt">Last activity, Unix milliseconds.</param>
/// <param name="Transcript">The file with its messages; null when there is none.</param>
public sealed record StoredSession(string Key, string AgentId, string Kind, long? UpdatedAt, string? Transcript)
{
    /// <summary>Id of its current transcript.</summary>
    public string? SessionId { get; init; }

    /// <summary>Switches of the entry.</summary>
    public bool? SystemSent { get; init; }

    /// <inheritdoc cref="SystemSent"/>
    public bool? AbortedLastRun { get; init; }

    /// <summary>Levels and modes of the entry, as text.</summary>
    public string? ThinkingLevel { get; init; }

    /// <inheritdoc cref="ThinkingLevel"/>
    public string? VerboseLevel { get; init; }

    /// <inheritdoc cref="ThinkingLevel"/>
    public string? ReasoningLevel { get; init; }

    /// <inheritdoc cref="ThinkingLevel"/>
    public string? ElevatedLevel { get; init; }

    /// <inheritdoc cref="ThinkingLevel"/>
    public string? ResponseUsage { get; init; }

    /// <inheritdoc cref="ThinkingLevel"/>
    public string? GroupActivation { get; init; }

    /// <summary>Tokens so far.</summary>
    public long? InputTokens { get; init; }

    /// <inheritdoc cref="InputTokens"/>
    public long? OutputTokens { get; init; }

    /// <inheritdoc cref="InputTokens"/>
    public long? TotalTokens { get; init; }

    /// <summary>Window of the model that was used, in tokens.</summary>
    public long? ContextTokens { get; init; }

    /// <summary>Model that was used last, or is set for the session.</summary>
    public string? Model { get; init; }
}

/// <summary>A store file that nobody can read.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="UsedInstead">The backup whose entries count meanwhile; null when the agent begins without sessions.</param>
public sealed record UnreadableStore(string Path, string Reason, string? UsedInstead);

/// <summary>The sessions on the disk, for commands that ask no gateway. Reading changes nothing, and a gateway may run meanwhile.</summary>
/// <param name="StorePath">What listings call the place: a file, or <c>(multiple)</c>.</param>
/// <param name="StoreFiles">The store file of each agent, the default agent's first.</param>
/// <param name="Sessions">The youngest first.</param>
/// <param name="Unreadable">Files that could not be read.</param>
public sealed record StoredSessions(
    string StorePath, IReadOnlyList<KeyValuePair<string, string>> StoreFiles, IReadOnlyList<StoredSession> Sessions, IReadOnlyList<UnreadableStore> Unreadable)
{
    /// <summary>Reads the sessions of all agents.</summary>
    /// <param name="snapshot">The configuration, which says where they are.</param>
    /// <param name="environment">The instance.</param>
    /// <param name="time">Clock.</param>
    /// <param name="storePath">Another store file to read; null for the configured ones.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="IOException">A file cannot be read at all.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static async Task<StoredSessions> ReadAsync(
        ConfigSnapshot snapshot, GatewayEnvironment environment, TimeProvider time, string? storePath = null, CancellationToken cancellation = default)
    {
        var settings = ConfiguredSessionSettings.Of(snapshot, environment);
        if (storePath is not null)
            settings = settings with { StorePath = environment.ExpandPath(storePath) };
        var paths = new SessionPaths(settings);
        var stores = new SessionStores(new FixedSettings(settings), new LockFiles(time, Environment.MachineName), time, NullLogger<SessionStores>.Instance);
        await using var closing = stores.ConfigureAwait(false);
        var all = await stores.ReadAllAsync(cancellation).ConfigureAwait(false);
        var files = paths.AgentIds().Select(agent => KeyValuePair.Create(agent, paths.StoreFile(agent))).ToList();
        return new StoredSessions(
            files.Count == 1 ? files[0].Value : paths.Description,
            files,
            [.. all.Select(session => Row(paths, session.Key, session.Value)).OrderByDescending(static row => row.UpdatedAt ?? 0)],
            [.. stores.Incidents.Select(static incident => new UnreadableStore(incident.File, incident.Reason, incident.RecoveredFrom))]);
    }

    private static StoredSession Row(SessionPaths paths, SessionKey key, SessionEntry entry) =>
        new(key.Value, key.AgentId, key.KindOf(entry.ChatType).Name(), entry.UpdatedAt, paths.ExistingTranscript(key.AgentId, entry))
        {
            SessionId = entry.SessionId,
            SystemSent = entry.SystemSent,
            AbortedLastRun = entry.AbortedLastRun,
            ThinkingLevel = entry.ThinkingLevel,
            VerboseLevel = entry.VerboseLevel,
            ReasoningLevel = entry.ReasoningLevel,
            ElevatedLevel = entry.ElevatedLevel,
            ResponseUsage = entry.ResponseUsage,
            GroupActivation = entry.GroupActivation,
            InputTokens = entry.InputTokens,
            OutputTokens = entry.OutputTokens,
            TotalTokens = entry.TotalTokens,
            ContextTokens = entry.ContextTokens,
            Model = entry.Model ?? entry.ModelOverride,
        };

    private sealed class FixedSettings(SessionSettings settings) : ISessionSettings
    {
        public SessionSettings Current => settings;
    }
}
