using System.Runtime.InteropServices;

namespace OpenClaw.Cli.Startup;

/// <summary>Whether anybody still reads what this process prints.</summary>
internal static partial class StandardOutput
{
    private const short PollError = 0x8;

    /// <summary>
    /// True when standard output is a pipe whose reader is gone. .NET swallows that error, so a command that prints for ever has to ask.
    /// </summary>
    public static bool IsClosed()
    {
        if (OperatingSystem.IsWindows())
            return false;
        var output = new PollFd { Descriptor = 1 };
        return Poll(ref output, 1, 0) > 0 && (output.Returned & PollError) != 0;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollFd descriptors, nuint count, int timeoutMs);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFd
    {
        public int Descriptor;
        public short Wanted;
        public short Returned;
    }
}
