namespace OpenClaw.Gateway.Core.Sessions.Keys;

/// <summary>Builds the keys of conversations that arrive from channels, schedules and hooks.</summary>
internal sealed class SessionKeyBuilder(
    SessionKeyRules rules,
    DirectMessageScope directScope = DirectMessageScope.Main,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? identityLinks = null)
{
    private const string DefaultAccount = "default";

    /// <summary>Key of a direct conversation with <paramref name="peerId"/>.</summary>
    public SessionKey Direct(string agentId, string? channel, string? accountId, string? peerId)
    {
        var peer = peerId?.Trim() ?? "";
        if (directScope == DirectMessageScope.Main || peer.Length == 0)
            return rules.MainOf(agentId);

        peer = (Linked(channel, peer) ?? peer).ToLowerInvariant();
        return directScope switch
        {
            DirectMessageScope.PerPeer => Key(agentId, $"direct:{peer}"),
            DirectMessageScope.PerChannelPeer => Key(agentId, $"{Channel(channel)}:direct:{peer}"),
            _ => Key(agentId, $"{Channel(channel)}:{Account(accountId)}:direct:{peer}"),
        };
    }

    /// <summary>Key of a group; <paramref name="isRoom"/> marks the channels of server-like services.</summary>
    public SessionKey Group(string agentId, string? channel, string? groupId, bool isRoom = false)
    {
        var id = string.IsNullOrWhiteSpace(groupId) ? SessionKey.Unknown : groupId.Trim().ToLowerInvariant();
        return Key(agentId, $"{Channel(channel)}:{(isRoom ? "channel" : "group")}:{id}");
    }

    /// <summary>The thread <paramref name="threadId"/> of <paramref name="parent"/>; blank means the parent itself.</summary>
    public static SessionKey Thread(SessionKey parent, string? threadId)
    {
        var id = threadId?.Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(id))
            return parent;
        return new SessionKey($"{parent.Value}:thread:{id}", parent.AgentId, $"{parent.Rest}:thread:{id}");
    }

    public static SessionKey Subagent(string agentId, Guid id) => Key(agentId, $"subagent:{id:D}");

    public static SessionKey CronJob(string agentId, string jobId) => Key(agentId, $"cron:{jobId}");

    public static SessionKey CronRun(string agentId, string jobId, string sessionId) => Key(agentId, $"cron:{jobId}:run:{sessionId}");

    public static SessionKey Hook(string agentId, Guid id) => Key(agentId, $"hook:{id:D}");

    private string? Linked(string? channel, string peer)
    {
        if (identityLinks is null)
            return null;
        var scoped = string.IsNullOrWhiteSpace(channel) ? null : $"{channel.Trim()}:{peer}";
        foreach (var (person, addresses) in identityLinks)
        {
            if (string.IsNullOrWhiteSpace(person))
                continue;
            foreach (var address in addresses)
            {
                var known = address.AsSpan().Trim();
                if (known.Equals(peer, StringComparison.OrdinalIgnoreCase) || (scoped is not null && known.Equals(scoped, StringComparison.OrdinalIgnoreCase)))
                    return person.Trim();
            }
        }
        return null;
    }

    private static string Channel(string? channel) => string.IsNullOrWhiteSpace(channel) ? SessionKey.Unknown : channel.Trim().ToLowerInvariant();

    private static string Account(string? accountId) => string.IsNullOrWhiteSpace(accountId) ? DefaultAccount : AgentId.Normalize(accountId);

    private static SessionKey Key(string agentId, string rest)
    {
        var id = AgentId.Normalize(agentId);
        return new SessionKey($"agent:{id}:{rest}", id, rest);
    }
}
