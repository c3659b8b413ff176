using System.Runtime.InteropServices;

namespace OpenClaw.Gateway.Client.Identity;

/// <summary>Gives a finished file its name, of several processes to one.</summary>
internal static partial class FileName
{
    private const int FileExists = 17; // EEXIST, the same number on Linux and macOS

    /// <summary>Moves <paramref name="source"/> to <paramref name="path"/> unless that name is taken.</summary>
    /// <returns>False when the name is taken; both files are as they were.</returns>
    /// <remarks>
    /// Not <see cref="File.Move(string, string, bool)"/>: on Unix it looks whether the name is free and then renames, so the
    /// second of two that look at the same moment replaces the first one's file.
    /// </remarks>
    public static bool TryTake(string source, string path)
    {
        if (OperatingSystem.IsWindows())
            return TryMove(source, path);
        if (Link(source, path) != 0)
        {
            if (Marshal.GetLastPInvokeError() == FileExists)
                return false;
            // No hard links on this file system. A copy creates the name exclusively too, but a reader may see it half written.
            if (!TryCopy(source, path))
                return false;
        }
        File.Delete(source);
        return true;
    }

    private static bool TryMove(string source, string path)
    {
        try
        {
            File.Move(source, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    private static bool TryCopy(string source, string path)
    {
        try
        {
            File.Copy(source, path, overwrite: false);
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
