using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>Makes what was written survive a power failure.</summary>
internal static partial class DiskSync
{
    // O_RDONLY | O_CLOEXEC.
    private const int LinuxOpenFlags = 0x80000;
    private const int MacOpenFlags = 0x1000000;

    /// <summary>
    /// Flushes a file's data and, on Linux, only the metadata needed to read it back: fsync would also commit the new
    /// modification time to the file system's own journal, a second disk write for each of ours.
    /// </summary>
    public static void File(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
            RandomAccess.FlushToDisk(file);
        else if (FDataSync(file) != 0)
            throw Failure("fdatasync");
    }

    /// <summary>Flushes a directory: the names in it. Windows does so by itself.</summary>
    public static void Directory(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var directory = Open(path, OperatingSystem.IsMacOS() ? MacOpenFlags : LinuxOpenFlags);
        if (directory.IsInvalid)
            throw Failure("open " + path);
        if (FSync(directory) != 0)
            throw Failure("fsync " + path);
    }

    private static IOException Failure(string call) => new($"{call}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FDataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);
}
