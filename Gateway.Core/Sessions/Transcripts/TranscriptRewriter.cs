using System.Text;
using Microsoft.Win32.SafeHandles;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Storage;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>
/// Rewrites a transcript of an older version, or one without a valid header, as version 3. Lines keep their bytes except
/// for what the version adds; lines that are no entries are kept where they are.
/// </summary>
internal static class TranscriptRewriter
{
    public static bool IsNeeded(TranscriptIndex index) => !index.HasHeader || index.Version < TranscriptIndex.CurrentVersion;

    /// <summary>Replaces the file in one step; the caller has kept the original.</summary>
    public static Task RewriteAsync(TranscriptOptions options, TranscriptIndex index, DateTimeOffset now, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(
            options.Path,
            async (output, token) =>
            {
                using var source = File.OpenHandle(options.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                await output.WriteAsync(await HeaderAsync(options, index, source, now, token).ConfigureAwait(false), token).ConfigureAwait(false);

                using var lines = new LineReader(source);
                var entry = 0;
                while (await lines.ReadAsync(token).ConfigureAwait(false))
                {
                    if (lines.Offset == index.HeaderPlace?.Offset || lines.Line.IsEmpty)
                        continue;
                    var line = lines.Line;
                    if (entry < index.Entries.Count && index.Entries[entry].Offset == lines.Offset)
                        line = Upgrade(line, index, index.Entries[entry++]);
                    await output.WriteAsync(line, token).ConfigureAwait(false);
                    output.WriteByte((byte)'\n');
                }
            },
            cancellationToken);

    private static async Task<ReadOnlyMemory<byte>> HeaderAsync(
        TranscriptOptions options, TranscriptIndex index, SafeFileHandle source, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (index.HeaderPlace is not { } place || string.IsNullOrEmpty(index.SessionId))
            return TranscriptLineWriter.Header(options.SessionId, now, options.WorkingDirectory, options.ParentSession);

        var header = new byte[place.Length];
        await RandomAccess.ReadAsync(source, header, place.Offset, cancellationToken).ConfigureAwait(false);
        if (index.Version < TranscriptIndex.CurrentVersion)
            header = JsonSplice.Replace(header, "3"u8, "version") ?? JsonSplice.Prepend(header, "\"version\":3"u8);
        return (byte[])[.. header, (byte)'\n'];
    }

    private static ReadOnlyMemory<byte> Upgrade(ReadOnlyMemory<byte> line, TranscriptIndex index, IndexedEntry entry)
    {
        if (index.Version < 2 && string.IsNullOrEmpty(new RawJson(line)["id"].AsString()))
            line = JsonSplice.Prepend(line.Span, Encoding.UTF8.GetBytes(Members(line, index, entry)));
        var isHookMessage = index.Version < 3 && entry.Kind == TranscriptEntryKind.Message && new RawJson(line)["message"]["role"].AsString() == "hookMessage";
        return isHookMessage ? JsonSplice.Replace(line.Span, "\"custom\""u8, "message", "role") : line;
    }

    private static string Members(ReadOnlyMemory<byte> line, TranscriptIndex index, IndexedEntry entry)
    {
        var members = $"\"id\":\"{entry.Id}\",\"parentId\":{(entry.ParentId is null ? "null" : $"\"{entry.ParentId}\"")}";
        if (entry.Kind == TranscriptEntryKind.Compaction && KeptEntry(line, index) is { } kept)
            members += $",\"firstKeptEntryId\":\"{kept}\"";
        return members;
    }

    /// <summary>Version 1 counted lines, the header being number zero.</summary>
    public static string? KeptEntry(ReadOnlyMemory<byte> line, TranscriptIndex index)
    {
        var at = new RawJson(line)["firstKeptEntryIndex"].AsInt64();
        return at is > 0 && at <= index.Entries.Count ? index.Entries[(int)at - 1].Id : null;
    }
}
