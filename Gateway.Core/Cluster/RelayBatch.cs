using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace OpenClaw.Gateway.Core.Cluster;

/// <summary>
/// Consecutive records of one core, as they travel. Numbers are little-endian: version (1 byte), core (2 bytes of length, UTF-8),
/// number of the first record (8), count (4), and for each record its kind (1), its slow rule (1), name (2 bytes of length, UTF-8)
/// and payload (4 bytes of length). A batch without records says how far its core has come.
/// </summary>
/// <param name="Core">Who tells it.</param>
/// <param name="First">Number of the first record; without records, of the next one.</param>
/// <param name="Records">What is told.</param>
internal sealed record RelayBatch(string Core, long First, IReadOnlyList<RelayRecord> Records)
{
    private const byte Version = 1;

    /// <summary>The form on the bus.</summary>
    public ReadOnlyMemory<byte> ToBytes()
    {
        var output = new ArrayBufferWriter<byte>(64 + Records.Sum(record => record.Payload.Length + record.Name.Length + 16));
        Write(output, [Version]);
        WriteText(output, Core);
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(8), First);
        output.Advance(8);
        WriteNumber(output, Records.Count);
        foreach (var record in Records)
        {
            Write(output, [(byte)record.Kind, record.DropIfSlow switch { null => 0, false => 1, true => 2 }]);
            WriteText(output, record.Name);
            WriteNumber(output, record.Payload.Length);
            Write(output, record.Payload.Span);
        }
        return output.WrittenMemory;
    }

    /// <summary>Reads what another core sent; null for anything else.</summary>
    public static RelayBatch? Parse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new Reader(bytes);
        if (reader.Byte() != Version || reader.Text() is not { Length: > 0 } core || reader.Long() is not (> 0 and var first) || reader.Number() is not (>= 0 and var count))
            return null;
        var records = new List<RelayRecord>(Math.Min(count, 1024));
        for (var i = 0; i < count; i++)
        {
            if (reader.Byte() is not { } kind || reader.Byte() is not { } slow || reader.Text() is not { } name || reader.Block() is not { } payload)
                return null;
            records.Add(new RelayRecord((RelayKind)kind, name, payload, slow switch { 1 => false, 2 => true, _ => null }));
        }
        return new RelayBatch(core, first, records);
    }

    private static void Write(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> bytes) => output.Write(bytes);

    private static void WriteNumber(ArrayBufferWriter<byte> output, int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(4), number);
        output.Advance(4);
    }

    private static void WriteText(ArrayBufferWriter<byte> output, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        BinaryPrimitives.WriteUInt16LittleEndian(output.GetSpan(2), checked((ushort)length));
        output.Advance(2);
        output.Advance(Encoding.UTF8.GetBytes(text, output.GetSpan(length)));
    }

    private sealed class Reader(ReadOnlyMemory<byte> bytes)
    {
        private ReadOnlyMemory<byte> _rest = bytes;

        public byte? Byte() => Take(1) is { } part ? part.Span[0] : null;

        public int? Number() => Take(4) is { } part ? BinaryPrimitives.ReadInt32LittleEndian(part.Span) : null;

        public long? Long() => Take(8) is { } part ? BinaryPrimitives.ReadInt64LittleEndian(part.Span) : null;

        public string? Text() => Take(2) is { } length && Take(BinaryPrimitives.ReadUInt16LittleEndian(length.Span)) is { } text ? Encoding.UTF8.GetString(text.Span) : null;

        public ReadOnlyMemory<byte>? Block() => Number() is >= 0 and var length ? Take(length) : null;

        private ReadOnlyMemory<byte>? Take(int length)
        {
            if (length > _rest.Length)
                return null;
            var part = _rest[..length];
            _rest = _rest[length..];
            return part;
        }
    }
}
