using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>
/// The bodies of records: kind (1 byte), id (u64), then by kind. Times are milliseconds since 1970, 0 for none; texts
/// are UTF-8 behind a u16 length.
/// <code>
/// 1 put        order u64, attempts i32, enqueued, expires, not before, set aside (i64 each), key, trace parent, reason, payload to the end
/// 2 attempt    attempts i32, not before i64
/// 3 set aside  attempts i32, at i64, reason
/// 4 replay     order u64
/// 5 settle
/// 6 put in a series   as put, with the series behind the reason
/// 7 put once   as put in a series, with the deduplication id behind the series
/// 8 seen       at i64, deduplication id
/// 9 put once by several names   as put once, with the count u16 of further deduplication ids behind the first, and these
/// </code>
/// </summary>
internal static class JournalRecordCodec
{
    public const int IdOffset = 1;
    public const int OrderOffset = 9;

    private const byte Put = 1;
    private const byte Attempt = 2;
    private const byte SetAside = 3;
    private const byte Replay = 4;
    private const byte Settle = 5;
    private const byte PutInSeries = 6;
    private const byte PutOnce = 7;
    private const byte Seen = 8;
    private const byte PutOnceBySeveral = 9;

    private const int FixedSize = 72;

    public static EncodedRecord Encode(JournalRecord record)
    {
        var (texts, payload) = record switch
        {
            PutRecord put => (TextSize(put.Key) + TextSize(put.TraceParent) + TextSize(put.Reason) + TextSize(put.Series) + IdsSize(put.DeduplicationIds), put.Payload),
            SeenRecord seen => (TextSize(seen.DeduplicationId), default),
            SetAsideRecord aside => (TextSize(aside.Reason), default),
            _ => (0, default),
        };
        var buffer = ArrayPool<byte>.Shared.Rent(RecordFrame.HeaderSize + FixedSize + texts + payload.Length);
        var writer = new Writer(buffer.AsSpan(RecordFrame.HeaderSize));
        Write(ref writer, record);
        payload.Span.CopyTo(writer.Rest);
        return new EncodedRecord(buffer, RecordFrame.HeaderSize + writer.Written + payload.Length);
    }

    /// <summary>Reads a body; null when it is none that this version writes.</summary>
    public static JournalRecord? Decode(ReadOnlySpan<byte> body)
    {
        var reader = new Reader(body);
        var kind = reader.Byte();
        var id = reader.U64();
        JournalRecord? record = kind switch
        {
            Put or PutInSeries or PutOnce or PutOnceBySeveral => ReadPut(ref reader, id, kind),
            Seen => new SeenRecord(id, reader.Time() ?? DateTimeOffset.UnixEpoch, reader.Text() ?? ""),
            Attempt => new AttemptRecord(id, reader.I32(), reader.Time()),
            SetAside => new SetAsideRecord(id, reader.I32(), reader.Time() ?? DateTimeOffset.UnixEpoch, reader.Text() ?? ""),
            Replay => new ReplayRecord(id, reader.U64()),
            Settle => new SettleRecord(id),
            _ => null,
        };
        return reader.Failed ? null : record;
    }

    private static void Write(ref Writer writer, JournalRecord record)
    {
        switch (record)
        {
            case PutRecord put:
                var ids = put.DeduplicationIds;
                var kind = ids.Count > 1 ? PutOnceBySeveral : ids.Count > 0 ? PutOnce : put.Series.Length > 0 ? PutInSeries : Put;
                writer.Begin(kind, put.Id);
                writer.U64(put.Order);
                writer.I32(put.Attempts);
                writer.Time(put.EnqueuedAt);
                writer.Time(put.ExpiresAt);
                writer.Time(put.NotBefore);
                writer.Time(put.SetAsideAt);
                writer.Text(put.Key);
                writer.Text(put.TraceParent);
                writer.Text(put.Reason);
                if (kind is not Put)
                    writer.Text(put.Series);
                if (kind is PutOnce or PutOnceBySeveral)
                    writer.Text(ids[0]);
                if (kind is PutOnceBySeveral)
                    writer.U16(ids.Count - 1);
                for (var i = 1; i < ids.Count; i++)
                    writer.Text(ids[i]);
                break;
            case SeenRecord seen:
                writer.Begin(Seen, seen.Id);
                writer.Time(seen.At);
                writer.Text(seen.DeduplicationId);
                break;
            case AttemptRecord attempt:
                writer.Begin(Attempt, attempt.Id);
                writer.I32(attempt.Attempts);
                writer.Time(attempt.NotBefore);
                break;
            case SetAsideRecord aside:
                writer.Begin(SetAside, aside.Id);
                writer.I32(aside.Attempts);
                writer.Time(aside.At);
                writer.Text(aside.Reason);
                break;
            case ReplayRecord replay:
                writer.Begin(Replay, replay.Id);
                writer.U64(replay.Order);
                break;
            default:
                writer.Begin(Settle, record.Id);
                break;
        }
    }

