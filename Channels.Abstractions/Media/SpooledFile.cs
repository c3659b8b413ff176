namespace OpenClaw.Channels.Abstractions.Media;

/// <summary>
/// A file that lives as long as this object: it has no name any more when it is written, so nothing of it stays behind a process that dies (where a system
/// cannot do that, the system deletes it).
/// </summary>
public sealed class SpooledFile : IAsyncDisposable
{
    private SpooledFile(FileStream stream) => Stream = stream;

    /// <summary>Its bytes.</summary>
    public FileStream Stream { get; }

    /// <summary>Makes an empty one in the system's directory for temporary files.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static SpooledFile Create()
    {
        var path = Path.Combine(Path.GetTempPath(), $"openclaw-{Guid.NewGuid():N}.tmp");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new SpooledFile(new FileStream(path, options));
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
