using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OpenClaw.Gateway.Core.Storage;

/// <summary>
/// Flushes a directory, so that a file that was created in it or renamed into it is still there after a power cut.
/// .NET opens no directories, hence the three calls to libc. Windows journals this itself.
/// </summary>
internal static partial class DirectoryEntry
{
    private const int ReadOnly = 0;

    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(directory, ReadOnly);
        if (descriptor < 0)
            return; // Gone or unreadable: there is nothing left to make durable.
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);

        // Some network file systems refuse fsync on directories; they order renames on the server.
        _ = Fsync(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle handle);
}
