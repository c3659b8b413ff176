using System.Text;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>Files and directories of state, readable by their owner alone.</summary>
internal static class DurableFile
{
    /// <summary>Replaces a file at once: after a crash at any moment it has the old content or the new.</summary>
    public static void Replace(string path, string content)
    {
        var temporary = path + ".tmp";
        using (var stream = new FileStream(temporary, Options(FileMode.Create, FileAccess.Write)))
        {
            stream.Write(Encoding.UTF8.GetBytes(content));
            stream.Flush();
            DiskSync.File(stream.SafeFileHandle);
        }
        File.Move(temporary, path, overwrite: true);
        DiskSync.Directory(Path.GetDirectoryName(path)!);
    }

    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share = FileShare.ReadWrite | FileShare.Delete)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode is not (FileMode.Open or FileMode.Truncate))
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
