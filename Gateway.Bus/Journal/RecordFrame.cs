using System.Buffers.Binary;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>
/// The frame around every record of a segment, little endian:
/// <code>
/// 0   u64  marker of the segment
/// 8   u32  length of the body
/// 12  u32  CRC-32C over length and body, seeded with the marker
/// 16  ...  body
/// </code>
/// The marker is random per segment. It is where reading resumes behind a damaged stretch, and because nobody outside
/// knows it, a message cannot contain bytes that would be taken for a record there.
/// </summary>
internal static class RecordFrame
{
    public const int HeaderSize = 16;

    private const int LengthOffset = 8;
    private const int CrcOffset = 12;

    /// <summary>Fills in the header in front of a body that is in place.</summary>
    public static void Seal(Span<byte> frame, ulong marker)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(frame, marker);
        BinaryPrimitives.WriteInt32LittleEndian(frame[LengthOffset..], frame.Length - HeaderSize);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[CrcOffset..], Checksum(frame, marker));
    }

    /// <summary>Reads the frame at the beginning of <paramref name="data"/>; false when there is no whole and intact one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, ulong marker, out ReadOnlySpan<byte> frame)
    {
        frame = default;
        if (data.Length < HeaderSize || BinaryPrimitives.ReadUInt64LittleEndian(data) != marker)
            return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(data[LengthOffset..]);
        if (length <= 0 || length > data.Length - HeaderSize)
            return false;
        var candidate = data[..(HeaderSize + length)];
        if (BinaryPrimitives.ReadUInt32LittleEndian(data[CrcOffset..]) != Checksum(candidate, marker))
            return false;
        frame = candidate;
        return true;
    }

    public static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> frame) => frame[HeaderSize..];

    private static uint Checksum(ReadOnlySpan<byte> frame, ulong marker) =>
        Crc32C.Append(Crc32C.Append((uint)marker, frame[LengthOffset..CrcOffset]), frame[HeaderSize..]);
}
