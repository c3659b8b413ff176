using OpenClaw.Gateway.Bus.Contract;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Tests.Journal;

/// <summary>A disk that is full or broken for a while.</summary>
public sealed class DiskFaultTests : IAsyncLifetime
{
    private readonly JournalDirectory _journal = new();
    private readonly FaultyStorage _disk = new();
    private readonly ManualTimeProvider _time = new();
    private readonly ManualHandler _handler = new();
    private TestBus _bus = null!;

    private IBus Bus => _bus.Bus;

    public Task InitializeAsync()
    {
        _bus = new TestBus(_journal.State, _time, _disk);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        _disk.Heal();
        await _bus.DisposeAsync();
        _journal.Dispose();
    }

    [Theory]
    [InlineData(nameof(StorageOperation.Write))]
    [InlineData(nameof(StorageOperation.Sync))]
    public async Task Append_DiskFails_IsUnavailableAndNeverDeliveredAndTheQueueHeals(string operation)
    {
        await JournalDirectory.AppendAsync(Bus, "before");
        var failed = false;
        _disk.Before = o =>
        {
            if (o == Enum.Parse<StorageOperation>(operation) && !failed)
            {
                failed = true;
                throw new IOException("No space left on device");
            }
        };
        var result = await JournalDirectory.TryAppendAsync(Bus, "lost");
        Assert.Equal((AppendOutcome.Unavailable, null, "No space left on device"), (result.Outcome, result.Id, result.Error));
        Assert.Contains("No space left on device", Assert.Single(Bus.Health.Faults), StringComparison.Ordinal);
        Assert.False(Bus.Health.IsHealthy);

        await JournalDirectory.AppendAsync(Bus, "after");
        Assert.True(Bus.Health.IsHealthy);
        Assert.Equal((1, 1), (_bus.Logs.Count(BusEvents.JournalWriteFailed), _bus.Logs.Count(BusEvents.JournalHealed)));
        await RestartAsync();
        Assert.Equal(["before", "after"], await JournalDirectory.DrainAsync(Bus));
        Assert.Equal(0, (await Bus.Queues.GetStatisticsAsync("q")).Damaged);
    }

    [Fact]
    public async Task Append_DiskStaysFull_FailsEachTimeAndIsLoggedOnce()
    {
        await JournalDirectory.AppendAsync(Bus, "before");
        _disk.Fail(StorageOperation.Write, StorageOperation.Create);
        for (var i = 0; i < 5; i++)
            Assert.Equal(AppendOutcome.Unavailable, (await JournalDirectory.TryAppendAsync(Bus, $"{i}")).Outcome);
        Assert.Equal(1, _bus.Logs.Count(BusEvents.JournalWriteFailed));
        _disk.Heal();
        await JournalDirectory.AppendAsync(Bus, "after");
        Assert.Equal(["before", "after"], await JournalDirectory.DrainAsync(Bus));
    }

    [Fact]
    public async Task Append_NotEvenCutPossible_IsUnconfirmedAndStillNotDeliveredOnceTheDiskHeals()
    {
        await JournalDirectory.AppendAsync(Bus, "before");
        _disk.Fail(StorageOperation.Sync, StorageOperation.SetLength);
        Assert.Equal(AppendOutcome.Unconfirmed, (await JournalDirectory.TryAppendAsync(Bus, "uncertain")).Outcome);
        _disk.Heal();
        await JournalDirectory.AppendAsync(Bus, "after");
        await RestartAsync();
        Assert.Equal(["before", "after"], await JournalDirectory.DrainAsync(Bus));
    }

    [Fact]
    public async Task Append_NoRoomForAWholeSegment_UsesASmallerOne()
    {
        await _bus.DisposeAsync();
        var refusals = 0;
        _disk.Before = o =>
        {
            if (o == StorageOperation.Create && refusals++ == 0)
                throw new IOException("No space left on device");
        };
        _bus = new TestBus(_journal.State, _time, _disk, options => options.JournalSegmentBytes = 1 << 20);
        await JournalDirectory.AppendAsync(Bus, "fits");
        Assert.Equal(64 << 10, new FileInfo(Assert.Single(_journal.Segments)).Length);
    }

