using OpenClaw.Gateway.Bus.Journal;

namespace OpenClaw.Gateway.Bus.Tests.Journal;

/// <summary>What a storage is asked to do.</summary>
internal enum StorageOperation
{
    Create,
    Write,
    Sync,
    SetLength,
    Delete,
    Move,
    SyncDirectory,
}

/// <summary>The real disk, with faults where a test wants them.</summary>
internal sealed class FaultyStorage : IJournalStorage
{
    private readonly DiskJournalStorage _disk = new();

    /// <summary>Runs before each operation, on the journal's thread; what it throws is the operation's failure.</summary>
    public Action<StorageOperation>? Before { get; set; }

    /// <summary>Leaves out what only a power failure would miss, for tests that open many journals.</summary>
    public bool SkipsSync { get; init; }

    /// <summary>Makes these operations fail until told otherwise.</summary>
    public void Fail(params StorageOperation[] operations) => Before = operation =>
    {
        if (operations.Contains(operation))
            throw new IOException("No space left on device");
    };

    public void Heal() => Before = null;

    public IReadOnlyList<string> List(string directory) => _disk.List(directory);

    public IJournalFile Create(string path, long size)
    {
        Before?.Invoke(StorageOperation.Create);
        return new FaultyFile(this, _disk.Create(path, size));
    }

    public IJournalFile Open(string path) => new FaultyFile(this, _disk.Open(path));

    public void Delete(string path)
    {
        Before?.Invoke(StorageOperation.Delete);
        _disk.Delete(path);
    }

    public void Move(string path, string target)
    {
        Before?.Invoke(StorageOperation.Move);
        _disk.Move(path, target);
    }

    public void SyncDirectory(string directory)
    {
        Before?.Invoke(StorageOperation.SyncDirectory);
        if (!SkipsSync)
            _disk.SyncDirectory(directory);
    }

    private sealed class FaultyFile(FaultyStorage owner, IJournalFile file) : IJournalFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> target, long offset) => file.Read(target, offset);

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset)
        {
            owner.Before?.Invoke(StorageOperation.Write);
            file.Write(buffers, offset);
        }

        public void Sync()
        {
            owner.Before?.Invoke(StorageOperation.Sync);
            if (!owner.SkipsSync)
                file.Sync();
        }

        public void SetLength(long length)
        {
            owner.Before?.Invoke(StorageOperation.SetLength);
            file.SetLength(length);
        }

        public void Dispose() => file.Dispose();
    }
}
