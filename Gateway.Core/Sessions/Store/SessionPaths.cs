using System.Text.RegularExpressions;
using OpenClaw.Gateway.Core.Sessions.Keys;

namespace OpenClaw.Gateway.Core.Sessions.Store;

/// <summary>
/// Where sessions live on disk. The only place that turns ids into paths: agent ids are normalised to folder names,
/// session ids must be plain file names, and a stored file path counts only inside the sessions directories, links
/// resolved. Whatever a client or a file says, no path leaves them.
/// </summary>
internal sealed partial class SessionPaths(SessionSettings settings)
{
    private const string TranscriptExtension = ".jsonl";

    private readonly string _stateDirectory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(settings.StateDirectory));

    /// <summary>One file holds the sessions of all agents (<c>session.store</c> without <c>{agentId}</c>).</summary>
    public bool IsShared { get; } = !string.IsNullOrWhiteSpace(settings.StorePath) && !settings.StorePath.Contains("{agentId}", StringComparison.Ordinal);

    /// <summary>What listings call the place: the configured text, or <c>(multiple)</c>.</summary>
    public string Description => IsShared ? StoreFile(settings.DefaultAgentId) : string.IsNullOrWhiteSpace(settings.StorePath) ? "(multiple)" : settings.StorePath.Trim();

    /// <summary>Path of the sessions.json that holds an agent's sessions.</summary>
    public string StoreFile(string agentId)
    {
        var id = AgentId.Normalize(agentId);
        if (string.IsNullOrWhiteSpace(settings.StorePath))
            return Path.Combine(TranscriptDirectory(id), "sessions.json");
        var expanded = settings.StorePath.Trim().Replace("{agentId}", id, StringComparison.Ordinal);
        if (expanded.StartsWith('~') && settings.HomeDirectory is { } home)
            expanded = home + expanded[1..];
        return Path.GetFullPath(expanded, _stateDirectory);
    }

    /// <summary>Directory of an agent's transcripts.</summary>
    public string TranscriptDirectory(string agentId) => Path.Combine(_stateDirectory, "agents", AgentId.Normalize(agentId), "sessions");

    /// <summary>Path of the transcript of a session id; null when the id is no plain file name.</summary>
    public string? TranscriptFile(string agentId, string? sessionId, string? topicId = null)
    {
        if (!IsSafeId(sessionId))
            return null;
        var name = topicId is null ? $"{sessionId}.jsonl" : $"{sessionId}-topic-{Uri.EscapeDataString(topicId)}.jsonl";
        return IsSafeId(name) ? Path.Combine(TranscriptDirectory(agentId), name) : null;
    }

    /// <summary>
    /// The transcript of an entry: the file it names, when that lies in a sessions directory, else the one of its id.
    /// A path from another machine is tried by its file name. Null when the entry leads to no allowed path.
    /// </summary>
    public string? TranscriptFile(string agentId, SessionEntry entry)
    {
        if (ExistingTranscript(agentId, entry) is { } existing)
            return existing;
        return Stored(agentId, entry.SessionFile) ?? TranscriptFile(agentId, entry.SessionId);
    }

    /// <summary>Like <see cref="TranscriptFile(string, SessionEntry)"/>, but only a file that exists.</summary>
    public string? ExistingTranscript(string agentId, SessionEntry entry)
    {
        if (Stored(agentId, entry.SessionFile) is { } stored && IsOwnFile(stored, agentId))
            return stored;
        foreach (var name in new[] { FileName(entry.SessionFile), IsSafeId(entry.SessionId) ? $"{entry.SessionId}.jsonl" : null })
        {
            foreach (var root in name is null ? [] : Roots(agentId))
            {
                var candidate = Path.Combine(root, name!);
                if (IsOwnFile(candidate, agentId))
                    return candidate;
            }
        }
        return null;
    }

    /// <summary>Ids of the agents: the configured ones, or the folders found; the default agent first, the rest by name.</summary>
    public IReadOnlyList<string> AgentIds()
    {
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        if (settings.ConfiguredAgentIds.Count > 0)
            ids.UnionWith(settings.ConfiguredAgentIds.Where(id => !string.IsNullOrWhiteSpace(id)).Select(AgentId.Normalize));
        else if (new DirectoryInfo(Path.Combine(_stateDirectory, "agents")) is { Exists: true } agents)
            ids.UnionWith(agents.EnumerateDirectories().Select(d => AgentId.Normalize(d.Name)));
        var first = AgentId.Normalize(settings.DefaultAgentId);
        ids.Remove(first);
        return [first, .. ids];
    }

    /// <summary>A session id (or file name) that is one path segment on every system and hides nothing.</summary>
    public static bool IsSafeId(string? id) => id is not null && SafeId().IsMatch(id) && !id.Contains("..", StringComparison.Ordinal);

    private string? Stored(string agentId, string? sessionFile)
    {
        var trimmed = sessionFile?.Trim();
        if (string.IsNullOrEmpty(trimmed) || trimmed.Contains('\0', StringComparison.Ordinal))
            return null;
        var full = Path.GetFullPath(trimmed, TranscriptDirectory(agentId));
        return IsTranscriptName(Path.GetFileName(full)) && Roots(agentId).Any(root => Path.GetDirectoryName(full) == root) ? full : null;
    }

    private static string? FileName(string? sessionFile)
    {
        var name = sessionFile?.Trim().Split('/', '\\')[^1];
        return IsTranscriptName(name) ? name : null;
    }

    /// <summary>Keeps an entry from naming sessions.json or a lock file as its transcript.</summary>
    private static bool IsTranscriptName(string? name) => IsSafeId(name) && name!.EndsWith(TranscriptExtension, StringComparison.Ordinal);

    /// <summary>Directories that may hold transcripts; the last one is where early releases kept them.</summary>
    private string[] Roots(string agentId) =>
        [TranscriptDirectory(agentId), Path.GetDirectoryName(StoreFile(agentId))!, Path.Combine(_stateDirectory, "sessions")];

    private bool IsOwnFile(string path, string agentId)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            return false;
        if (file.LinkTarget is null)
            return true;
        return file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true, DirectoryName: { } target } && Roots(agentId).Contains(target);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._%+@=,-]{0,199}\z")]
    private static partial Regex SafeId();
}
