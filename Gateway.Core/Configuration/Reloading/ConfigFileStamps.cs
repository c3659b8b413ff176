namespace OpenClaw.Gateway.Core.Configuration.Reloading;

/// <summary>What the directory says about the files of a configuration: another stamp means that a file may say something else.</summary>
internal sealed class ConfigFileStamps : IEquatable<ConfigFileStamps>
{
    private readonly (string Path, long Length, DateTime Written)[] _files;

    private ConfigFileStamps((string Path, long Length, DateTime Written)[] files) => _files = files;

    /// <summary>Looks at the files. A link counts as what it leads to.</summary>
    public static ConfigFileStamps Take(IEnumerable<string> paths) => new([.. paths.Select(Look)]);

    public bool Equals(ConfigFileStamps? other) => other is not null && _files.AsSpan().SequenceEqual(other._files);

    public override bool Equals(object? obj) => Equals(obj as ConfigFileStamps);

    public override int GetHashCode() => _files.Length == 0 ? 0 : _files[0].GetHashCode();

    private static (string Path, long Length, DateTime Written) Look(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
                file = target;
            return file.Exists ? (file.FullName, file.Length, file.LastWriteTimeUtc) : (file.FullName, -1, default);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It went while it was looked at, or its directory is closed; the reader will say what is wrong.
            return (path, -1, default);
        }
    }
}