    private static PutRecord ReadPut(ref Reader reader, ulong id, byte kind)
    {
        var order = reader.U64();
        var attempts = reader.I32();
        var enqueued = reader.Time();
        var expires = reader.Time();
        var notBefore = reader.Time();
        var setAside = reader.Time();
        var key = reader.Text();
        var trace = reader.Text();
        var reason = reader.Text();
        var series = kind is not Put ? reader.Text() : null;
        var ids = kind is PutOnce or PutOnceBySeveral ? ReadIds(ref reader, kind) : [];
        return new PutRecord(id, order, key ?? "", reader.Rest())
        {
            Series = series ?? "",
            DeduplicationIds = ids,
            Attempts = attempts,
            EnqueuedAt = enqueued ?? DateTimeOffset.UnixEpoch,
            ExpiresAt = expires,
            NotBefore = notBefore,
            SetAsideAt = setAside,
            TraceParent = trace,
            Reason = reason,
        };
    }

    private static IReadOnlyList<string> ReadIds(ref Reader reader, byte kind)
    {
        List<string> ids = [reader.Text() ?? ""];
        for (var left = kind is PutOnceBySeveral ? reader.U16() : 0; left > 0 && !reader.Failed; left--)
            ids.Add(reader.Text() ?? "");
        return ids;
    }

    private static int IdsSize(IReadOnlyList<string> ids)
    {
        var size = 0;
        for (var i = 0; i < ids.Count; i++)
            size += sizeof(ushort) + TextSize(ids[i]);
        return size;
    }

    private static int TextSize(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);

    private ref struct Writer(Span<byte> target)
    {
        private readonly Span<byte> _target = target;

        public int Written { get; private set; }

        public readonly Span<byte> Rest => _target[Written..];

        public void Begin(byte kind, ulong id)
        {
            Rest[0] = kind;
            Written++;
            U64(id);
        }

        public void U64(ulong value)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(Rest, value);
            Written += sizeof(ulong);
        }

        public void I32(int value)
        {
            BinaryPrimitives.WriteInt32LittleEndian(Rest, value);
            Written += sizeof(int);
        }

        public void U16(int value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(Rest, checked((ushort)value));
            Written += sizeof(ushort);
        }

        public void Time(DateTimeOffset? value) => U64(value is { } time ? (ulong)time.ToUnixTimeMilliseconds() : 0);

        public void Text(string? text)
        {
            var length = text is null ? 0 : Encoding.UTF8.GetBytes(text, Rest[sizeof(ushort)..]);
            U16(length);
            Written += length;
        }
    }

    private ref struct Reader(ReadOnlySpan<byte> source)
    {
        private ReadOnlySpan<byte> _source = source;

        public bool Failed { get; private set; }

        public byte Byte() => Take(1) is { Length: 1 } b ? b[0] : default;

        public ulong U64() => Take(sizeof(ulong)) is { Length: > 0 } b ? BinaryPrimitives.ReadUInt64LittleEndian(b) : 0;

        public int U16() => Take(sizeof(ushort)) is { Length: > 0 } b ? BinaryPrimitives.ReadUInt16LittleEndian(b) : 0;

        public int I32() => Take(sizeof(int)) is { Length: > 0 } b ? BinaryPrimitives.ReadInt32LittleEndian(b) : 0;

        public DateTimeOffset? Time()
        {
            var milliseconds = (long)U64();
            if (milliseconds == 0)
                return null;
            if (milliseconds > 0 && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
                return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
            Failed = true;
            return null;
        }

        public string? Text()
        {
            var length = U16();
            return length == 0 ? null : Encoding.UTF8.GetString(Take(length));
        }

        public byte[] Rest() => Take(_source.Length).ToArray();

        private ReadOnlySpan<byte> Take(int count)
        {
            if (count > _source.Length)
            {
                Failed = true;
                _source = default;
                return default;
            }
            var taken = _source[..count];
            _source = _source[count..];
            return taken;
        }
    }
}
