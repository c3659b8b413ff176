using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Http.ToolsInvoke;

/// <summary>
/// Which tools can be called over HTTP at all, before the agent's own policy: never those that touch files and commands, and by
/// default none that start sessions or change the gateway. <c>gateway.tools.allow</c> and <c>deny</c> change the latter.
/// </summary>
internal static class HttpToolPolicy
{
    /// <summary>In the original these are no tools of its gateway but of its runner, and were never reachable.</summary>
    private static readonly string[] Never = ["read", "write", "edit", "apply_patch", "exec", "process"];

    /// <summary>As in the newer releases of the original: a leaked token must not be worth a shell.</summary>
    private static readonly string[] DeniedByDefault =
        ["exec", "spawn", "shell", "fs_write", "fs_delete", "fs_move", "apply_patch", "sessions_spawn", "sessions_send", "cron", "gateway", "nodes"];

    public static bool Allows(ConfigSnapshot snapshot, string tool)
    {
        var tools = snapshot.Root.Section("gateway").Section("tools");
        return !Never.Contains(tool, StringComparer.Ordinal)
            && !ToolGroups.Expand(tools.Strings("deny")).Contains(tool)
            && (!DeniedByDefault.Contains(tool, StringComparer.Ordinal) || ToolGroups.Expand(tools.Strings("allow")).Contains(tool));
    }
}
