using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>
/// The segments of one journal. Belongs to the writer's thread. Records are only ever added at the end; a batch is
/// written and synced at once, and a batch that failed is cut off again before anybody is told.
/// </summary>
internal sealed partial class JournalLog(JournalSettings settings, IJournalStorage storage, TimeProvider time, BusMetrics metrics, ILogger logger)
{
    private readonly List<Segment> _segments = [];
    private readonly List<ReadOnlyMemory<byte>> _buffers = [];
    private Active? _active;
    private ulong _lastId;
    private string? _fault;
    private bool _hasGrown;

    /// <summary>Oldest first; the last one may be the one that is written.</summary>
    public IReadOnlyList<Segment> Segments => _segments;

    /// <summary>Bytes of records that are still needed.</summary>
    public long LiveBytes => _segments.Sum(s => s.LiveBytes);

    /// <summary>Why the last batch was not written; null when it was. Read by other threads.</summary>
    public string? Fault => Volatile.Read(ref _fault);

    public void Adopt(RecoveredJournal recovered)
    {
        _segments.AddRange(recovered.Segments);
        _lastId = recovered.LastId;
        _hasGrown = true;
    }

    /// <summary>A message id: milliseconds and a counter, higher than every earlier one whatever the clock does.</summary>
    public ulong NextId()
    {
        var floor = (ulong)Math.Max(0, time.GetUtcNow().ToUnixTimeMilliseconds()) << MessageId.CounterBits;
        return _lastId = Math.Max(_lastId + 1, floor);
    }

    /// <summary>Writes records in their order and ends each of them, one way or the other.</summary>
    public void Commit(IReadOnlyList<JournalWrite> writes)
    {
        var done = 0;
        while (done < writes.Count)
        {
            try
            {
                EnsureRoom(writes[done].Record.Length);
            }
            catch (IOException exception)
            {
                // Nothing of these has touched the disk.
                Failed(exception, "begin a segment");
                for (; done < writes.Count; done++)
                    writes[done].Fail(exception, isGone: true);
                return;
            }
            var count = CountThatFits(writes, done);
            CommitTogether(writes, done, count);
            done += count;
        }
    }

    /// <summary>Whether a segment was begun since this was last asked: the moment to look what can be cleared away.</summary>
    public bool TakeGrown()
    {
        var grown = _hasGrown;
        _hasGrown = false;
        return grown;
    }

    /// <summary>Removes the oldest segment. The order matters: its acknowledgements may be in younger ones.</summary>
    /// <exception cref="IOException">It stays.</exception>
    public void DeleteOldest()
    {
        var oldest = _segments[0];
        storage.Delete(oldest.Path);
        storage.SyncDirectory(settings.Directory);
        _segments.RemoveAt(0);
        oldest.Dispose();
    }

    public void Close()
    {
        if (_active is not null)
            SealActive();
        foreach (var segment in _segments)
            segment.Dispose();
    }

    private int CountThatFits(IReadOnlyList<JournalWrite> writes, int first)
    {
        var room = _active!.Capacity - _active.Segment.Length - writes[first].Record.Length;
        var count = 1;
        while (first + count < writes.Count && (room -= writes[first + count].Record.Length) >= 0)
            count++;
        return count;
    }

    private void CommitTogether(IReadOnlyList<JournalWrite> writes, int first, int count)
    {
        var (segment, file, _) = _active!;
        var start = segment.Length;
        var isDurable = false;
        _buffers.Clear();
        for (var i = first; i < first + count; i++)
        {
            var write = writes[i];
            write.Prepare();
            RecordFrame.Seal(write.Record.Frame.Span, segment.Marker);
            _buffers.Add(write.Record.Frame);
            isDurable |= write.IsDurable;
        }

        var began = time.GetTimestamp();
        try
        {
            file.Write(_buffers, start);
            if (isDurable)
                file.Sync();
        }
        catch (IOException exception)
        {
            Failed(exception, "write");
            var isGone = CutActive(start);
            for (var i = first; i < first + count; i++)
                writes[i].Fail(exception, isGone);
            return;
        }

        if (isDurable)
            metrics.JournalCommitted(settings.Queue, count, time.GetElapsedTime(began));
        Succeeded();
        for (var i = first; i < first + count; i++)
        {
            var length = writes[i].Record.Length;
            var offset = segment.Length;
            segment.Length += length;
            writes[i].Commit(new RecordLocation(segment, offset, length));
        }
    }

