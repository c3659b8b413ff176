using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>
/// Starts a command as the leader of a session of its own, and ends all of it. Where the <c>setsid</c> program is missing
/// only processes that still hang below the command can be found.
/// </summary>
internal static partial class ProcessGroup
{
    private const int Kill = 9;

    /// <summary>Puts the launcher in front of a command.</summary>
    public static (string FileName, IReadOnlyList<string> Arguments, bool IsLeader) Wrap(string fileName, IReadOnlyList<string> arguments, ProgramFinder finder)
    {
        // .NET's child is no group leader, so setsid needs no fork: the pid we get is the command's own, and the group's.
        if (!OperatingSystem.IsWindows() && finder.Find("setsid", "/") is { } setsid)
            return (setsid, [fileName, .. arguments], true);
        return (fileName, arguments, false);
    }

    /// <summary>Ends the command and all below it. It may end and be disposed of meanwhile, so its id is told: a disposed process has none.</summary>
    public static void KillAll(Process process, int pid, bool isLeader)
    {
        try
        {
            // First what hangs below it: what has left the group can no longer be found when its parent is dead.
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
        finally
        {
            if (isLeader)
                KillLeftovers(pid);
        }
    }

    /// <summary>Ends what a finished leader has left in its group.</summary>
    public static void KillLeftovers(int leaderPid) => _ = SendSignal(-leaderPid, Kill);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int pid, int signal);
}
