using OpenClaw.Gateway.Bus.Contract;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Tests.Journal;

/// <summary>The journal's size follows what is in the queue, not what went through it.</summary>
public sealed class CompactionTests : IAsyncLifetime
{
    private const int SegmentBytes = 64 << 10;
    private static readonly string Filler = new('.', 1000);

    private readonly JournalDirectory _journal = new();
    private readonly ManualTimeProvider _time = new();
    private TestBus _bus = null!;

    private IBus Bus => _bus.Bus;

    public async Task InitializeAsync() => await RestartAsync();

    public async Task DisposeAsync()
    {
        await _bus.DisposeAsync();
        _journal.Dispose();
    }

    [Fact]
    public async Task Settled_ManyTimesASegment_DiskStaysSmall()
    {
        await PassThroughAsync(2000);
        Assert.InRange(_journal.Segments.Length, 1, 3);
        Assert.InRange(_journal.DiskBytes, 0, 3 * SegmentBytes);
    }

    [Fact]
    public async Task OldMessagesStay_ManyNewOnesPass_OldAreCarriedOnAsTheyWere()
    {
        var dead = await MakeDeadLetterAsync("dead");
        await MakeDelayedAsync("delayed");
        await JournalDirectory.AppendAsync(Bus, "behind", "delayed");
        await PassThroughAsync(3000);
        Assert.InRange(_journal.DiskBytes, 0, 8 * SegmentBytes);
        await AssertOldOnesAsync(dead);
        await RestartAsync();
        await PassThroughAsync(1000);
        Assert.InRange(_journal.DiskBytes, 0, 8 * SegmentBytes);
        await AssertOldOnesAsync(dead);

        _time.Advance(TimeSpan.FromHours(2));
        var handler = new ManualHandler();
        await using var consumer = await Bus.Queues.ConsumeAsync("q", handler.HandleAsync);
        var delayed = await handler.NextAsync().WithTimeout();
        Assert.Equal(("delayed", 3), (delayed.Text, delayed.Delivery.Attempt));
        delayed.End(QueueVerdict.Done);
        Assert.Equal(["behind"], await handler.TakeAsync(1));
    }

    [Fact]
    public async Task SegmentsGo_DeduplicationIdsStayOverARestart()
    {
        var ids = Enumerable.Range(0, 50).Select(i => $"id {i}").ToArray();
        foreach (var id in ids)
            Assert.True((await AppendOnceAsync(id)).IsStored);
        Assert.Equal(ids.Length, (await JournalDirectory.DrainAsync(Bus)).Count);
        await PassThroughAsync(3000);
        Assert.InRange(_journal.DiskBytes, 0, 8 * SegmentBytes);
        await RestartAsync();
        await PassThroughAsync(1000);
        foreach (var id in ids)
            Assert.Equal(AppendOutcome.Duplicate, (await AppendOnceAsync(id)).Outcome);
        _time.Advance(QueueEntry.DeduplicationWindow);
        await PassThroughAsync(1500);
        Assert.InRange(_journal.Segments.Length, 1, 3);
    }

    [Fact]
    public async Task MuchIsAlive_NothingIsLostAndDiskIsInProportion()
    {
        // Two keys: one consumed as it comes, one that waits for its retry.
        await MakeDelayedAsync("delayed");
        for (var i = 0; i < 300; i++)
        {
            await JournalDirectory.AppendAsync(Bus, $"{i} {Filler}", "delayed");
            await PassThroughAsync(4);
        }
        var statistics = await Bus.Queues.GetStatisticsAsync("q");
        Assert.Equal(301, statistics.Waiting);
        Assert.InRange(_journal.DiskBytes, statistics.Bytes, (3 * statistics.Bytes) + (8 * SegmentBytes));
        await RestartAsync();
        _time.Advance(TimeSpan.FromHours(2));
        var drained = await JournalDirectory.DrainAsync(Bus);
        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{i}").Prepend("delayed"), drained.Select(d => d.Split(' ')[0]));
    }

