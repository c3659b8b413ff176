using System.Globalization;
using Microsoft.Extensions.Logging;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>
/// Keeps what could not be read, so that a person can look at it, and counts it. Keeping is a courtesy: its failure is
/// logged and stops nothing.
/// </summary>
internal sealed partial class DamageStore(JournalSettings settings, ILogger logger)
{
    private const int MaxFiles = 32;

    private long _count;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>Sets bytes aside that should have been records.</summary>
    public void Keep(string segmentPath, long offset, ReadOnlySpan<byte> bytes)
    {
        Interlocked.Increment(ref _count);
        LogDamage(settings.Queue, Path.GetFileName(segmentPath), offset, bytes.Length);
        Save(segmentPath, offset, bytes);
    }

    /// <summary>Sets the end of the newest segment aside: a write that was cut off, and so was never confirmed.</summary>
    public void KeepTornTail(string segmentPath, long offset, ReadOnlySpan<byte> bytes)
    {
        var used = bytes.TrimEnd((byte)0);
        LogTornTail(settings.Queue, Path.GetFileName(segmentPath), offset, used.Length);
        Save(segmentPath, offset, used);
    }

    /// <summary>Sets a whole segment aside.</summary>
    public void KeepSegment(IJournalStorage storage, string segmentPath)
    {
        Interlocked.Increment(ref _count);
        var target = Path.Combine(settings.DamagedDirectory, Path.GetFileName(segmentPath));
        LogSegment(settings.Queue, target);
        storage.Move(segmentPath, target);
    }

    private void Save(string segmentPath, long offset, ReadOnlySpan<byte> bytes)
    {
        var name = Path.GetFileNameWithoutExtension(segmentPath) + "-" + offset.ToString(CultureInfo.InvariantCulture) + ".bin";
        try
        {
            DurableFile.CreateDirectory(settings.DamagedDirectory);
            var path = Path.Combine(settings.DamagedDirectory, name);
            if (File.Exists(path) || Directory.EnumerateFiles(settings.DamagedDirectory).Take(MaxFiles).Count() == MaxFiles)
                return;
            using var stream = new FileStream(path, DurableFile.Options(FileMode.Create, FileAccess.Write));
            stream.Write(bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotKept(exception, settings.Queue, name);
        }
    }

    [LoggerMessage(BusEvents.JournalDamage, LogLevel.Error, "Queue {Queue}: {Length} bytes of {Segment} at {Offset} are damaged; they are set aside and what follows is read")]
    private partial void LogDamage(string queue, string segment, long offset, int length);

    [LoggerMessage(BusEvents.JournalTornTail, LogLevel.Warning, "Queue {Queue}: {Segment} ends at {Offset} in {Length} bytes of a write that was cut off; they are removed")]
    private partial void LogTornTail(string queue, string segment, long offset, int length);

    [LoggerMessage(BusEvents.JournalSegmentUnreadable, LogLevel.Error, "Queue {Queue}: a segment has no readable header and was moved to {Path}")]
    private partial void LogSegment(string queue, string path);

    [LoggerMessage(BusEvents.JournalDamageNotKept, LogLevel.Warning, "Queue {Queue}: damaged bytes could not be kept as {Name}")]
    private partial void LogNotKept(Exception exception, string queue, string name);
}
