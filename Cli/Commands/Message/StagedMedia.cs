using System.Security.Cryptography;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Message;

/// <summary>
/// A file of the person who types, where the gateway may read it. The gateway itself reads only its own directories, so that nobody who may only send
/// can have any file of the machine sent; whoever types here may read the file already.
/// </summary>
/// <param name="Reference">What the gateway is told: a URL, or the path of the copy.</param>
/// <param name="CopyDirectory">Where the copy is; null without one.</param>
internal sealed record StagedMedia(string? Reference, string? CopyDirectory) : IDisposable
{
    /// <summary>The largest that any service takes (channels.md A1, media: documents), in bytes. The gateway's own limit is usually smaller.</summary>
    private const long MaxBytes = 100L << 20;

    /// <summary>A copy that a killed command left behind is taken away after that long.</summary>
    private static readonly TimeSpan Leftover = TimeSpan.FromDays(1);

    /// <summary>Makes the copy; a text instead says why it cannot be.</summary>
    /// <param name="context">The instance.</param>
    /// <param name="media">A path or URL; null for none.</param>
    /// <param name="isLocal">The gateway runs on this machine; another one's files are its own matter.</param>
    /// <param name="cancellation">Stops copying.</param>
    public static async Task<(StagedMedia? Media, string? Problem)> PrepareAsync(CommandContext context, string? media, bool isLocal, CancellationToken cancellation)
    {
        if (media?.Trim() is not { Length: > 0 } reference)
            return (new StagedMedia(null, null), null);
        if (reference.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || reference.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || !isLocal)
            return (new StagedMedia(reference, null), null);
        try
        {
            var path = Path.GetFullPath(reference.StartsWith("file://", StringComparison.OrdinalIgnoreCase) ? new Uri(reference).LocalPath : context.Environment.ExpandPath(reference)!);
            if (!File.Exists(path))
                return (null, $"--media: there is no file {path}");
            if (new FileInfo(path).Length > MaxBytes)
                return (null, $"--media: {path} is larger than {MaxBytes >> 20} MB");
            var root = Path.Combine(context.Environment.StateDirectory, "media", "given");
            Sweep(context, root);
            var directory = Path.Combine(root, RandomNumberGenerator.GetHexString(16, lowercase: true));
            PrivateDirectory.Create(directory);
            var copy = Path.Combine(directory, Path.GetFileName(path));
            await CopyAsync(path, copy, cancellation).ConfigureAwait(false);
            return (new StagedMedia(copy, directory), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or UriFormatException or ArgumentException or NotSupportedException)
        {
            return (null, "--media: " + e.Message);
        }
    }

    /// <summary>The gateway has read it by the time it answers, or does not want it.</summary>
    public void Dispose()
    {
        if (CopyDirectory is not null)
            Remove(CopyDirectory);
    }

    private static async Task CopyAsync(string path, string copy, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var source = File.OpenRead(path);
        await using (source.ConfigureAwait(false))
        {
            var target = new FileStream(copy, options);
            await using (target.ConfigureAwait(false))
                await source.CopyToAsync(target, cancellation).ConfigureAwait(false);
        }
    }

    private static void Sweep(CommandContext context, string root)
    {
        if (!Directory.Exists(root))
            return;
        var oldest = (context.Time.GetUtcNow() - Leftover).UtcDateTime;
        foreach (var directory in Directory.EnumerateDirectories(root))
        {
            if (Directory.GetLastWriteTimeUtc(directory) < oldest)
                Remove(directory);
        }
    }

    private static void Remove(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Swept another day.
        }
    }
}