    [Fact]
    public async Task ManyRestartsWithAStuckMessage_TinySegmentsDoNotPileUp()
    {
        await MakeDeadLetterAsync("dead");
        for (var i = 0; i < 300; i++)
        {
            await JournalDirectory.AppendAsync(Bus, $"{i}", "k");
            Assert.Equal([$"{i}"], await JournalDirectory.DrainAsync(Bus));
            await RestartAsync();
        }
        Assert.InRange(_journal.Segments.Length, 1, 10);
        Assert.Equal("dead", Text(Assert.Single(await Bus.Queues.ListDeadLettersAsync("q"))));
    }

    [Fact]
    public async Task DeadLetters_MoreThanAllowed_OldestGoesAndIsLogged()
    {
        await _bus.DisposeAsync();
        _bus = new TestBus(_journal.State, _time, configure: options => options.MaxDeadLetters = 2);
        await MakeDeadLetterAsync("1");
        await MakeDeadLetterAsync("2");
        await MakeDeadLetterAsync("3");
        await JournalDirectory.UntilAsync(Bus, s => s.DeadLetters == 2);
        Assert.Equal(["2", "3"], (await Bus.Queues.ListDeadLettersAsync("q")).Select(Text));
        Assert.Equal(1, _bus.Logs.Count(BusEvents.QueueDeadLetterEvicted));
    }

    [Fact]
    public async Task Dispose_Always_GivesBackTheRoomAllocatedAhead()
    {
        await JournalDirectory.AppendAsync(Bus, "1");
        Assert.Equal(SegmentBytes, _journal.DiskBytes);
        await _bus.DisposeAsync();
        Assert.InRange(_journal.DiskBytes, 1, 1000);
    }

    private static string Text(DeadLetter letter) => System.Text.Encoding.UTF8.GetString(letter.Payload.Span);

    private ValueTask<AppendResult> AppendOnceAsync(string id) =>
        Bus.Queues.AppendAsync("q", new QueueEntry { DeduplicationId = id, Payload = System.Text.Encoding.UTF8.GetBytes(id) });

    private async Task RestartAsync()
    {
        if (_bus is not null)
            await _bus.DisposeAsync();
        _bus = new TestBus(_journal.State, _time, new FaultyStorage { SkipsSync = true });
    }

    private async Task PassThroughAsync(int count)
    {
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => JournalDirectory.AppendAsync(Bus, Filler, $"pass{i % 50}")));
        var passed = 0;
        await using var consumer = await Bus.Queues.ConsumeAsync("q", (_, _) =>
        {
            Interlocked.Increment(ref passed);
            return new(QueueVerdict.Done);
        });
        await TestTimeouts.Until(() => passed == count, "all to pass through");
        await JournalDirectory.UntilAsync(Bus, s => s.InFlight == 0);
    }

    private async Task<string> MakeDeadLetterAsync(string payload)
    {
        var before = (await Bus.Queues.GetStatisticsAsync("q")).DeadLetters;
        var id = await JournalDirectory.AppendAsync(Bus, payload, "dead");
        await using var consumer = await Bus.Queues.ConsumeAsync("q", (_, _) => new(QueueVerdict.Reject("stuck")));
        await TestTimeouts.Until(() => _bus.Logs.Count(BusEvents.QueueDeadLetter) > 0, "the dead letter");
        await JournalDirectory.UntilAsync(Bus, s => s.InFlight + s.Waiting == 0 || s.DeadLetters > before);
        return id;
    }

    /// <summary>A message that failed twice and waits for its third attempt.</summary>
    private async Task MakeDelayedAsync(string payload)
    {
        await JournalDirectory.AppendAsync(Bus, payload, "delayed");
        var last = new TaskCompletionSource();
        await using var consumer = await Bus.Queues.ConsumeAsync("q", (delivery, _) =>
        {
            if (delivery.Attempt == 1)
                return new(QueueVerdict.Retry("first", TimeSpan.Zero));
            last.TrySetResult();
            return new(QueueVerdict.Retry("second", TimeSpan.FromHours(1)));
        });
        await last.Task.WithTimeout();
        await JournalDirectory.UntilAsync(Bus, s => s.InFlight == 0);
    }

    private async Task AssertOldOnesAsync(string deadId)
    {
        var letter = Assert.Single(await Bus.Queues.ListDeadLettersAsync("q"));
        Assert.Equal((deadId, "dead", "stuck", 1), (letter.Id, Text(letter), letter.Reason, letter.Attempts));
        Assert.Equal(2, (await Bus.Queues.GetStatisticsAsync("q")).Waiting);
    }
}
