using System.ComponentModel;
using System.Diagnostics;

namespace OpenClaw.Gateway.Core.Sessions.Locking;

/// <summary>Asks the system whether a process exists.</summary>
internal static class ProcessLife
{
    public static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        catch (Win32Exception)
        {
            // It exists, but we may not look at it.
            return true;
        }
    }
}
