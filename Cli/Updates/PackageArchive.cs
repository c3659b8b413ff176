using System.Formats.Tar;
using System.IO.Compression;

namespace OpenClaw.Cli.Updates;

/// <summary>
/// Unpacks an archive of eng/package: plain files in one directory. Its hash was right, and still nothing in it may reach outside of the place
/// it is unpacked to.
/// </summary>
internal static class PackageArchive
{
    /// <summary>Five times what a package has today.</summary>
    private const int MaxEntries = 5_000;

    private const long MaxBytes = 2_000_000_000;

    /// <summary>Unpacks it, and returns the directory that it has inside.</summary>
    public static async Task<string> UnpackAsync(string archive, string directory, CancellationToken cancellation)
    {
        Directory.CreateDirectory(directory);
        string? top = null;
        var entries = 0;
        var bytes = 0L;
        try
        {
            await using var file = File.OpenRead(archive);
            await using var plain = new GZipStream(file, CompressionMode.Decompress);
            await using var tar = new TarReader(plain);
            while (await tar.GetNextEntryAsync(copyData: false, cancellation).ConfigureAwait(false) is { } entry)
            {
                bytes += entry.Length;
                if (++entries > MaxEntries || bytes > MaxBytes)
                    throw new UpdateException("the archive is too large for what it should be");
                var path = Checked(entry, ref top);
                if (path is null)
                    continue;
                var target = Path.Combine(directory, path);
                Directory.CreateDirectory(entry.EntryType is TarEntryType.Directory ? target : Path.GetDirectoryName(target)!);
                if (entry.EntryType is TarEntryType.Directory)
                    continue;
                await entry.ExtractToFileAsync(target, overwrite: false, cancellation).ConfigureAwait(false);
                Flush(target);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw new UpdateException("the archive is broken: " + e.Message);
        }
        if (top is null || !File.Exists(InstallLayout.ProgramIn(Path.Combine(directory, top))))
            throw new UpdateException("the archive holds no OpenClaw");
        return Path.Combine(directory, top);
    }

    /// <summary>The link that will name this version must not be on disk before the version is, when the power goes.</summary>
    private static void Flush(string path)
    {
        using var file = File.OpenHandle(path);
        RandomAccess.FlushToDisk(file);
    }

    private static string? Checked(TarEntry entry, ref string? top)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.Directory))
            throw new UpdateException($"the archive holds something other than files and directories: {entry.EntryType}");
        var parts = entry.Name.TrimEnd('/').Split('/');
        if (entry.Name.StartsWith('/') || parts.Any(static part => part is "" or "." or "..") || entry.Name.Contains('\\', StringComparison.Ordinal))
            throw new UpdateException("the archive has files outside of its directory");
        top ??= parts[0];
        if (parts[0] != top || !top.StartsWith("openclaw-", StringComparison.Ordinal))
            throw new UpdateException("the archive has files outside of its directory");
        return string.Join('/', parts);
    }
}
