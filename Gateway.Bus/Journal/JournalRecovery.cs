namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>
/// Opens the segments of a directory: reads every intact record in its order, cuts off what a crash left half written,
/// and sets aside what is damaged.
/// </summary>
internal sealed class JournalRecovery(JournalSettings settings, IJournalStorage storage, DamageStore damage)
{
    // Far beyond any segment this program writes; a file like that is not read into memory.
    private const long MaxFileLength = 1L << 30;

    /// <summary>Reads the directory.</summary>
    /// <param name="replay">Gets each record, oldest first, and where it is.</param>
    /// <exception cref="IOException">The directory cannot be read, or a newer version wrote it.</exception>
    public RecoveredJournal Run(Action<JournalRecord, RecordLocation> replay)
    {
        var found = FindSegments();
        ulong lastId = 0;
        for (var i = 0; i < found.Count; i++)
        {
            var (segment, header) = found[i];
            lastId = Math.Max(lastId, header.LastId);
            var next = i + 1 < found.Count ? found[i + 1].Header : default;
            Read(segment, next.Number == header.Number + 1 ? next.PreviousLength : null, (record, location) =>
            {
                lastId = Math.Max(lastId, Math.Max(record.Id, OrderOf(record)));
                replay(record, location);
            });
        }
        return new RecoveredJournal([.. found.Select(f => f.Segment)], lastId);
    }

    private static ulong OrderOf(JournalRecord record) => record switch
    {
        PutRecord put => put.Order,
        ReplayRecord replay => replay.Order,
        _ => 0,
    };

    private List<(Segment Segment, SegmentHeader Header)> FindSegments()
    {
        var found = new List<(Segment, SegmentHeader)>();
        foreach (var name in storage.List(settings.Directory).Where(n => Segment.ParseNumber(n) is not null).Order(StringComparer.Ordinal))
        {
            var path = Path.Combine(settings.Directory, name);
            bool hasRecords;
            using (var file = storage.Open(path))
            {
                if (ReadHeader(file, path) is { } header && header.Number == Segment.ParseNumber(name) && file.Length <= MaxFileLength)
                {
                    found.Add((new Segment(storage, path, header), header));
                    continue;
                }
                hasRecords = HasRecords(file, path);
            }
            if (hasRecords)
                damage.KeepSegment(storage, path);
            else
                storage.Delete(path);
        }
        return found;
    }

    private static SegmentHeader? ReadHeader(IJournalFile file, string path)
    {
        Span<byte> bytes = stackalloc byte[SegmentHeader.Size];
        var read = file.Read(bytes, 0);
        return SegmentHeader.Read(bytes[..read], path);
    }

    /// <summary>Whether a file without a header ever held anything. One whose creation was cut off has zeros behind the header's place, at most.</summary>
    private bool HasRecords(IJournalFile file, string path)
    {
        if (file.Length > MaxFileLength)
            return true;
        var bytes = new byte[file.Length];
        var data = bytes.AsSpan(0, file.Read(bytes, 0));
        if (data.Length > SegmentHeader.Size && data[SegmentHeader.Size..].ContainsAnyExcept((byte)0))
            return true;
        if (data.ContainsAnyExcept((byte)0))
            damage.KeepTornTail(path, 0, data);
        return false;
    }

    private void Read(Segment segment, long? limit, Action<JournalRecord, RecordLocation> replay)
    {
        using var file = storage.Open(segment.Path);
        var fileLength = file.Length;
        var bytes = new byte[Math.Min(fileLength, limit ?? fileLength)];
        var data = bytes.AsSpan(0, file.Read(bytes, 0));
        var scan = SegmentScan.Of(data, segment.Marker);
        foreach (var (offset, length) in scan.Damaged)
            damage.Keep(segment.Path, offset, data.Slice(offset, length));

        // The segment after this one says where this one ended, so a bad end here was once good.
        if (limit > scan.End)
            damage.Keep(segment.Path, scan.End, data[scan.End..]);
        else if (scan.HasTornTail)
            damage.KeepTornTail(segment.Path, scan.End, data[scan.End..]);

        segment.Length = scan.End;
        foreach (var (offset, length) in scan.Records)
        {
            var frame = data.Slice(offset, length);
            if (JournalRecordCodec.Decode(RecordFrame.Body(frame)) is { } record)
                replay(record, new RecordLocation(segment, offset, length));
            else
                damage.Keep(segment.Path, offset, frame);
        }

        // Also the room that was allocated ahead. A damaged end stays, so that it is not silently forgotten.
        if (fileLength > scan.End && !(limit > scan.End))
        {
            file.SetLength(scan.End);
            file.Sync();
        }
    }
}

/// <summary>What was found in a journal's directory.</summary>
/// <param name="Segments">Oldest first.</param>
/// <param name="LastId">The highest id that the journal knows of.</param>
internal sealed record RecoveredJournal(IReadOnlyList<Segment> Segments, ulong LastId);
