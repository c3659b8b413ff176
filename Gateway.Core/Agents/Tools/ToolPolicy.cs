using System.IO.Enumeration;
using OpenClaw.Gateway.Core.Agents.Models;

namespace OpenClaw.Gateway.Core.Agents.Tools;

/// <summary>Removes the tools a run may not use. Every stage can only take away; what denies wins.</summary>
internal static class ToolPolicy
{
    /// <summary>What a subagent never gets: it works alone, and for the session that started it.</summary>
    private static readonly string[] SubagentDenied =
    [
        "sessions_list", "sessions_history", "sessions_send", "sessions_spawn", "session_status", "gateway", "agents_list", "cron",
        "memory_search", "memory_get", "whatsapp_login",
    ];

    public static IReadOnlyList<IAgentTool> Filter(IEnumerable<IAgentTool> tools, ToolsOptions options, ModelRef model, bool isSubagent)
    {
        var left = tools.ToList();
        foreach (var stage in options.Stages)
        {
            Apply(left, stage);
            // The entry of the provider and then that of the model itself, when both are there.
            foreach (var key in (string[])[model.Provider, model.ToString()])
            {
                if (stage.ByProvider.TryGetValue(key, out var own))
                    Apply(left, own);
            }
        }
        if (isSubagent)
            left.RemoveAll(tool => SubagentDenied.Contains(tool.Name, StringComparer.Ordinal));
        return left;
    }

    private static void Apply(List<IAgentTool> tools, ToolPolicyStage stage)
    {
        if (stage.Profile is { } name && ToolGroups.Profile(name) is { } profile)
            Keep(tools, [.. profile, .. stage.AlsoAllow ?? []]);
        if (stage.Allow is { Count: > 0 } allow)
        {
            var allowed = new List<string>([.. allow, .. stage.AlsoAllow ?? []]);
            // A list of nothing but unknown names is a mistake, not the wish for an agent without tools.
            if (tools.Exists(tool => Matches(ToolGroups.Expand(allowed), tool.Name)))
                Keep(tools, allowed);
        }
        if (stage.Deny is { Count: > 0 } deny)
        {
            var denied = ToolGroups.Expand(deny);
            tools.RemoveAll(tool => Matches(denied, tool.Name));
        }
    }

    private static void Keep(List<IAgentTool> tools, IEnumerable<string> entries)
    {
        var names = ToolGroups.Expand(entries);
        // A patch can do nothing that a command cannot.
        if (names.Contains("exec"))
            names.Add("apply_patch");
        tools.RemoveAll(tool => !Matches(names, tool.Name));
    }

    private static bool Matches(HashSet<string> names, string tool) =>
        names.Contains(tool)
        || names.Any(name => name.Contains('*', StringComparison.Ordinal) && FileSystemName.MatchesSimpleExpression(name, tool));
}