    private void EnsureRoom(int length)
    {
        if (_active is { } active && active.Segment.Length + length <= active.Capacity)
            return;
        if (_active is not null)
            SealActive();
        var least = Math.Max(JournalSettings.MinSegmentBytes, SegmentHeader.Size + length);
        var usual = Math.Max(settings.SegmentBytes, least);
        try
        {
            _active = Begin(usual);
        }
        catch (IOException) when (usual > least)
        {
            // A disk with no room for a whole segment may still have some for what people write in the meantime.
            _active = Begin(least);
        }
    }

    private Active Begin(long capacity)
    {
        var previous = _segments.Count > 0 ? _segments[^1] : null;
        var header = new SegmentHeader(
            BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))),
            (previous?.Number ?? 0) + 1,
            previous?.Length ?? 0,
            _lastId);
        var path = Path.Combine(settings.Directory, Segment.FileName(header.Number));
        var file = storage.Create(path, capacity);
        try
        {
            var bytes = new byte[SegmentHeader.Size];
            header.Write(bytes);
            file.Write([bytes], 0);
            file.Sync();
            storage.SyncDirectory(settings.Directory);
        }
        catch
        {
            file.Dispose();
            storage.Delete(path);
            throw;
        }
        var segment = new Segment(storage, path, header);
        segment.Attach(file);
        _segments.Add(segment);
        _hasGrown = true;
        return new Active(segment, file, capacity);
    }

    /// <summary>Ends the segment that is written. Failing is harmless: the next segment's header says where this one ends.</summary>
    private void SealActive()
    {
        var (segment, file, _) = _active!;
        _active = null;
        try
        {
            file.Sync();
            file.SetLength(segment.Length);
        }
        catch (IOException exception)
        {
            LogCutFailed(exception, settings.Queue, Path.GetFileName(segment.Path));
        }
        segment.Dispose();
    }

    /// <summary>Takes back what a failed write may have left; true when that is certain to last.</summary>
    private bool CutActive(long end)
    {
        var (segment, file, _) = _active!;
        _active = null;
        try
        {
            file.SetLength(end);
            file.Sync();
            return true;
        }
        catch (IOException exception)
        {
            LogCutFailed(exception, settings.Queue, Path.GetFileName(segment.Path));
            return false;
        }
        finally
        {
            segment.Dispose();
        }
    }

    private void Failed(IOException exception, string what)
    {
        var isNew = _fault is null;
        Volatile.Write(ref _fault, $"Queue {settings.Queue} cannot be written: {exception.Message}");
        if (isNew)
            LogWriteFailed(exception, settings.Queue, what);
    }

    private void Succeeded()
    {
        if (_fault is null)
            return;
        Volatile.Write(ref _fault, null);
        LogHealed(settings.Queue);
    }

    [LoggerMessage(BusEvents.JournalWriteFailed, LogLevel.Error, "Queue {Queue}: the journal could not {What}; appends fail until it can")]
    private partial void LogWriteFailed(Exception exception, string queue, string what);

    [LoggerMessage(BusEvents.JournalHealed, LogLevel.Warning, "Queue {Queue}: the journal can be written again")]
    private partial void LogHealed(string queue);

    [LoggerMessage(BusEvents.JournalCutFailed, LogLevel.Warning, "Queue {Queue}: {Segment} could not be cut to its end")]
    private partial void LogCutFailed(Exception exception, string queue, string segment);

    private sealed record Active(Segment Segment, IJournalFile File, long Capacity);
}
