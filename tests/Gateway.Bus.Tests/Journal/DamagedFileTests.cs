using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.Contract;
using OpenClaw.Gateway.Bus.Journal;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Tests.Journal;

/// <summary>What the journal makes of files that are not as it left them.</summary>
public sealed class DamagedFileTests : IDisposable
{
    private static readonly string[] Messages = ["1", "2", "3"];

    private readonly JournalDirectory _journal = new();

    public void Dispose() => _journal.Dispose();

    public static TheoryData<string> Tails => new("nothing", "zeros", "garbage");

    [Theory]
    [MemberData(nameof(Tails))]
    public async Task Open_TornAtEveryOffset_KeepsAllWholeRecordsAndTakesNewOnes(string tail)
    {
        string[] messages = ["1", "2"];
        await _journal.AppendAsync(messages);
        var path = Assert.Single(_journal.Segments);
        var whole = File.ReadAllBytes(path);
        var ends = RecordEnds(whole);
        Assert.Equal(2, ends.Count);
        Assert.Equal(whole.Length, ends[^1]);

        for (var cut = SegmentHeader.Size; cut <= whole.Length; cut++)
        {
            byte[] after = tail switch
            {
                "zeros" => new byte[100],
                "garbage" => [.. Enumerable.Range(0, 100).Select(i => (byte)((i * 37) + cut))],
                _ => [],
            };
            _journal.Restore(new() { [path] = [.. whole.AsSpan(0, cut), .. after] });
            await using (var bus = new TestBus(_journal.State, storage: new FaultyStorage { SkipsSync = true }))
            {
                await JournalDirectory.AppendAsync(bus.Bus, "new");
                Assert.Equal(messages.Take(ends.Count(e => e <= cut)).Append("new"), await JournalDirectory.DrainAsync(bus.Bus));
                var isTorn = tail == "garbage" || !ends.Prepend(SegmentHeader.Size).Contains(cut);
                Assert.Equal(isTorn ? 1 : 0, bus.Logs.Count(BusEvents.JournalTornTail));
                Assert.Equal(0, bus.Logs.Count(BusEvents.JournalDamage));
            }
        }

        // The last of them once more: what was cut off stays off.
        var logs = new CapturedLogs();
        Assert.Empty(await _journal.DrainAsync(logs));
        Assert.Equal(0, logs.Count(BusEvents.JournalTornTail));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Open_CreationOfASegmentCutOff_IsRemovedAndTheQueueWorks(bool isAllocated)
    {
        await _journal.AppendAsync(Messages);
        var path = Assert.Single(_journal.Segments);
        var whole = File.ReadAllBytes(path);
        for (var cut = 0; cut < SegmentHeader.Size; cut++)
        {
            _journal.Restore(new() { [path] = [.. whole.AsSpan(0, cut), .. new byte[isAllocated ? 1000 : 0]] });
            await using var bus = new TestBus(_journal.State, storage: new FaultyStorage { SkipsSync = true });
            await JournalDirectory.AppendAsync(bus.Bus, "new");
            Assert.Equal(["new"], await JournalDirectory.DrainAsync(bus.Bus));
            Assert.InRange(bus.Logs.Count(BusEvents.JournalTornTail), 0, cut == 0 ? 0 : 1);
            Assert.Equal(0, (await bus.Bus.Queues.GetStatisticsAsync("q")).Damaged);
        }
    }

    [Fact]
    public async Task Open_HeaderDestroyed_SegmentIsSetAsideAndTheOthersAreRead()
    {
        await _journal.AppendAsync("1");
        await _journal.AppendAsync("2");
        var path = _journal.Segments[0];
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(0, SegmentHeader.Size).Fill(0xee);
        File.WriteAllBytes(path, bytes);
        var logs = new CapturedLogs();
        Assert.Equal(["2"], await _journal.DrainAsync(logs));
        Assert.Equal(1, logs.Count(BusEvents.JournalSegmentUnreadable));
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(_journal.Damaged, Path.GetFileName(path))));
    }

    [Fact]
    public async Task Open_AnyByteFlipped_LosesAtMostTheRecordItIsIn()
    {
        await _journal.AppendAsync(Messages);
        var path = Assert.Single(_journal.Segments);
        var whole = File.ReadAllBytes(path);
        var ends = RecordEnds(whole);
        for (var offset = 0; offset < whole.Length; offset++)
        {
            var damaged = whole.ToArray();
            damaged[offset] ^= 0x41;
            _journal.Restore(new() { [path] = damaged });
            var hit = offset < SegmentHeader.Size ? -1 : ends.Count(e => e <= offset);
            var logs = new CapturedLogs();
            Assert.Equal(Messages.Where((_, i) => i != hit), await _journal.DrainAsync(logs));

            // Nothing behind the last record vouches for it, so a bad last one counts as a write that was cut off.
            Assert.Equal(hit is 0 or 1 ? 1 : 0, logs.Count(BusEvents.JournalDamage));
            Assert.Equal(hit == 2 ? 1 : 0, logs.Count(BusEvents.JournalTornTail));
            if (hit >= 0)
            {
                var kept = File.ReadAllBytes(Assert.Single(Directory.GetFiles(_journal.Damaged)));
                var start = hit == 0 ? SegmentHeader.Size : ends[hit - 1];
                Assert.Equal(damaged[start..ends[hit]].AsSpan().TrimEnd((byte)0), kept.AsSpan().TrimEnd((byte)0));
            }
        }
    }

    [Fact]
    public async Task Open_AcknowledgementDamaged_MessageComesAgainAndNothingElse()
    {
        await using (var bus = new TestBus(_journal.State))
        {
            var handler = new ManualHandler();
            await JournalDirectory.AppendAsync(bus.Bus, "first");
            await JournalDirectory.AppendAsync(bus.Bus, "second");
            await using var consumer = await bus.Bus.Queues.ConsumeAsync("q", handler.HandleAsync);
            (await handler.NextAsync().WithTimeout()).End(QueueVerdict.Done);
            await handler.NextAsync().WithTimeout();
        }
        var path = Assert.Single(_journal.Segments);
        var bytes = File.ReadAllBytes(path);
        var settle = Assert.Single(Records(bytes), r => r.Record is SettleRecord);
        bytes[settle.Place.Offset + settle.Place.Length - 1] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Equal(["first", "second"], await _journal.DrainAsync());
    }

    [Fact]
    public async Task Open_EndOfAnOlderSegmentDamaged_IsDamageAndNotATornTail()
    {
        await _journal.AppendAsync("first");
        await _journal.AppendAsync("second");
        Assert.Equal(2, _journal.Segments.Length);
        var bytes = File.ReadAllBytes(_journal.Segments[0]);
        bytes[^1] ^= 1;
        File.WriteAllBytes(_journal.Segments[0], bytes);
        var logs = new CapturedLogs();
        Assert.Equal(["second"], await _journal.DrainAsync(logs));
        Assert.Equal((1, 0), (logs.Count(BusEvents.JournalDamage), logs.Count(BusEvents.JournalTornTail)));
    }

    [Fact]
    public async Task Open_SegmentInTheMiddleMissing_DeliversTheRest()
    {
        await _journal.AppendAsync("first");
        await _journal.AppendAsync("second");
        await _journal.AppendAsync("third");
        File.Delete(_journal.Segments[1]);
        Assert.Equal(["first", "third"], await _journal.DrainAsync());
    }

    [Fact]
    public async Task Open_ForeignFiles_AreLeftAlone()
    {
        await _journal.AppendAsync("first");
        var foreign = Path.Combine(_journal.Queue, "notes.txt");
        File.WriteAllText(foreign, "mine");
        File.WriteAllText(Path.Combine(_journal.Queue, "x.journal"), "no number");
        Assert.Equal(["first"], await _journal.DrainAsync());
        Assert.Equal("mine", File.ReadAllText(foreign));
    }

    [Fact]
    public async Task Open_NewerFormat_IsRefusedAndLeftAsItIs()
    {
        await _journal.AppendAsync("first");
        var path = Assert.Single(_journal.Segments);
        var bytes = File.ReadAllBytes(path);
        SetVersion(bytes, 2);
        SetVersion(bytes.AsSpan(64), 2);
        File.WriteAllBytes(path, bytes);

        await using var bus = new TestBus(_journal.State);
        var result = await JournalDirectory.TryAppendAsync(bus.Bus, "new");
        Assert.Equal(AppendOutcome.Unavailable, result.Outcome);
        Assert.Contains("format 2", result.Error, StringComparison.Ordinal);
        await Assert.ThrowsAsync<JournalVersionException>(() => JournalDirectory.DrainAsync(bus.Bus));
        Assert.Equal(bytes, File.ReadAllBytes(path));
    }

    [Fact]
    public async Task Open_DamageInFrontOfAMessageThatLooksLikeRecords_InventsNothing()
    {
        // A sender who knows the format, but not the marker of the segment it will be stored in.
        var forged = new byte[400];
        var record = JournalRecordCodec.Encode(new PutRecord(1, 1, "k", "forged"u8.ToArray()) { EnqueuedAt = DateTimeOffset.UnixEpoch });
        for (var i = 0; i + record.Length < forged.Length; i += record.Length)
        {
            RecordFrame.Seal(record.Frame.Span, (ulong)i);
            record.Frame.Span.CopyTo(forged.AsSpan(i));
        }
        await using (var bus = new TestBus(_journal.State))
        {
            Assert.True((await bus.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = forged }).AsTask().WithTimeout()).IsStored);
            await JournalDirectory.AppendAsync(bus.Bus, "real");
        }
        var path = Assert.Single(_journal.Segments);
        var bytes = File.ReadAllBytes(path);
        bytes[SegmentHeader.Size] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Equal(["real"], await _journal.DrainAsync());
    }

    [Fact]
    public async Task Deliver_BytesRotWhileOpen_MessageIsGivenUpLoudlyAndTheNextComes()
    {
        await using var bus = new TestBus(_journal.State);
        await JournalDirectory.AppendAsync(bus.Bus, "first");
        await JournalDirectory.AppendAsync(bus.Bus, "second");
        using (var file = File.OpenHandle(Assert.Single(_journal.Segments), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
            RandomAccess.Write(file, "rot"u8, SegmentHeader.Size + 30);
        Assert.Equal(["second"], await JournalDirectory.DrainAsync(bus.Bus));
        Assert.Single(bus.Logs.Entries, e => e.Id == BusEvents.QueueEntryUnreadable && e.Level == LogLevel.Error);
        Assert.Equal(1, (await bus.Bus.Queues.GetStatisticsAsync("q")).Damaged);
    }

    private static void SetVersion(Span<byte> header, uint version)
    {
        BitConverter.TryWriteBytes(header[8..], version);
        BitConverter.TryWriteBytes(header[12..], Crc32C.Append(Crc32C.Append(uint.MaxValue, header[8..12]), header[16..48]));
    }

    private static List<int> RecordEnds(byte[] segment) => [.. Records(segment).Select(r => r.Place.Offset + r.Place.Length)];

    private static List<(Stretch Place, JournalRecord Record)> Records(byte[] segment)
    {
        var header = SegmentHeader.Read(segment, "")!.Value;
        return [.. SegmentScan.Of(segment, header.Marker).Records.Select(place =>
            (place, JournalRecordCodec.Decode(RecordFrame.Body(segment.AsSpan(place.Offset, place.Length)))!))];
    }
}
