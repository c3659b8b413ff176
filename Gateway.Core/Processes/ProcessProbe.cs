using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace OpenClaw.Gateway.Core.Processes;

/// <summary>Asks the operating system about other processes, and signals them.</summary>
internal static partial class ProcessProbe
{
    public const int Terminate = 15;
    public const int Kill = 9;

    /// <summary>Whether a process of that id runs. One that has ended but was not collected yet does not.</summary>
    public static bool IsAlive(int processId)
    {
        if (OperatingSystem.IsLinux() && ReadStat(processId) is { } stat)
            return stat[0] is not ("Z" or "X");
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
        catch (Win32Exception)
        {
            // It exists, but may not be looked at.
            return true;
        }
    }

    /// <summary>The raw number of SIGUSR1: 10 on Linux, 30 on macOS and FreeBSD; null where there is none.</summary>
    public static int? UserSignal1 => OperatingSystem.IsLinux() ? 10 : OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? 30 : null;

    /// <summary>Whether the process is a gateway, by its command line, or by its name where the system does not tell that.</summary>
    public static bool RunsGateway(int processId)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                var line = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/cmdline"));
                return line.Contains("openclaw", StringComparison.OrdinalIgnoreCase) && line.Contains("gateway", StringComparison.OrdinalIgnoreCase);
            }
            using var process = Process.GetProcessById(processId);
            return process.ProcessName.Contains("openclaw", StringComparison.OrdinalIgnoreCase) || process.ProcessName is "dotnet" or "node";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Start time in clock ticks since boot (field 22 of <c>/proc/&lt;pid&gt;/stat</c>); null elsewhere than on Linux.</summary>
    public static long? StartTicks(int processId) =>
        OperatingSystem.IsLinux() && ReadStat(processId) is { Length: > 19 } stat
        && long.TryParse(stat[19], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) ? ticks : null;

    /// <summary>When the process started, to within a second; null when the system does not tell.</summary>
    public static DateTimeOffset? StartTime(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.StartTime.ToUniversalTime();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Sends a signal; null when it was sent or the process is gone, else why not.</summary>
    public static string? Signal(int processId, int signal)
    {
        const int noSuchProcess = 3; // ESRCH, the same number on Linux and macOS
        if (SendSignal(processId, signal) == 0)
            return null;
        var error = Marshal.GetLastPInvokeError();
        return error == noSuchProcess ? null : Marshal.GetPInvokeErrorMessage(error);
    }

    /// <summary>The fields of the stat line from the state (field 3) on; the name before it may hold blanks and brackets.</summary>
    private static string[]? ReadStat(int processId)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
            var close = text.LastIndexOf(')');
            return close < 0 ? null : text[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
