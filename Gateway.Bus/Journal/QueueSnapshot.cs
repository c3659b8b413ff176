namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>
/// Copies the queues of the in-process bus while it writes them, for backups. A copy opens like a journal whose process was killed at one
/// moment between the beginning and the end of the copying: with every message accepted before, and without a message that had ended before.
/// </summary>
public static class QueueSnapshot
{
    /// <summary>A round is repeated when a segment began or ended meanwhile: some do in a busy second, not one in each of a hundred rounds.</summary>
    private const int Rounds = 100;

    private const int ChunkBytes = 256 << 10;

    /// <summary>The queues that are in a bus's state directory; none when there is no such directory.</summary>
    /// <param name="stateDirectory">As in <see cref="InProcess.InProcessBusOptions.StateDirectory"/>.</param>
    public static IReadOnlyList<string> Queues(string stateDirectory)
    {
        var queues = Path.Combine(stateDirectory, "queues");
        return Directory.Exists(queues)
            ? [.. Directory.EnumerateDirectories(queues).Select(static path => QueueDirectory.Decode(Path.GetFileName(path))).OfType<string>().Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>Copies one queue.</summary>
    /// <param name="stateDirectory">State directory of the bus.</param>
    /// <param name="queue">Name of the queue.</param>
    /// <param name="target">State directory to copy to; files of the queue that are there already are replaced.</param>
    /// <param name="cancellation">Stops the copying; what was copied is not usable then.</param>
    /// <exception cref="IOException">A file cannot be read or written, or the queue never stood still for a round.</exception>
    public static void Copy(string stateDirectory, string queue, string target, CancellationToken cancellation = default)
    {
        var from = Path.Combine(stateDirectory, "queues", QueueDirectory.Encode(queue));
        var to = Path.Combine(target, "queues", QueueDirectory.Encode(queue));
        DurableFile.CreateDirectory(to);
        var finished = new HashSet<long>();
        for (var round = 0; round < Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var segments = Numbers(from);
            // What is gone had ended, or stands again in the newest segment: kept, its messages would come back.
            foreach (var gone in Numbers(to).Except(segments))
                File.Delete(Path.Combine(to, Segment.FileName(gone)));
            if (TryCopy(from, to, segments, finished, cancellation) && Numbers(from).SequenceEqual(segments))
                return;
        }
        throw new IOException($"Queue {queue} changes faster than it can be copied.");
    }

    /// <summary>Copies the oldest first; false when one went away meanwhile.</summary>
    private static bool TryCopy(string from, string to, List<long> segments, HashSet<long> finished, CancellationToken cancellation)
    {
        foreach (var number in segments)
        {
            cancellation.ThrowIfCancellationRequested();
            if (finished.Contains(number))
                continue;
            var path = Path.Combine(from, Segment.FileName(number));
            byte[] bytes;
            try
            {
                bytes = Read(path);
            }
            catch (FileNotFoundException)
            {
                return false;
            }
            // Only the newest is written to.
            var isNewest = number == segments[^1];
            Write(Path.Combine(to, Segment.FileName(number)), isNewest ? Whole(bytes, path) : bytes);
            if (!isNewest)
                finished.Add(number);
        }
        return true;
    }

    /// <summary>
    /// The file from its end to its beginning. Records are only added behind others, so a record that is seen has all that stand before it,
    /// which reading forwards cannot promise.
    /// </summary>
    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, DurableFile.Options(FileMode.Open, FileAccess.Read));
        var bytes = new byte[file.Length];
        for (var end = bytes.Length; end > 0;)
        {
            var start = Math.Max(0, end - ChunkBytes);
            for (var read = start; read < end;)
            {
                var count = RandomAccess.Read(file.SafeFileHandle, bytes.AsSpan(read, end - read), read);
                if (count == 0)
                    break; // Shorter now: the writer cut off what failed. Zeros are no record.
                read += count;
            }
            end = start;
        }
        return bytes;
    }

    /// <summary>The whole records; a write that is half done and the room behind it are left out. Nothing of a segment that just begins.</summary>
    private static ReadOnlySpan<byte> Whole(byte[] bytes, string path)
    {
        if (SegmentHeader.Read(bytes, path) is not { } header)
            return [];
        var scan = SegmentScan.Of(bytes, header.Marker);
        // Damage of before stays as it is, for the journal to set aside.
        return bytes.AsSpan(0, scan.End);
    }

    private static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using var stream = new FileStream(path, DurableFile.Options(FileMode.Create, FileAccess.Write));
        stream.Write(bytes);
    }

    private static List<long> Numbers(string directory) =>
        Directory.Exists(directory) ? [.. Directory.EnumerateFiles(directory).Select(static path => Segment.ParseNumber(Path.GetFileName(path))).OfType<long>().Order()] : [];
}
