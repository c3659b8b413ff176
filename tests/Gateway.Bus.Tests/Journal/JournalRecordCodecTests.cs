using OpenClaw.Gateway.Bus.Journal;

namespace OpenClaw.Gateway.Bus.Tests.Journal;

public sealed class JournalRecordCodecTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeMilliseconds(1_763_712_000_123);

    [Fact]
    public void Decode_WhatWasEncoded_IsTheSame()
    {
        JournalRecord[] records =
        [
            new AttemptRecord(ulong.MaxValue, 3, Time),
            new AttemptRecord(1, 1, null),
            new SetAsideRecord(2, 4, Time, "почему 🔑"),
            new ReplayRecord(3, 9),
            new SettleRecord(4),
        ];
        foreach (var record in records)
            Assert.Equal(record, Decode(JournalRecordCodec.Encode(record)));
    }

    [Theory]
    [InlineData("", "", null, null)]
    [InlineData("key", "series", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "reason")]
    public void Decode_Put_IsTheSame(string key, string series, string? trace, string? reason)
    {
        var put = new PutRecord(5, 6, key, "payload"u8.ToArray())
        {
            Series = series,
            EnqueuedAt = Time,
            ExpiresAt = Time.AddDays(1),
            NotBefore = Time.AddHours(1),
            Attempts = 7,
            TraceParent = trace,
            SetAsideAt = reason is null ? null : Time,
            Reason = reason,
        };
        var decoded = Assert.IsType<PutRecord>(Decode(JournalRecordCodec.Encode(put)));
        Assert.Equal(put.Payload.ToArray(), decoded.Payload.ToArray());
        Assert.Equal(put with { Payload = default }, decoded with { Payload = default });
    }

    [Theory]
    [InlineData("id")]
    [InlineData("id", "", "почему 🔑")]
    public void Decode_PutWithDeduplicationIds_IsTheSame(params string[] ids)
    {
        var put = new PutRecord(5, 6, "key", "payload"u8.ToArray()) { DeduplicationIds = ids, EnqueuedAt = Time };
        var encoded = JournalRecordCodec.Encode(put);
        var body = RecordFrame.Body(encoded.Frame.Span).ToArray();
        for (var length = 0; length < body.Length; length++)
            JournalRecordCodec.Decode(body.AsSpan(0, length));

        var decoded = Assert.IsType<PutRecord>(Decode(encoded));
        Assert.Equal(ids, decoded.DeduplicationIds);
        Assert.Equal(put.Payload.ToArray(), decoded.Payload.ToArray());
    }

    [Fact]
    public void Encode_IdSetAfterwards_IsInTheRecord()
    {
        var encoded = JournalRecordCodec.Encode(new PutRecord(0, 0, "k", default) { EnqueuedAt = Time });
        encoded.SetId(11);
        encoded.SetOrder(12);
        var put = Assert.IsType<PutRecord>(Decode(encoded));
        Assert.Equal((11UL, 12UL), (put.Id, put.Order));
    }

    [Fact]
    public void Decode_AnyPrefixOrGarbage_NeverThrows()
    {
        var random = new Random(7);
        var encoded = JournalRecordCodec.Encode(new PutRecord(5, 6, "key", "payload"u8.ToArray()) { EnqueuedAt = Time, Reason = "r" });
        var body = RecordFrame.Body(encoded.Frame.Span).ToArray();
        for (var length = 0; length < body.Length; length++)
            JournalRecordCodec.Decode(body.AsSpan(0, length));
        Assert.Null(JournalRecordCodec.Decode(body.AsSpan(0, 20)));
        Assert.Null(JournalRecordCodec.Decode([]));
        Assert.Null(JournalRecordCodec.Decode([99, 0, 0, 0, 0, 0, 0, 0, 0]));
        for (var i = 0; i < 20_000; i++)
        {
            var garbage = new byte[random.Next(100)];
            random.NextBytes(garbage);
            if (garbage.Length > 0)
                garbage[0] = (byte)random.Next(7);
            JournalRecordCodec.Decode(garbage);
        }
    }

    [Fact]
    public void Crc32C_KnownValue_IsCastagnoli() =>
        Assert.Equal(0xE3069283u, ~Crc32C.Append(uint.MaxValue, "123456789"u8));

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData((1_763_712_000_123UL << 20) + 77)]
    [InlineData(ulong.MaxValue)]
    public void MessageId_FormattedAndParsed_IsTheSame(ulong id) => Assert.Equal(id, MessageId.Parse(MessageId.Format(id)));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1")]
    [InlineData("1-")]
    [InlineData("-1")]
    [InlineData("1-1048576")]
    [InlineData("17592186044416-0")]
    [InlineData("+1-1")]
    [InlineData("1-1 ")]
    public void MessageId_NotOne_IsNull(string text) => Assert.Null(MessageId.Parse(text));

    private static JournalRecord? Decode(EncodedRecord encoded) => JournalRecordCodec.Decode(RecordFrame.Body(encoded.Frame.Span));
}