    [Fact]
    public async Task Append_ReservationOfFailedOnes_IsGivenBack()
    {
        await _bus.DisposeAsync();
        _bus = new TestBus(_journal.State, _time, _disk, options => options.MaxQueueEntries = 3);
        _disk.Fail(StorageOperation.Create);
        for (var i = 0; i < 10; i++)
            Assert.Equal(AppendOutcome.Unavailable, (await JournalDirectory.TryAppendAsync(Bus, "no")).Outcome);
        _disk.Heal();
        for (var i = 0; i < 3; i++)
            await JournalDirectory.AppendAsync(Bus, $"{i}");
        Assert.Equal(AppendOutcome.Full, (await JournalDirectory.TryAppendAsync(Bus, "3")).Outcome);
    }

    [Fact]
    public async Task Done_CannotBeRecorded_HandlerIsNotAskedAgainAndTheNextWaits()
    {
        await JournalDirectory.AppendAsync(Bus, "1");
        await JournalDirectory.AppendAsync(Bus, "2");
        await using var consumer = await Bus.Queues.ConsumeAsync("q", _handler.HandleAsync);
        var first = await _handler.NextAsync().WithTimeout();
        _disk.Fail(StorageOperation.Write, StorageOperation.Create);
        first.End(QueueVerdict.Done);
        await TestTimeouts.Until(() => !Bus.Health.IsHealthy, "the failed record");
        for (var i = 0; i < 5; i++)
            await PassASecondAsync();
        Assert.False(_handler.HasTurn);

        _disk.Heal();
        var second = await PassUntilAsync(_handler.NextAsync());
        Assert.Equal("2", second.Text);
        second.End(QueueVerdict.Done);
        await JournalDirectory.UntilAsync(Bus, s => s.Waiting + s.InFlight == 0);
        await RestartAsync();
        Assert.Empty(await JournalDirectory.DrainAsync(Bus));
    }

    [Fact]
    public async Task Reject_CannotBeRecorded_IsRecordedWhenTheDiskHeals()
    {
        await JournalDirectory.AppendAsync(Bus, "1");
        await using var consumer = await Bus.Queues.ConsumeAsync("q", _handler.HandleAsync);
        var first = await _handler.NextAsync().WithTimeout();
        _disk.Fail(StorageOperation.Write, StorageOperation.Create);
        first.End(QueueVerdict.Reject("bad"));
        await TestTimeouts.Until(() => !Bus.Health.IsHealthy, "the failed record");
        _disk.Heal();
        using var stop = new CancellationTokenSource(TestTimeouts.Wait);
        while ((await Bus.Queues.GetStatisticsAsync("q")).DeadLetters == 0)
        {
            stop.Token.ThrowIfCancellationRequested();
            await PassASecondAsync();
        }
        Assert.False(_handler.HasTurn);
        Assert.Equal("bad", Assert.Single(await Bus.Queues.ListDeadLettersAsync("q")).Reason);
    }

    [Fact]
    public async Task Deliver_AttemptCannotBeRecorded_HandlerWaitsForTheDisk()
    {
        await JournalDirectory.AppendAsync(Bus, "1");
        _disk.Fail(StorageOperation.Write, StorageOperation.Create);
        await using var consumer = await Bus.Queues.ConsumeAsync("q", _handler.HandleAsync);
        await TestTimeouts.Until(() => !Bus.Health.IsHealthy, "the failed record");
        await PassASecondAsync();
        Assert.False(_handler.HasTurn);
        _disk.Heal();
        var turn = await PassUntilAsync(_handler.NextAsync());
        Assert.Equal(("1", 1), (turn.Text, turn.Delivery.Attempt));
        turn.End(QueueVerdict.Done);
    }

    [Fact]
    public async Task DeadLetter_CannotBeRecorded_ThrowsAndStays()
    {
        var id = await JournalDirectory.AppendAsync(Bus, "1");
        await using (await Bus.Queues.ConsumeAsync("q", _handler.HandleAsync))
        {
            (await _handler.NextAsync().WithTimeout()).End(QueueVerdict.Reject("bad"));
            await JournalDirectory.UntilAsync(Bus, s => s.DeadLetters == 1);
        }
        _disk.Fail(StorageOperation.Write, StorageOperation.Create);
        await Assert.ThrowsAsync<BusUnavailableException>(async () => await Bus.Queues.ReplayDeadLetterAsync("q", id));
        await Assert.ThrowsAsync<BusUnavailableException>(async () => await Bus.Queues.DropDeadLetterAsync("q", id));
        Assert.Single(await Bus.Queues.ListDeadLettersAsync("q"));
        _disk.Heal();
        Assert.True(await Bus.Queues.ReplayDeadLetterAsync("q", id));
        Assert.Equal(["1"], await JournalDirectory.DrainAsync(Bus));
    }

