using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace OpenClaw.Cli.Commands.Backup;

/// <summary>Writes an archive: the files as they are at the moment they are read, then the manifest.</summary>
internal sealed class BackupWriter(Stream output, DateTimeOffset now) : IAsyncDisposable
{
    /// <summary>The only thing kept of a mode: what an agent's scripts need.</summary>
    private const UnixFileMode Program = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly GZipStream _compressed = new(output, CompressionLevel.Fastest, leaveOpen: true);
    private readonly List<BackupFile> _files = [];
    private TarWriter? _tar;

    public IReadOnlyList<BackupFile> Files => _files;

    private TarWriter Tar => _tar ??= new TarWriter(_compressed, TarEntryFormat.Pax, leaveOpen: true);

    /// <summary>
    /// Adds a file; false when it went away meanwhile. A file that is replaced is read to its end as it was opened; one that is added to
    /// counts up to the length it had then.
    /// </summary>
    public async Task<bool> AddAsync(string name, string path, CancellationToken cancellation)
    {
        try
        {
            var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.SequentialScan });
            await using var closing = file.ConfigureAwait(false);
            var mode = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file.SafeFileHandle);
            var bounded = new MeasuredStream(file, file.Length);
            await using var measured = bounded.ConfigureAwait(false);
            await WriteAsync(name, bounded, mode, cancellation).ConfigureAwait(false);
            _files.Add(new BackupFile(name, bounded.Length, bounded.Hash()));
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    public async Task FinishAsync(BackupManifest manifest, CancellationToken cancellation)
    {
        using var content = new MemoryStream(manifest.ToBytes());
        await WriteAsync(BackupManifest.Name, content, default, cancellation).ConfigureAwait(false);
        await Tar.DisposeAsync().ConfigureAwait(false);
        _tar = null;
        await _compressed.DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_tar is not null)
            await _tar.DisposeAsync().ConfigureAwait(false);
        await _compressed.DisposeAsync().ConfigureAwait(false);
    }

    private Task WriteAsync(string name, Stream content, UnixFileMode mode, CancellationToken cancellation)
    {
        var entry = new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = content,
            ModificationTime = now,
            Mode = mode.HasFlag(UnixFileMode.UserExecute) ? Program : Program & ~UnixFileMode.UserExecute,
        };
        return Tar.WriteEntryAsync(entry, cancellation);
    }

    /// <summary>
    /// Exactly so many bytes of a file, whatever becomes of it, and their hash: an archive says a length before it gives the bytes. What a
    /// file that shrank has no more is zeros.
    /// </summary>
    private sealed class MeasuredStream(Stream source, long length) : ReadThroughStream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long _position;

        // Only so that the archive asks for the length, which it writes first; it does not seek.
        public override bool CanSeek => true;

        public override long Length => length;

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public string Hash() => Convert.ToHexStringLower(_hash.GetCurrentHash());

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var wanted = buffer[..(int)Math.Min(buffer.Length, length - _position)];
            if (wanted.IsEmpty)
                return 0;
            var count = await source.ReadAsync(wanted, cancellationToken).ConfigureAwait(false);
            if (count == 0)
            {
                wanted.Span.Clear();
                count = wanted.Length;
            }
            _hash.AppendData(wanted.Span[..count]);
            _position += count;
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _hash.Dispose();
            base.Dispose(disposing);
        }
    }
}
