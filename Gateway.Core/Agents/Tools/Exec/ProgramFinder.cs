namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>Finds the file a program's name means, as the shell would.</summary>
internal sealed class ProgramFinder(string path)
{
    /// <summary>An absolute path, not with links followed; null when there is no such program.</summary>
    public string? Find(string program, string cwd)
    {
        if (program.Contains('/', StringComparison.Ordinal))
            return Existing(Path.GetFullPath(program, cwd));
        // An empty or relative entry would make the answer depend on the directory.
        return path.Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified)
            .Select(directory => Existing(Path.Combine(directory, program)))
            .FirstOrDefault(static found => found is not null);
    }

    private static string? Existing(string path)
    {
        if (!File.Exists(path))
            return null;
        if (OperatingSystem.IsWindows())
            return path;
        const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return (File.GetUnixFileMode(path) & execute) != 0 ? path : null;
    }
}
