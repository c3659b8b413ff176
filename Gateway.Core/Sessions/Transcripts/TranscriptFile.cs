using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>
/// A transcript that is open for appending, under its lock file. An append is on disk when its task completes; a crash
/// in the middle of one leaves a torn last line, which the next opening cuts off. Entries before the first message are
/// held back and written with it, header first, in one go: a session that nobody spoke in leaves no file.
/// </summary>
internal sealed class TranscriptFile : IDisposable
{
    private readonly TranscriptOptions _options;
    private readonly TranscriptRepair _repair;
    private readonly TimeProvider _time;
    private readonly HeldLock _lock;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly List<(IndexedEntry Entry, ReadOnlyMemory<byte> Line)> _heldBack = [];
    private TranscriptIndex _index;

    private TranscriptFile(TranscriptOptions options, TranscriptRepair repair, TimeProvider time, HeldLock held, TranscriptIndex index)
    {
        (_options, _repair, _time, _lock, _index) = (options, repair, time, held, index);
        LeafId = index.LeafId;
    }

    public string Path => _options.Path;

    /// <summary>The entry that the next one follows; null at the start.</summary>
    public string? LeafId { get; private set; }

    /// <summary>The tree on disk.</summary>
    public TranscriptIndex Index => _index;

    /// <summary>Takes the lock, repairs what a crash or another program left behind, and reads the tree.</summary>
    /// <exception cref="LockTimeoutException">Another process is using the session.</exception>
    /// <exception cref="IOException">The file cannot be read or repaired.</exception>
    public static async Task<TranscriptFile> OpenAsync(
        TranscriptOptions options, LockFiles locks, TranscriptRepair repair, TimeProvider time, CancellationToken cancellationToken)
    {
        var held = await locks.AcquireAsync(LockFileKind.Transcript, options.Path, options.Fence, cancellationToken).ConfigureAwait(false);
        try
        {
            var index = await repair.LoadAsync(options, cancellationToken).ConfigureAwait(false);
            return new TranscriptFile(options, repair, time, held, index);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Appends after the leaf and moves the leaf; returns the new entry's id.</summary>
    /// <exception cref="IOException">The disk refused; nothing of the entry stays in the file.</exception>
    public Task<string> AppendAsync(TranscriptEntry entry, CancellationToken cancellationToken) => AppendAsync([entry], cancellationToken);

    /// <summary>Appends one or more, one after the other, in one write; returns the last one's id.</summary>
    /// <exception cref="IOException">The disk refused; nothing of them stays in the file.</exception>
    public async Task<string> AppendAsync(IReadOnlyList<TranscriptEntry> entries, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await CatchUpAsync(cancellationToken).ConfigureAwait(false);
            var leaf = LeafId;
            var lines = new List<(IndexedEntry Entry, ReadOnlyMemory<byte> Line)>(entries.Count);
            foreach (var entry in entries)
            {
                var id = NewId(lines);
                var line = TranscriptLineWriter.Entry(entry, id, leaf, _time.GetUtcNow());
                lines.Add((new IndexedEntry(TranscriptLineWriter.KindOf(entry).Kind, id, leaf, 0, line.Length - 1), line));
                leaf = id;
            }
            if (_index.FileLength == 0 && !entries.Any(static entry => entry is MessageEntry or CustomMessageEntry or CompactionEntry))
                _heldBack.AddRange(lines);
            else
                Write([.. _heldBack, .. lines]);
            LeafId = leaf;
            return leaf!;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Lets the next entry follow <paramref name="entryId"/>; what came after it stays in the file, off the path.</summary>
    public void BranchAt(string? entryId)
    {
        if (entryId is not null && !_index.Contains(entryId) && _heldBack.TrueForAll(h => h.Entry.Id != entryId))
            throw new ArgumentException($"The transcript has no entry {entryId}.", nameof(entryId));
        LeafId = entryId;
    }

    /// <summary>Runs something that replaces the file, with no append in between, and reads the tree anew.</summary>
    public async Task<T> ReplaceAsync<T>(Func<Task<T>> replace)
    {
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            var result = await replace().ConfigureAwait(false);
            _index = await _repair.LoadAsync(_options, CancellationToken.None).ConfigureAwait(false);
            if (LeafId is not null && !_index.Contains(LeafId))
                LeafId = _index.LeafId;
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _lock.Dispose();
        _turn.Dispose();
    }

    /// <summary>Notices lines that somebody wrote without the lock, and a file that was moved away.</summary>
    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var info = new FileInfo(Path);
        if ((info.Exists ? info.Length : 0) == _index.FileLength)
            return;
        var leafWasLast = LeafId == _index.LeafId;
        _index = await _repair.LoadAsync(_options, cancellationToken).ConfigureAwait(false);
        if (leafWasLast || (LeafId is not null && !_index.Contains(LeafId)))
            LeafId = _index.LeafId;
    }

    /// <summary>Writes in one call and flushes. Not cancellable: half a line is worth nothing.</summary>
    private void Write(IReadOnlyList<(IndexedEntry Entry, ReadOnlyMemory<byte> Line)> entries)
    {
        var isNew = _index.FileLength == 0;
        var header = isNew ? TranscriptLineWriter.Header(_options.SessionId, _time.GetUtcNow(), _options.WorkingDirectory, _options.ParentSession) : default;
        using var file = Open(Path);
        var start = RandomAccess.GetLength(file);
        var offset = start;
        try
        {
            // Together in one thread: the flush blocks one in any case, and most lines are short.
            RandomAccess.Write(file, Join([header, .. entries.Select(static e => e.Line)]), offset);
            RandomAccess.FlushToDisk(file);
        }
        catch (IOException)
        {
            TakeBack(file, start);
            throw;
        }
        if (isNew)
            DirectoryEntry.Flush(System.IO.Path.GetDirectoryName(Path)!);

        offset += header.Length;
        foreach (var (entry, line) in entries)
        {
            _index.Add(entry with { Offset = offset });
            offset += line.Length;
        }
        _index.FileLength = _index.WholeLength = offset;
        _heldBack.Clear();
    }

    private static void TakeBack(SafeFileHandle file, long length)
    {
        try
        {
            RandomAccess.SetLength(file, length);
        }
        catch (IOException)
        {
            // The disk does not even take this. The next opening finds a torn line and cuts it off.
        }
    }

    private static SafeFileHandle Open(string path)
    {
        if (!File.Exists(path))
            AtomicFile.Create(path, FileMode.OpenOrCreate, FileShare.ReadWrite | FileShare.Delete).Dispose();
        return File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
    }

    private static byte[] Join(List<ReadOnlyMemory<byte>> parts)
    {
        var joined = new byte[parts.Sum(static p => p.Length)];
        var at = 0;
        foreach (var part in parts)
        {
            part.Span.CopyTo(joined.AsSpan(at));
            at += part.Length;
        }
        return joined;
    }

    private string NewId(List<(IndexedEntry Entry, ReadOnlyMemory<byte> Line)> lines)
    {
        while (true)
        {
            var id = RandomNumberGenerator.GetHexString(8, lowercase: true);
            if (!_index.Contains(id) && _heldBack.TrueForAll(h => h.Entry.Id != id) && lines.TrueForAll(l => l.Entry.Id != id))
                return id;
        }
    }
}
