using OpenClaw.Gateway.Core.Sessions.Keys;

namespace OpenClaw.Gateway.Core.Sessions.Store;

/// <summary>The sessions of several store files under their canonical keys, and the tables they were taken from.</summary>
internal sealed record CombinedSessions(
    IReadOnlyList<(string AgentId, SessionTable Table)> Parts, SessionKeyRules Rules, IReadOnlyList<KeyValuePair<SessionKey, SessionEntry>> Sessions)
{
    public static CombinedSessions Of(IReadOnlyList<(string AgentId, SessionTable Table)> parts, SessionKeyRules rules)
    {
        var sessions = new OrderedDictionary<string, KeyValuePair<SessionKey, SessionEntry>>(StringComparer.Ordinal);
        foreach (var (agentId, table) in parts)
        {
            foreach (var (name, entry) in table.Entries)
            {
                // Reserved keys have no agent, so that every file may hold one of them.
                if (rules.CanonicalizeStored(name, agentId) is { } key)
                    sessions[key.Value] = new(key, sessions.TryGetValue(key.Value, out var other) ? SessionTable.Merge(other.Value, entry) : entry);
            }
        }
        return new CombinedSessions(parts, rules, [.. sessions.Values]);
    }

    public bool IsOf(IReadOnlyList<(string AgentId, SessionTable Table)> parts, SessionKeyRules rules) =>
        ReferenceEquals(Rules, rules) && Parts.Count == parts.Count && Parts.Zip(parts).All(static pair => ReferenceEquals(pair.First.Table, pair.Second.Table));
}
