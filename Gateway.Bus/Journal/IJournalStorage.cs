namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>The file system as the journal uses it; the tests' own makes it fail at will.</summary>
internal interface IJournalStorage
{
    /// <summary>Creates the directory, and returns the names of the files in it.</summary>
    IReadOnlyList<string> List(string directory);

    /// <summary>Creates a file of <paramref name="size"/> zero bytes that the disk has room for.</summary>
    IJournalFile Create(string path, long size);

    IJournalFile Open(string path);

    void Delete(string path);

    void Move(string path, string target);

    /// <summary>Makes the creation, deletion and renaming of files durable.</summary>
    void SyncDirectory(string directory);
}

/// <summary>An open file of a journal. Failures are <see cref="IOException"/>.</summary>
internal interface IJournalFile : IDisposable
{
    long Length { get; }

    /// <summary>Reads until the target is full or the file ends; returns the number of bytes.</summary>
    int Read(Span<byte> target, long offset);

    void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long offset);

    /// <summary>Returns when what was written would survive a power failure.</summary>
    void Sync();

    void SetLength(long length);
}
