using System.Text;
using OpenClaw.Gateway.Core.Logs.Files;

namespace OpenClaw.Gateway.Core.Logs;

/// <summary>A piece of the log file.</summary>
/// <param name="File">The file it is from.</param>
/// <param name="Cursor">Where to go on reading.</param>
/// <param name="Size">Size of the file in bytes.</param>
/// <param name="Lines">Whole lines, oldest first.</param>
/// <param name="Truncated">Whether older lines were left out for their size.</param>
/// <param name="Reset">Whether the caller's cursor could not be followed: the file was rotated, or it was too far behind.</param>
public sealed record LogTailResult(string File, long Cursor, long Size, IReadOnlyList<string> Lines, bool Truncated, bool Reset);

/// <summary>Reads the end of the log file, for <c>logs.tail</c>.</summary>
/// <param name="currentPath">The file being logged to now.</param>
public sealed class LogTail(Func<string> currentPath)
{
    /// <summary>Lines returned when the caller does not say.</summary>
    public const int DefaultLimit = 500;

    /// <summary>Most lines returned.</summary>
    public const int MaxLimit = 5000;

    /// <summary>Bytes read when the caller does not say.</summary>
    public const int DefaultMaxBytes = 250_000;

    /// <summary>Most bytes read.</summary>
    public const int MaxMaxBytes = 1_000_000;

    /// <summary>
    /// Reads from <paramref name="cursor"/>, or the last <paramref name="maxBytes"/> without one. A line that is being
    /// written is left for the next call. A missing file is empty.
    /// </summary>
    /// <param name="cursor">Byte offset from an earlier result.</param>
    /// <param name="limit">1 to <see cref="MaxLimit"/> lines; the last ones are kept.</param>
    /// <param name="maxBytes">1 to <see cref="MaxMaxBytes"/>.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public async Task<LogTailResult> ReadAsync(long? cursor, int limit = DefaultLimit, int maxBytes = DefaultMaxBytes, CancellationToken cancellation = default)
    {
        cursor = cursor < 0 ? 0 : cursor;
        limit = Math.Clamp(limit, 1, MaxLimit);
        maxBytes = Math.Clamp(maxBytes, 1, MaxMaxBytes);
        var path = Existing(currentPath());
        if (!File.Exists(path))
            return new LogTailResult(path, 0, 0, [], Truncated: false, Reset: false);

        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: true);
        var size = file.Length;
        var oldest = Math.Max(0, size - maxBytes);
        var reset = cursor > size || cursor < oldest;
        var start = cursor is null || reset ? oldest : cursor.Value;
        var truncated = (cursor is null || reset) && oldest > 0;

        // One byte more tells whether the first line is whole.
        var from = Math.Max(0, start - 1);
        var buffer = new byte[size - from];
        file.Position = from;
        var read = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        var bytes = buffer.AsSpan(0, read);

        var end = bytes.LastIndexOf((byte)'\n') + 1;
        var begin = start == 0 ? 0 : bytes.IndexOf((byte)'\n') + 1;
        if (end == 0 || begin > end)
            return new LogTailResult(path, Math.Min(start, size), size, [], truncated, reset);
        var lines = Encoding.UTF8.GetString(bytes[begin..end]).Split('\n')[..^1];
        return new LogTailResult(path, from + end, size, lines.Length > limit ? lines[^limit..] : lines, truncated, reset);
    }

    /// <summary>Just after midnight today's file may not exist yet; then the newest one is what people mean.</summary>
    private static string Existing(string path) =>
        !File.Exists(path) && DatedLogFiles.IsDated(path) ? DatedLogFiles.Newest(Path.GetDirectoryName(path)!) ?? path : path;
}
