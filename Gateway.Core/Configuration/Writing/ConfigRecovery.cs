using System.Globalization;
using System.Text;
using OpenClaw.Gateway.Core.Configuration.Loading;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Configuration.Writing;

/// <summary>A former version of the configuration with which a gateway would start.</summary>
/// <param name="Path">The backup.</param>
/// <param name="Written">When that version was written.</param>
public sealed record ConfigBackup(string Path, DateTimeOffset Written)
{
    internal string Text { get; init; } = "";
}

/// <summary>Brings a former version of the configuration back when the file is broken.</summary>
/// <param name="loader">Reads and checks configurations of the same instance.</param>
/// <param name="time">Names what is set aside.</param>
public sealed class ConfigRecovery(ConfigLoader loader, TimeProvider time)
{
    /// <summary>The youngest backup beside the file that is valid; null when there is none.</summary>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<ConfigBackup?> FindAsync(CancellationToken cancellation = default)
    {
        foreach (var path in ConfigBackups.PathsOf(Target()))
        {
            if (!File.Exists(path))
                continue;
            var file = await ConfigFileReader.ReadAsync(path, cancellation).ConfigureAwait(false);
            if (file.Text is { } text && !string.IsNullOrWhiteSpace(text) && (await loader.EvaluateAsync(text, cancellation).ConfigureAwait(false)).Valid)
                return new ConfigBackup(path, File.GetLastWriteTimeUtc(path)) { Text = text };
        }
        return null;
    }

    /// <summary>Puts a backup in the place of the file, which is kept beside it.</summary>
    /// <param name="backup">What <see cref="FindAsync"/> found.</param>
    /// <param name="cancellation">Stops before the file is replaced.</param>
    /// <returns>Where the broken file is now; null when there was none.</returns>
    /// <exception cref="IOException">The file system refused; the file is as it was.</exception>
    public async Task<string?> RestoreAsync(ConfigBackup backup, CancellationToken cancellation = default)
    {
        var path = Target();
        using var held = await ConfigWriteLock.AcquireAsync(path, time, cancellation).ConfigureAwait(false);
        string? aside = null;
        if (File.Exists(path))
        {
            aside = string.Create(CultureInfo.InvariantCulture, $"{path}.broken-{time.GetUtcNow().ToUnixTimeMilliseconds()}");
            FileLink.Keep(path, aside);
        }
        await AtomicFile.WriteAsync(path, Encoding.UTF8.GetBytes(backup.Text), cancellation).ConfigureAwait(false);
        return aside;
    }

    /// <summary>The file itself where the configured path is a link: backups lie beside that.</summary>
    private string Target()
    {
        var path = loader.Environment.ConfigPath;
        return new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
    }
}