    [Fact]
    public async Task DropWaiting_CannotBeRecorded_ThrowsAndTheMessageComesInItsTurn()
    {
        var id = await JournalDirectory.AppendAsync(Bus, "1");
        await JournalDirectory.AppendAsync(Bus, "2");
        _disk.Fail(StorageOperation.Write, StorageOperation.Create);
        await Assert.ThrowsAsync<BusUnavailableException>(async () => await Bus.Queues.DropWaitingAsync("q", id));
        _disk.Heal();
        Assert.Equal(["1", "2"], await JournalDirectory.DrainAsync(Bus));
    }

    [Fact]
    public async Task DropWaiting_TurnComesWhileItIsRecorded_WaitsForThatAndGoesOn()
    {
        var first = await JournalDirectory.AppendAsync(Bus, "1");
        await JournalDirectory.AppendAsync(Bus, "2");
        using var written = new ManualResetEventSlim();
        _disk.Before = operation =>
        {
            if (operation == StorageOperation.Sync)
                written.Wait(TestTimeouts.Wait);
        };
        var drop = Bus.Queues.DropWaitingAsync("q", first).AsTask();
        await using var consumer = await Bus.Queues.ConsumeAsync("q", _handler.HandleAsync);
        Assert.False(await Bus.Queues.DropWaitingAsync("q", first));
        written.Set();
        _disk.Heal();

        Assert.True(await drop.WithTimeout());
        Assert.Equal(["2"], await _handler.TakeAsync(1));
    }

    [Fact]
    public async Task Open_JournalCannotBeRead_FailsAndTheNextUseTriesAgain()
    {
        await _journal.AppendAsync("kept");
        Directory.Move(_journal.Queue, _journal.Queue + ".away");
        File.WriteAllText(_journal.Queue, "in the way");
        var refused = await JournalDirectory.TryAppendAsync(Bus, "no");
        Assert.Equal(AppendOutcome.Unavailable, refused.Outcome);
        await Assert.ThrowsAnyAsync<BusUnavailableException>(async () => await Bus.Queues.ConsumeAsync("q", _handler.HandleAsync));

        Assert.Contains("Queue q cannot be opened", Assert.Single(Bus.Health.Faults), StringComparison.Ordinal);
        Assert.Equal(2, _bus.Logs.Count(BusEvents.QueueOpenFailed));

        File.Delete(_journal.Queue);
        Directory.Move(_journal.Queue + ".away", _journal.Queue);
        Assert.Equal(["kept"], await JournalDirectory.DrainAsync(Bus));
        Assert.True(Bus.Health.IsHealthy);
    }

    [Fact]
    public async Task Append_ManyWhileTheDiskIsBusy_ShareTheNextSyncAndNoneReturnsBeforeIt()
    {
        await JournalDirectory.AppendAsync(Bus, "open");
        using var release = new ManualResetEventSlim();
        using var syncing = new SemaphoreSlim(0);
        var syncs = 0;
        _disk.Before = operation =>
        {
            if (operation != StorageOperation.Sync)
                return;
            Interlocked.Increment(ref syncs);
            syncing.Release();
            release.Wait(TestTimeouts.Wait);
        };
        var first = JournalDirectory.TryAppendAsync(Bus, "first");
        await syncing.WaitAsync().WithTimeout();
        var others = Enumerable.Range(0, 63).Select(i => JournalDirectory.TryAppendAsync(Bus, $"{i}")).ToList();
        Assert.False(first.IsCompleted);
        Assert.DoesNotContain(others, o => o.IsCompleted);
        Assert.Equal(1, (await Bus.Queues.GetStatisticsAsync("q")).Waiting);

        release.Set();
        Assert.True((await first).IsStored);
        Assert.All(await Task.WhenAll(others), r => Assert.True(r.IsStored));
        Assert.Equal(2, syncs);
    }

    private async Task RestartAsync()
    {
        await _bus.DisposeAsync();
        _bus = new TestBus(_journal.State, _time);
    }

    private async Task PassASecondAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        await Task.Delay(2);
    }

    private async Task<T> PassUntilAsync<T>(Task<T> happened)
    {
        using var stop = new CancellationTokenSource(TestTimeouts.Wait);
        while (!happened.IsCompleted && !stop.IsCancellationRequested)
            await PassASecondAsync();
        return await happened.WithTimeout();
    }
}
