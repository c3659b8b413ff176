using Microsoft.Extensions.Logging;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>
/// Reads a transcript's tree and first puts right what would make an append dangerous: the rest of a line that a crash
/// cut off, a missing header (after which the peer would forget the whole history), an older version. Whatever is taken
/// out or rewritten is kept beside the file. Call it under the transcript's lock.
/// </summary>
internal sealed partial class TranscriptRepair(TimeProvider time, ILogger<TranscriptRepair> logger)
{
    /// <summary>The tree of the file as it is afterwards; an empty one when there is no file.</summary>
    /// <exception cref="IOException">The file cannot be read or repaired.</exception>
    public async Task<TranscriptIndex> LoadAsync(TranscriptOptions options, CancellationToken cancellationToken)
    {
        var index = await ScanAsync(options.Path, cancellationToken).ConfigureAwait(false);

        // The peer appends single messages without the lock; a line that is just being written is not torn.
        if (index.IsTorn && new FileInfo(options.Path).Length != index.FileLength)
            index = await ScanAsync(options.Path, cancellationToken).ConfigureAwait(false);
        if (index.IsTorn)
        {
            var kept = await TranscriptBackup.BeforeCutAsync(options.Path, index.WholeLength, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            Cut(options.Path, index.WholeLength);
            LogCut(logger, options.Path, index.FileLength - index.WholeLength, kept);
            index.FileLength = index.WholeLength;
        }
        else if (index.LacksFinalLineFeed)
        {
            EndLine(options.Path, index.FileLength);
            index.WholeLength = ++index.FileLength;
            index.LacksFinalLineFeed = false;
        }

        if (index.FileLength > 0 && TranscriptRewriter.IsNeeded(index))
        {
            var kept = TranscriptBackup.Whole(options.Path, time.GetUtcNow());
            var version = index.Version;
            await TranscriptRewriter.RewriteAsync(options, index, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            LogRewritten(logger, options.Path, version, index.HasHeader, kept);
            index = await ScanAsync(options.Path, cancellationToken).ConfigureAwait(false);
        }
        if (index.MalformedLines > 0)
            LogMalformed(logger, options.Path, index.MalformedLines);
        return index;
    }

    /// <summary>The tree of a file that is only read; nothing is changed.</summary>
    public static async Task<TranscriptIndex> ScanAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return new TranscriptIndex();
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        return await TranscriptScanner.ScanAsync(file, cancellationToken).ConfigureAwait(false);
    }

    private static void Cut(string path, long length)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.SetLength(file, length);
        RandomAccess.FlushToDisk(file);
    }

    private static void EndLine(string path, long length)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.Write(file, "\n"u8, length);
        RandomAccess.FlushToDisk(file);
    }

    [LoggerMessage(EventId = 5011, Level = LogLevel.Warning, Message = "Transcript {Path} ended in the middle of a line; {Bytes} bytes were cut off and are kept in {Kept}")]
    private static partial void LogCut(ILogger logger, string path, long bytes, string kept);

    [LoggerMessage(EventId = 5012, Level = LogLevel.Warning, Message = "Transcript {Path} was rewritten as version 3 (was version {Version}, header valid: {HasHeader}); the original is {Kept}")]
    private static partial void LogRewritten(ILogger logger, string path, int version, bool hasHeader, string kept);

    [LoggerMessage(EventId = 5013, Level = LogLevel.Warning, Message = "Transcript {Path} has {Lines} unreadable lines; they stay in the file and are passed over")]
    private static partial void LogMalformed(ILogger logger, string path, int lines);
}
