using System.Runtime.InteropServices;

namespace OpenClaw.Gateway.Core.Storage;

/// <summary>
/// Creates a file only where none exists, with its content already in it: nobody ever sees it empty. (A program that
/// finds a lock file without content takes it for a dead one.)
/// </summary>
internal static partial class ExclusiveFile
{
    private const int FileExists = 17; // EEXIST, the same number on Linux and macOS

    /// <summary>False when the path is taken.</summary>
    /// <exception cref="DirectoryNotFoundException">The directory is missing.</exception>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        if (OperatingSystem.IsWindows())
            return TryCreateInPlace(path, content);

        var temp = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var stream = AtomicFile.Create(temp, FileMode.CreateNew))
                stream.Write(content);
            if (Link(temp, path) == 0)
                return true;
            if (Marshal.GetLastPInvokeError() == FileExists)
                return false;
        }
        finally
        {
            File.Delete(temp);
        }

        // No hard links on this file system.
        return TryCreateInPlace(path, content);
    }

    private static bool TryCreateInPlace(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            using var stream = AtomicFile.Create(path, FileMode.CreateNew, FileShare.None);
            stream.Write(content);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string existing, string created);
}
