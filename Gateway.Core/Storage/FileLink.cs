using System.Runtime.InteropServices;

namespace OpenClaw.Gateway.Core.Storage;

/// <summary>Gives a file a second name.</summary>
internal static partial class FileLink
{
    /// <summary>
    /// Keeps what is now at <paramref name="path"/> reachable as <paramref name="name"/> when the path is replaced: without
    /// copying where the file system has hard links.
    /// </summary>
    public static void Keep(string path, string name)
    {
        if (OperatingSystem.IsWindows() || Link(path, name) != 0)
            File.Copy(path, name);
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string created);
}
