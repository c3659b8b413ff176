using System.Buffers.Binary;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>
/// The beginning of a segment file. Stands there twice, so that one bad spot does not cost the whole segment.
/// <code>
/// 0   8 bytes  "OCBUSJNL"
/// 8   u32      version
/// 12  u32      CRC-32C over the other fields
/// 16  u64      marker of the records' frames
/// 24  i64      number of the segment
/// 32  i64      length of the segment before: what stands behind it there does not count
/// 40  u64      last message id given out before this segment
/// </code>
/// </summary>
internal readonly record struct SegmentHeader(ulong Marker, long Number, long PreviousLength, ulong LastId)
{
    /// <summary>Where the records begin.</summary>
    public const int Size = 2 * CopySize;

    private const int CopySize = 64;
    private const uint Version = 1;
    private const int FieldsOffset = 16;
    private const int FieldsEnd = 48;

    private static ReadOnlySpan<byte> Magic => "OCBUSJNL"u8;

    public void Write(Span<byte> target)
    {
        target[..Size].Clear();
        Magic.CopyTo(target);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], Version);
        BinaryPrimitives.WriteUInt64LittleEndian(target[16..], Marker);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], Number);
        BinaryPrimitives.WriteInt64LittleEndian(target[32..], PreviousLength);
        BinaryPrimitives.WriteUInt64LittleEndian(target[40..], LastId);
        BinaryPrimitives.WriteUInt32LittleEndian(target[12..], Checksum(target));
        target[..CopySize].CopyTo(target[CopySize..]);
    }

    /// <summary>Reads the header; null when neither copy is intact.</summary>
    /// <exception cref="JournalVersionException">A newer program wrote it.</exception>
    public static SegmentHeader? Read(ReadOnlySpan<byte> data, string path) =>
        ReadCopy(data, path) ?? (data.Length >= CopySize ? ReadCopy(data[CopySize..], path) : null);

    private static SegmentHeader? ReadCopy(ReadOnlySpan<byte> data, string path)
    {
        if (data.Length < CopySize || !data.StartsWith(Magic) || BinaryPrimitives.ReadUInt32LittleEndian(data[12..]) != Checksum(data))
            return null;
        var version = BinaryPrimitives.ReadUInt32LittleEndian(data[8..]);
        if (version != Version)
            throw new JournalVersionException(path, version);
        return new SegmentHeader(
            BinaryPrimitives.ReadUInt64LittleEndian(data[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(data[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(data[32..]),
            BinaryPrimitives.ReadUInt64LittleEndian(data[40..]));
    }

    /// <summary>Seeded, as otherwise the checksum of zeros, which a cut-off header is full of, would be 0 and right.</summary>
    private static uint Checksum(ReadOnlySpan<byte> copy) =>
        Crc32C.Append(Crc32C.Append(uint.MaxValue, copy[8..12]), copy[FieldsOffset..FieldsEnd]);
}

/// <summary>A journal was written by a newer version of the program. It is left as it is.</summary>
internal sealed class JournalVersionException(string path, uint version)
    : BusUnavailableException($"{path} has format {version}, which this version of the gateway does not know. Use the newer version, or move the file away.");
