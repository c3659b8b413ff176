using System.Buffers;
using System.Buffers.Binary;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>A record's bytes with room for the frame's header in front, in a rented buffer.</summary>
internal sealed class EncodedRecord(byte[] buffer, int length)
{
    /// <summary>Bytes in the segment, frame included.</summary>
    public int Length => length;

    /// <summary>The frame's bytes; not to be touched after <see cref="Release"/>.</summary>
    public Memory<byte> Frame => buffer.AsMemory(0, length);

    /// <summary>Sets the id of a record that was encoded before it had one.</summary>
    public void SetId(ulong id) => BinaryPrimitives.WriteUInt64LittleEndian(buffer.AsSpan(RecordFrame.HeaderSize + JournalRecordCodec.IdOffset), id);

    /// <summary>Sets the place in the order of a <see cref="PutRecord"/> or <see cref="ReplayRecord"/>.</summary>
    public void SetOrder(ulong order) => BinaryPrimitives.WriteUInt64LittleEndian(buffer.AsSpan(RecordFrame.HeaderSize + JournalRecordCodec.OrderOffset), order);

    /// <summary>Returns the buffer; once.</summary>
    public void Release() => ArrayPool<byte>.Shared.Return(buffer);
}
