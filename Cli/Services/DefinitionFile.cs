using System.Text;

namespace OpenClaw.Cli.Services;

/// <summary>The file of a service's definition. It is replaced as a whole or not at all, and only where it is this gateway's.</summary>
internal static class DefinitionFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const string BackupExtension = ".bak";
    private const string TempExtension = ".openclaw-tmp";

    /// <summary>Why nothing may be written in place of what is there; null when it may.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Name of the service.</param>
    /// <param name="force">What somebody else wrote may be replaced; it is kept beside the new one.</param>
    public static ServiceFailure? Obstacle(string path, string name, bool force)
    {
        if (Directory.Exists(path) && new FileInfo(path).LinkTarget is null)
            return new ServiceFailure(ServiceFailureKind.NotOurs, $"{path} is a directory") { Hints = [$"Move it away and run this again: mv {path} {path}.old"] };
        if (new FileInfo(path).LinkTarget is { } target)
        {
            // Whoever links a definition keeps it somewhere else, and means it: written through, that file would change; replaced, the link is lost.
            return new ServiceFailure(ServiceFailureKind.NotOurs, target == "/dev/null" ? $"{name} is masked: {path} is a link to {target}" : $"{path} is a link to {target}")
            {
                Hints = [target == "/dev/null" ? $"Unmask it and run this again: systemctl unmask {name} (with --user for a user's unit)" : $"Remove the link and run this again: rm {path}"],
            };
        }
        if (!File.Exists(path) || force)
            return null;
        try
        {
            if (ServiceMarks.IsOurs(name, File.ReadAllText(path)))
                return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ServiceFailure(ServiceFailureKind.NotPermitted, e.Message);
        }
        return new ServiceFailure(ServiceFailureKind.NotOurs, $"{path} was not written for a gateway")
        {
            Hints = [$"With --force it is replaced, and kept as {path}{BackupExtension}."],
        };
    }

    /// <summary>Writes it: a temporary file, flushed and renamed.</summary>
    /// <returns>Why it could not be written, or null.</returns>
    public static ServiceFailure? Write(string path, string name, string text, bool hasSecret, Encoding? encoding = null)
    {
        var temp = path + TempExtension;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (File.Exists(path) && !ServiceMarks.IsOurs(name, File.ReadAllText(path)))
                File.Copy(path, path + BackupExtension, overwrite: true);
            // Left by somebody who was killed.
            File.Delete(temp);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = hasSecret ? OwnerOnly : Readable;
            using (var stream = new FileStream(temp, options))
            {
                stream.Write((encoding ?? new UTF8Encoding(false)).GetBytes(text));
                stream.Flush(flushToDisk: true);
            }
            File.Move(temp, path, overwrite: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ServiceFailure(e is UnauthorizedAccessException ? ServiceFailureKind.NotPermitted : ServiceFailureKind.Refused, $"{path} cannot be written: {e.Message}");
        }
    }

    /// <summary>Removes it; false when there is none.</summary>
    public static (bool Removed, ServiceFailure? Failure) Remove(string path)
    {
        try
        {
            File.Delete(path + TempExtension);
            if (!File.Exists(path))
                return (false, null);
            File.Delete(path);
            return (true, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (false, new ServiceFailure(ServiceFailureKind.NotPermitted, $"{path} cannot be removed: {e.Message}"));
        }
    }
}
