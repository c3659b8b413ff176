namespace OpenClaw.Cli.Commands.Backup;

/// <summary>Names of files in an archive. Whatever an archive says, no name leads out of the directory that it is unpacked to.</summary>
internal static class ArchiveName
{
    private const int Longest = 4096;

    /// <summary>What is wrong with a name; null when it can be used.</summary>
    public static string? Problem(string name)
    {
        if (name.Length is 0 or > Longest)
            return "its length";
        if (name.Any(char.IsControl))
            return "a control character";
        // On Windows these lead elsewhere too.
        if (OperatingSystem.IsWindows() && name.IndexOfAny(['\\', ':']) >= 0)
            return "a character that is not portable";
        if (name[0] == '/')
            return "it is absolute";
        return name.Split('/').Any(static part => part is "" or "." or "..") ? "it leads elsewhere" : null;
    }

    /// <summary>A path below a directory as a name below a prefix.</summary>
    public static string Of(string prefix, string directory, string path) =>
        prefix + "/" + Path.GetRelativePath(directory, path).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>For a name without a <see cref="Target"/>.</summary>
    public static InvalidDataException Foreign(string name) => new($"It holds a file that is no part of a state: {name}");

    /// <summary>Where a file of an archive belongs in a restored state directory; null for what is no part of a state.</summary>
    public static string? Target(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return (slash < 0 ? "" : name[..slash]) switch
        {
            BackupContent.State => name[(slash + 1)..],
            BackupContent.Config => "openclaw.json",
            BackupContent.Credentials => "credentials/" + name[(slash + 1)..],
            BackupContent.Workspaces => name,
            _ => null,
        };
    }
}
