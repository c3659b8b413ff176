namespace OpenClaw.Gateway.Core.Agents.Tools.Files;

/// <summary>A directory out of which no path leads.</summary>
internal sealed class RootedDirectory
{
    private readonly string _given;
    private readonly string _root;
    private readonly string _homeDir;

    public RootedDirectory(string directory, string homeDir)
    {
        _given = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        _root = Path.TrimEndingDirectorySeparator(LinkResolver.Resolve(_given));
        _homeDir = homeDir;
    }

    /// <summary>
    /// The file a model's path means: relative to the root, or absolute, with <c>~</c> for the home directory. Throws
    /// <see cref="UnauthorizedAccessException"/> with a text for the model when it lies outside.
    /// </summary>
    public RootedPath Resolve(string path)
    {
        if (path.Length == 0)
            throw new UnauthorizedAccessException("The path is empty.");
        if (path.Contains('\0', StringComparison.Ordinal))
            throw new UnauthorizedAccessException("The path contains a null character.");
        var expanded = path == "~" || path.StartsWith("~/", StringComparison.Ordinal) ? _homeDir + path[1..] : path;
        var absolute = Path.GetFullPath(expanded, _given);
        var resolved = LinkResolver.Resolve(absolute);
        if (resolved == _root)
            return new RootedPath(_root, []);
        if (!resolved.StartsWith(_root + Path.DirectorySeparatorChar, PathComparison))
            throw new UnauthorizedAccessException($"EACCES: permission denied: '{path}' is outside the workspace. Files are limited to {_given}.");
        return new RootedPath(_root, resolved[(_root.Length + 1)..].Split(Path.DirectorySeparatorChar));
    }

    /// <summary>The path as errors name it: absolute, but not with links followed.</summary>
    public string Display(string path) => Path.GetFullPath(path, _given);

    private static StringComparison PathComparison => OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
}
