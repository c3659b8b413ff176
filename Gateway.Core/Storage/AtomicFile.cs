using System.Runtime.Versioning;

namespace OpenClaw.Gateway.Core.Storage;

/// <summary>
/// Replaces whole files so that a reader, or a machine that lost power, sees the old content or the new one and
/// never a mixture: temp file in the same directory, flushed to disk, renamed, directory flushed.
/// Files are 0600 and directories 0700.
/// </summary>
internal static class AtomicFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>Writes <paramref name="content"/> to <paramref name="path"/>, durable when the task completes.</summary>
    /// <exception cref="IOException">The disk refused; the old file is untouched and the temp file is gone.</exception>
    public static Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        WriteAsync(path, stream => stream.Write(content.Span), cancellationToken);

    /// <summary>Like the overload for bytes, for content that is made while it is written, without waiting for anything.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content; called once, on another thread.</param>
    /// <param name="cancellationToken">Stops before the beginning; what began is brought to its end.</param>
    /// <param name="replacing">Called with the stamp that the file will have, just before it takes the place of the old one.</param>
    public static Task WriteAsync(string path, Action<FileStream> write, CancellationToken cancellationToken = default, Action<FileStamp>? replacing = null) =>
        // None of the steps can be waited for without a thread, so they share one.
        Task.Run(() => WriteAsync(path, (stream, _) => Written(write, stream), cancellationToken, replacing), cancellationToken);

    /// <summary>The same for content that has to be waited for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="cancellationToken">Stops the writing; the old file stays then.</param>
    /// <param name="replacing">Called with the stamp that the file will have, just before it takes the place of the old one.</param>
    public static async Task WriteAsync(
        string path, Func<FileStream, CancellationToken, ValueTask> write, CancellationToken cancellationToken = default, Action<FileStamp>? replacing = null)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        CreateDirectory(directory);

        // The peer's naming, so that its own clean-up of left-over temp files recognises ours.
        var temp = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():D}.tmp";
        try
        {
            var stream = Create(temp, FileMode.CreateNew);
            await using (stream.ConfigureAwait(false))
            {
                await write(stream, cancellationToken).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
            }
            replacing?.Invoke(FileStamp.Of(temp));
            File.Move(temp, path, overwrite: true);
        }
        catch
        {
            File.Delete(temp);
            throw;
        }
        DirectoryEntry.Flush(directory);
    }

    private static ValueTask Written(Action<FileStream> write, FileStream stream)
    {
        write(stream);
        return ValueTask.CompletedTask;
    }

    /// <summary>Opens a file for writing that only the owner can read; a new one gets mode 0600.</summary>
    public static FileStream Create(string path, FileMode mode, FileShare share = FileShare.Read)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = share,
        };
        if (!OperatingSystem.IsWindows() && mode is FileMode.CreateNew or FileMode.Create or FileMode.OpenOrCreate or FileMode.Append)
            SetOwnerOnly(options);
        return new FileStream(path, options);
    }

    /// <summary>Creates the directory and its missing parents with mode 0700; existing ones are left as they are.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerDirectory);
    }

    [UnsupportedOSPlatform("windows")]
    private static void SetOwnerOnly(FileStreamOptions options) => options.UnixCreateMode = OwnerFile;
}
