using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;

namespace OpenClaw.Cli.Commands.Backup;

/// <summary>How much an archive may unpack to.</summary>
/// <param name="MostBytes">Bytes of all files together.</param>
/// <param name="MostFiles">Number of files.</param>
internal sealed record BackupLimits(long MostBytes, int MostFiles)
{
    /// <summary>More than any state has, and not endless.</summary>
    public static readonly BackupLimits Usual = new(256L << 30, 1_000_000);
}

/// <summary>
/// Reads an archive, which may be damaged or made by somebody who means harm: only plain files, only names that stay inside, no name twice,
/// no more than the limits, and in the end exactly what its manifest says.
/// </summary>
internal sealed class BackupReader(BackupLimits limits)
{
    /// <summary>Archives are filled up to a multiple of 10 KiB by some programs.</summary>
    private const int MostPadding = 64 << 10;

    /// <summary>Takes a file of an archive.</summary>
    /// <param name="name">A name that leads nowhere else.</param>
    /// <param name="isProgram">Its owner may run it.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public delegate Task Receive(string name, bool isProgram, Stream content, CancellationToken cancellation);

    /// <summary>Reads all of it.</summary>
    /// <exception cref="InvalidDataException">It is no backup, damaged, or not to be trusted; the message says why.</exception>
    /// <exception cref="IOException">It cannot be read, or a file not be written.</exception>
    public async Task<BackupManifest> ReadAsync(Stream archive, Receive receive, CancellationToken cancellation)
    {
        // Two names that a file system takes for one are one.
        var found = new Dictionary<string, BackupFile>(OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
        BackupManifest? manifest = null;
        var left = limits.MostBytes;
        try
        {
            var compressed = new GZipStream(archive, CompressionMode.Decompress, leaveOpen: true);
            await using var closing = compressed.ConfigureAwait(false);
            var tar = new TarReader(compressed, leaveOpen: true);
            await using var ending = tar.ConfigureAwait(false);
            while (await tar.GetNextEntryAsync(copyData: false, cancellation).ConfigureAwait(false) is { } entry)
            {
                if (manifest is not null)
                    throw new InvalidDataException("Something follows its manifest.");
                Check(entry, found, ref left);
                if (entry.Name == BackupManifest.Name)
                    manifest = BackupManifest.Parse(await ReadManifestAsync(entry, cancellation).ConfigureAwait(false));
                else
                    found.Add(entry.Name, await TakeAsync(entry, receive, cancellation).ConfigureAwait(false));
            }
            await EndAsync(compressed, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException("It is damaged, or cut off.", e);
        }
        if (manifest is null)
            throw new InvalidDataException("It has no manifest: it is no backup, or cut off.");
        Compare(manifest, found);
        return manifest;
    }

    /// <summary>Reads what fills an archive up, because the checksum of all that was read stands behind it.</summary>
    private static async Task EndAsync(Stream compressed, CancellationToken cancellation)
    {
        var buffer = new byte[MostPadding + 1];
        if (await compressed.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false) > MostPadding)
            throw new InvalidDataException("Something follows its end.");
    }

    private void Check(TarEntry entry, Dictionary<string, BackupFile> found, ref long left)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
            throw new InvalidDataException($"It holds something else than files ({entry.EntryType}).");
        if (ArchiveName.Problem(entry.Name) is { } problem)
            throw new InvalidDataException($"It holds a name that cannot be used: {problem}.");
        if (found.ContainsKey(entry.Name))
            throw new InvalidDataException("It holds a file twice.");
        if (found.Count >= limits.MostFiles)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"It holds more than {limits.MostFiles} files."));
        left -= entry.Length;
        if (left < 0)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"It unpacks to more than {limits.MostBytes} bytes."));
    }

    private static async Task<byte[]> ReadManifestAsync(TarEntry entry, CancellationToken cancellation)
    {
        if (entry.Length > BackupManifest.MostBytes)
            throw new InvalidDataException("Its manifest is too long.");
        using var content = new MemoryStream();
        if (entry.DataStream is not null)
            await entry.DataStream.CopyToAsync(content, cancellation).ConfigureAwait(false);
        return content.ToArray();
    }

    private static async Task<BackupFile> TakeAsync(TarEntry entry, Receive receive, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var content = new HashingStream(entry.DataStream ?? Stream.Null, hash);
        await using var closing = content.ConfigureAwait(false);
        await receive(entry.Name, entry.Mode.HasFlag(UnixFileMode.UserExecute), content, cancellation).ConfigureAwait(false);
        await content.CopyToAsync(Stream.Null, cancellation).ConfigureAwait(false);
        if (content.Count != entry.Length)
            throw new InvalidDataException("It is cut off.");
        return new BackupFile(entry.Name, content.Count, Convert.ToHexStringLower(hash.GetCurrentHash()));
    }

    private static void Compare(BackupManifest manifest, Dictionary<string, BackupFile> found)
    {
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in manifest.Files)
        {
            if (!listed.Add(file.Name) || !found.TryGetValue(file.Name, out var actual))
                throw new InvalidDataException($"A file of its manifest is missing: {file.Name}");
            if (actual != file)
                throw new InvalidDataException($"A file is not as its manifest says: {file.Name}");
        }
        if (found.Values.FirstOrDefault(file => !listed.Contains(file.Name)) is { } extra)
            throw new InvalidDataException($"It holds a file that its manifest does not know: {extra.Name}");
    }

    /// <summary>Counts and hashes what is read through it.</summary>
    private sealed class HashingStream(Stream source, IncrementalHash hash) : ReadThroughStream
    {
        public long Count { get; private set; }

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => Count;
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            hash.AppendData(buffer.Span[..count]);
            Count += count;
            return count;
        }
    }
}
