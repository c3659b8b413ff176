using System.Globalization;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>One file of a journal. Only the newest is written; the writer's thread alone changes what is counted here.</summary>
internal sealed class Segment(IJournalStorage storage, string path, SegmentHeader header) : IDisposable
{
    public const string Extension = ".journal";

    private IJournalFile? _file;

    public string Path => path;

    public long Number => header.Number;

    public ulong Marker => header.Marker;

    /// <summary>Where its last record ends.</summary>
    public long Length { get; set; } = SegmentHeader.Size;

    /// <summary>Messages whose newest full record is here. A segment without any, and with no older one before it, can go.</summary>
    public int LiveRecords { get; private set; }

    public long LiveBytes { get; private set; }

    public static string FileName(long number) => number.ToString("D12", CultureInfo.InvariantCulture) + Extension;

    /// <summary>The number in a file's name, or null when it is no segment.</summary>
    public static long? ParseNumber(string fileName) =>
        fileName.EndsWith(Extension, StringComparison.Ordinal)
        && long.TryParse(fileName.AsSpan(0, fileName.Length - Extension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public void Attach(IJournalFile file) => _file = file;

    public void AddLive(int bytes)
    {
        LiveRecords++;
        LiveBytes += bytes;
    }

    public void RemoveLive(int bytes)
    {
        LiveRecords--;
        LiveBytes -= bytes;
    }

    /// <summary>Reads the record at a place; null when it is not intact.</summary>
    /// <exception cref="IOException">The file is gone or cannot be read.</exception>
    public JournalRecord? Read(long offset, int length)
    {
        var buffer = new byte[length];
        if (!TryReadAttached(buffer, offset))
        {
            using var file = storage.Open(path);
            file.Read(buffer, offset);
        }
        return RecordFrame.TryRead(buffer, header.Marker, out var frame) && frame.Length == length
            ? JournalRecordCodec.Decode(RecordFrame.Body(frame))
            : null;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private bool TryReadAttached(byte[] buffer, long offset)
    {
        try
        {
            // Readers are on other threads than the writer, which may seal and close the file at any time.
            return _file is { } file && file.Read(buffer, offset) >= 0;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }
}

/// <summary>Where a record is.</summary>
internal readonly record struct RecordLocation(Segment Segment, long Offset, int Length);
