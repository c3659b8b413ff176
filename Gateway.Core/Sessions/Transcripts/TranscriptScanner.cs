using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>Reads a transcript once, in a stream, and finds out its tree and what is wrong with it.</summary>
internal static class TranscriptScanner
{
    /// <summary>Scans an open file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<TranscriptIndex> ScanAsync(SafeFileHandle file, CancellationToken cancellationToken)
    {
        var index = new TranscriptIndex();
        var first = true;
        using var lines = new LineReader(file);
        while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var text = Trim(lines.Line);
            var end = lines.Offset + lines.Line.Length + (lines.IsTerminated ? 1 : 0);
            index.FileLength = Math.Max(index.FileLength, end);
            var line = text.IsEmpty ? null : TranscriptLine.Parse(text.Span);
            if (line is null && !lines.IsTerminated)
                break;

            index.WholeLength = index.FileLength = end;
            index.LacksFinalLineFeed = !lines.IsTerminated;
            if (line is null)
            {
                index.MalformedLines += text.IsEmpty && !lines.IsTooLong ? 0 : 1;
                continue;
            }
            Add(index, line.Value, first, lines.Offset, lines.Line.Length);
            first = false;
        }
        if (!index.HasHeader && index.Version == 0)
            index.Version = TranscriptIndex.CurrentVersion;
        return index;
    }

    private static void Add(TranscriptIndex index, TranscriptLine line, bool first, long offset, int length)
    {
        if (line.Kind == TranscriptEntryKind.Header)
        {
            if (index.Version != 0)
                return; // A second header is left over from a file that was glued together.
            index.Version = line.Version == 0 ? 1 : line.Version;
            index.HasHeader = first && !string.IsNullOrEmpty(line.Id);
            index.SessionId = line.Id;
            index.HeaderPlace = (offset, length);
            return;
        }

        // Version 1 had no ids and no tree: each line followed the one before.
        var flat = string.IsNullOrEmpty(line.Id);
        var id = flat ? (index.Entries.Count + 1).ToString("x8", CultureInfo.InvariantCulture) : line.Id!;
        var parent = flat ? index.LeafId : line.ParentId == index.LeafId ? index.LeafId : line.ParentId;
        index.Add(new IndexedEntry(line.Kind, id, parent, offset, length));
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line) => line.Trim(" \t\r"u8);
}
