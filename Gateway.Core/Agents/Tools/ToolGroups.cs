namespace OpenClaw.Gateway.Core.Agents.Tools;

/// <summary>Names that stand for several tools in a policy.</summary>
internal static class ToolGroups
{
    private static readonly string[] Files = ["read", "write", "edit", "apply_patch"];
    private static readonly string[] Runtime = ["exec", "process"];
    private static readonly string[] Sessions = ["sessions_list", "sessions_history", "sessions_send", "sessions_spawn", "session_status"];
    private static readonly string[] Memory = ["memory_search", "memory_get"];
    private static readonly string[] Web = ["web_search", "web_fetch"];

    private static readonly Dictionary<string, string[]> Groups = new(StringComparer.Ordinal)
    {
        ["group:fs"] = Files,
        ["group:runtime"] = Runtime,
        ["group:sessions"] = Sessions,
        ["group:memory"] = Memory,
        ["group:web"] = Web,
        ["group:ui"] = ["browser", "canvas"],
        ["group:automation"] = ["cron", "gateway"],
        ["group:messaging"] = ["message"],
        ["group:nodes"] = ["nodes"],
        ["group:openclaw"] =
            ["browser", "canvas", "nodes", "cron", "message", "gateway", "agents_list", .. Sessions, .. Memory, .. Web, "image"],
    };

    private static readonly Dictionary<string, string[]> Profiles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["minimal"] = ["session_status"],
        ["coding"] = ["group:fs", "group:runtime", "group:sessions", "group:memory", "image"],
        ["messaging"] = ["group:messaging", "sessions_list", "sessions_history", "sessions_send", "session_status"],
    };

    /// <summary>The one spelling of a tool's name.</summary>
    public static string Normalize(string name) => name.Trim().ToLowerInvariant() switch
    {
        "bash" => "exec",
        "apply-patch" => "apply_patch",
        var id => id,
    };

    /// <summary>Names, groups and wildcards as names and wildcards.</summary>
    public static HashSet<string> Expand(IEnumerable<string> entries)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries.Select(Normalize))
        {
            if (Groups.TryGetValue(entry, out var members))
                names.UnionWith(members);
            else if (entry.Length > 0)
                names.Add(entry);
        }
        return names;
    }

    /// <summary>The entries of a profile; null for <c>full</c> and for names nobody knows, which allow everything.</summary>
    public static IReadOnlyList<string>? Profile(string name) => Profiles.GetValueOrDefault(name.Trim());
}
