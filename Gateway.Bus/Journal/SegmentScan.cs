using System.Buffers.Binary;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>A stretch of a segment.</summary>
internal readonly record struct Stretch(int Offset, int Length);

/// <summary>What a segment's bytes turned out to be.</summary>
/// <param name="Records">Intact frames, in order.</param>
/// <param name="Damaged">Stretches between intact frames that are none.</param>
/// <param name="End">Where the last intact frame ends.</param>
/// <param name="HasTornTail">Whether something other than zeros follows.</param>
internal sealed record SegmentScan(IReadOnlyList<Stretch> Records, IReadOnlyList<Stretch> Damaged, int End, bool HasTornTail)
{
    /// <summary>Finds the frames in the first bytes of a segment file.</summary>
    public static SegmentScan Of(ReadOnlySpan<byte> data, ulong marker)
    {
        Span<byte> markerBytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(markerBytes, marker);
        var records = new List<Stretch>();
        var damaged = new List<Stretch>();
        var position = SegmentHeader.Size;
        var end = position;
        while (position < data.Length)
        {
            if (RecordFrame.TryRead(data[position..], marker, out var frame))
            {
                if (position > end)
                    damaged.Add(new Stretch(end, position - end));
                records.Add(new Stretch(position, frame.Length));
                position = end = position + frame.Length;
                continue;
            }
            var next = data[(position + 1)..].IndexOf(markerBytes);
            if (next < 0)
                break;
            position += 1 + next;
        }
        var torn = end < data.Length && data[end..].ContainsAnyExcept((byte)0);
        return new SegmentScan(records, damaged, end, torn);
    }
}
