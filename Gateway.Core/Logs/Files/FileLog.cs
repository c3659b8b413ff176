using System.Buffers;

namespace OpenClaw.Gateway.Core.Logs.Files;

/// <summary>
/// The log file: the dated one of the day a line was logged on, or the fixed one that was configured. The file is
/// opened for each batch, so that a file removed or moved under us is simply made again.
/// </summary>
internal sealed class FileLog(LogSettings settings, string directory, string hostName, TimeProvider time, long sizeLimit = DatedLogFiles.SizeLimit)
{
    private readonly LogLineFormat _format = new(hostName);
    private string? _last;

    /// <summary>The file a line logged now would go to.</summary>
    public string CurrentPath => PathAt(time.GetUtcNow());

    /// <summary>Why the last batch could not be written, or null.</summary>
    public string? LastError { get; private set; }

    public void Write(IReadOnlyList<LogEntry> entries, long dropped)
    {
        try
        {
            var buffer = new ArrayBufferWriter<byte>(entries.Count * 256);
            var path = PathAt(entries[0].Time);
            if (dropped > 0)
                _format.Write(buffer, entries[0] with { Level = Microsoft.Extensions.Logging.LogLevel.Warning, Subsystem = "gateway/log", Message = $"{dropped} log lines were dropped", Error = null });
            foreach (var entry in entries)
            {
                if (PathAt(entry.Time) is var own && own != path)
                {
                    Flush(path, buffer);
                    path = own;
                }
                _format.Write(buffer, entry);
            }
            Flush(path, buffer);
            LastError = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LastError = e.Message;
            throw;
        }
    }

    private void Flush(string path, ArrayBufferWriter<byte> buffer)
    {
        if (buffer.WrittenCount == 0)
            return;
        if (path != _last)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (DatedLogFiles.IsDated(path))
                DatedLogFiles.Prune(Path.GetDirectoryName(path)!, time.GetUtcNow());
            _last = path;
        }
        if (DatedLogFiles.IsDated(path))
            DatedLogFiles.SetAsideIfTooLarge(path, sizeLimit);
        SharedAppend.Write(path, buffer.WrittenSpan);
        buffer.Clear();
    }

    private string PathAt(DateTimeOffset moment) =>
        settings.Options.File is { } file
            ? Path.GetFullPath(file)
            : DatedLogFiles.PathFor(directory, TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone));
}
