using System.Diagnostics;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Contract;

/// <summary>What every implementation of <see cref="IQueues"/> does: delivery and order.</summary>
public abstract partial class QueueContractTests : BusContractTests
{
    protected ManualHandler Handler { get; } = new();

    [Fact]
    public async Task Append_ThenConsume_DeliversWhatWasAppended()
    {
        var appended = await AppendAsync("payload", "key");
        await using var consumer = await ConsumeAsync();
        var turn = await Handler.NextAsync().WithTimeout();
        Assert.Equal(
            ("q", appended.Id, "key", 1, "payload"),
            (turn.Delivery.Queue, turn.Delivery.Id, turn.Delivery.Key, turn.Delivery.Attempt, turn.Text));
        Assert.InRange(turn.Delivery.EnqueuedAt, Harness.Time.GetUtcNow() - TimeSpan.FromMinutes(1), Harness.Time.GetUtcNow() + TimeSpan.FromSeconds(1));
        turn.End(QueueVerdict.Done);
    }

    [Fact]
    public async Task Append_WhileConsumed_IsDelivered()
    {
        await using var consumer = await ConsumeAsync();
        await AppendAsync("a");
        Assert.Equal(["a"], await Handler.TakeAsync(1));
        await AppendAsync("b");
        Assert.Equal(["b"], await Handler.TakeAsync(1));
    }

    [Fact]
    public async Task Append_Many_IdsAreDifferent()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => AppendAsync($"{i}")));
        Assert.Equal(200, results.Select(r => r.Id).Distinct().Count());
    }

    [Fact]
    public async Task Append_EmptyPayload_IsDeliveredEmpty()
    {
        await AppendAsync("");
        await using var consumer = await ConsumeAsync();
        Assert.Equal([""], await Handler.TakeAsync(1));
    }

    [Fact]
    public async Task Append_BufferReusedAfterwards_DeliversWhatWasAppended()
    {
        var buffer = "before"u8.ToArray();
        await Bus.Queues.AppendAsync("q", new QueueEntry { Payload = buffer });
        "after!"u8.CopyTo(buffer);
        await using var consumer = await ConsumeAsync();
        Assert.Equal(["before"], await Handler.TakeAsync(1));
    }

    [Fact]
    public async Task Append_OtherQueue_IsNotDelivered()
    {
        await using var consumer = await ConsumeAsync();
        await Bus.Queues.AppendAsync("Q", new QueueEntry { Payload = Bytes("other case") });
        await AppendAsync("ours");
        Assert.Equal(["ours"], await Handler.TakeAsync(1));
        Assert.Equal(["Q", "q"], (await Bus.Queues.ListQueuesAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Append_NotAwaitedInBetween_KeepsTheOrderOfTheKey()
    {
        var appends = Enumerable.Range(0, 100).Select(i => AppendAsync($"{i}", "k")).ToList();
        await Task.WhenAll(appends);
        await using var consumer = await ConsumeAsync();
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), await Handler.TakeAsync(100));
    }

    [Fact]
    public async Task Consume_OneKey_OneInFlightAndInOrder()
    {
        await AppendAsync("a1", "a");
        await AppendAsync("a2", "a");
        await AppendAsync("b1", "b");
        await using var consumer = await ConsumeAsync();
        var first = await Handler.NextAsync().WithTimeout();
        var second = await Handler.NextAsync().WithTimeout();
        Assert.Equal(["a1", "b1"], new[] { first.Text, second.Text }.Order());
        var (a1, b1) = first.Text == "a1" ? (first, second) : (second, first);

        // Room for it there is: what comes after b1 is c1, not a2.
        b1.End(QueueVerdict.Done);
        await AppendAsync("c1", "c");
        Assert.Equal(["c1"], await Handler.TakeAsync(1));
        Assert.False(Handler.HasTurn);

        a1.End(QueueVerdict.Done);
        Assert.Equal(["a2"], await Handler.TakeAsync(1));
    }

    [Fact]
    public async Task Consume_NoKey_NobodyWaitsForAnother()
    {
        for (var i = 0; i < 4; i++)
            await AppendAsync($"{i}");
        await using var consumer = await ConsumeAsync();
        var turns = new List<Turn>();
        for (var i = 0; i < 4; i++)
            turns.Add(await Handler.NextAsync().WithTimeout());
        Assert.Equal(["0", "1", "2", "3"], turns.Select(t => t.Text).Order());
        turns.ForEach(t => t.End(QueueVerdict.Done));
    }

    [Fact]
    public async Task Consume_NoKey_HandlerIsCalledInTheOrderOfTheAppends()
    {
        const int Count = 400;
        var (called, ended) = (new List<string>(), 0);
        var all = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var consumer = await Bus.Queues.ConsumeAsync("q", async (delivery, _) =>
        {
            lock (called)
                called.Add(Text(delivery.Payload));
            await Task.Yield();
            if (Interlocked.Increment(ref ended) == Count)
                all.SetResult(true);
            return QueueVerdict.Done;
        });
        await Task.WhenAll(Enumerable.Range(0, Count).Select(i => AppendAsync($"{i}")).ToList());
        await all.Task.WithTimeout();
        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"{i}"), called);
    }

    [Fact]
    public async Task Consume_MoreKeysThanConcurrency_RunsNoMoreAtOnce()
    {
        for (var i = 0; i < 9; i++)
            await AppendAsync($"{i}", $"k{i}");
        var (running, most, done) = (0, 0, 0);
        var all = new TaskCompletionSource<bool>();
        await using var consumer = await Bus.Queues.ConsumeAsync(
            "q",
            async (_, cancellationToken) =>
            {
                var now = Interlocked.Increment(ref running);
                lock (all)
                    most = Math.Max(most, now);
                // Until the others had every chance to start too.
                for (var i = 0; i < 50; i++)
                    await Task.Yield();
                Interlocked.Decrement(ref running);
                if (Interlocked.Increment(ref done) == 9)
                    all.TrySetResult(true);
                return QueueVerdict.Done;
            },
            new QueueConsumerOptions { Concurrency = 3 });
        await all.Task.WithTimeout();
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task Consume_TwoConsumers_ShareTheWorkAndKeepTheOrder()
    {
        var other = new ManualHandler();
        await using var first = await ConsumeAsync(new QueueConsumerOptions { Concurrency = 1 });
        await using var second = await Bus.Queues.ConsumeAsync("q", other.HandleAsync, new QueueConsumerOptions { Concurrency = 1 });
        await AppendAsync("a1", "a");
        await AppendAsync("b1", "b");
        await AppendAsync("a2", "a");
        var turns = new[] { await Handler.NextAsync().WithTimeout(), await other.NextAsync().WithTimeout() };
        Assert.Equal(["a1", "b1"], turns.Select(t => t.Text).Order());

        turns.Single(t => t.Text == "b1").End(QueueVerdict.Done);
        await AppendAsync("c1", "c");
        var free = turns[0].Text == "b1" ? Handler : other;
        Assert.Equal("c1", (await free.TakeAsync(1))[0]);
        Assert.False(Handler.HasTurn || other.HasTurn);
        turns.Single(t => t.Text == "a1").End(QueueVerdict.Done);
        var a2 = await await Task.WhenAny(Handler.NextAsync(), other.NextAsync()).WithTimeout();
        Assert.Equal("a2", a2.Text);
        a2.End(QueueVerdict.Done);
    }

    [Fact]
    public async Task Append_TooLarge_IsRefusedAndTheLimitIsNot()
    {
        Assert.Equal(AppendOutcome.TooLarge, (await TryAppendAsync(new byte[Harness.MaxQueueEntryBytes + 1])).Outcome);
        Assert.Equal(AppendOutcome.TooLarge, (await TryAppendAsync(default, new string('k', QueueEntry.MaxKeyLength + 1))).Outcome);
        Assert.True((await TryAppendAsync(new byte[Harness.MaxQueueEntryBytes], new string('ф', QueueEntry.MaxKeyLength))).IsStored);
        await using var consumer = await ConsumeAsync();
        Assert.Equal(Harness.MaxQueueEntryBytes, (await Handler.TakeAsync(1))[0].Length);
    }

    [Fact]
    public async Task Append_QueueIsFull_IsRefusedUntilThereIsRoom()
    {
        await Task.WhenAll(Enumerable.Range(0, Harness.MaxQueueEntries).Select(i => AppendAsync($"{i}")));
        var refused = await TryAppendAsync(Bytes("more"));
        Assert.Equal((AppendOutcome.Full, null), (refused.Outcome, refused.Id));
        await using var consumer = await ConsumeAsync();
        await Handler.TakeAsync(Harness.MaxQueueEntries);
        await UntilStatisticsAsync(s => s.Waiting + s.InFlight == 0);
        Assert.True((await TryAppendAsync(Bytes("more"))).IsStored);
    }

    [Fact]
    public async Task GetStatistics_OverALife_CountsWhereMessagesAre()
    {
        Assert.Equal(0, (await Bus.Queues.GetStatisticsAsync("nothing")).Waiting);
        Assert.DoesNotContain("nothing", await Bus.Queues.ListQueuesAsync());

        await AppendAsync("1", "k");
        await AppendAsync("2", "k");
        var waiting = await Bus.Queues.GetStatisticsAsync("q");
        Assert.Equal((2, 0, 0), (waiting.Waiting, waiting.InFlight, waiting.DeadLetters));
        Assert.True(waiting.Bytes > 0);
        Assert.NotNull(waiting.OldestEnqueuedAt);

        await using var consumer = await ConsumeAsync();
        var first = await Handler.NextAsync().WithTimeout();
        await UntilStatisticsAsync(s => (s.Waiting, s.InFlight) == (1, 1));
        first.End(QueueVerdict.Reject("no"));
        (await Handler.NextAsync().WithTimeout()).End(QueueVerdict.Done);
        await UntilStatisticsAsync(s => (s.Waiting, s.InFlight, s.DeadLetters) == (0, 0, 1));
        Assert.Null((await Bus.Queues.GetStatisticsAsync("q")).OldestEnqueuedAt);
    }

    [Fact]
    public async Task Append_InsideATrace_DeliveryCarriesIt()
    {
        using var activity = new Activity("inbound").SetIdFormat(ActivityIdFormat.W3C).Start();
        await AppendAsync("traced");
        await using var consumer = await ConsumeAsync();
        var turn = await Handler.NextAsync().WithTimeout();
        Assert.Equal(activity.Id, turn.Delivery.TraceParent);
        turn.End(QueueVerdict.Done);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../escape")]
    [InlineData("a b")]
    [InlineData(".hidden")]
    public async Task Append_NameThatIsNone_Throws(string queue) =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Bus.Queues.AppendAsync(queue, new QueueEntry { Payload = default }));

    [Fact]
    public async Task Append_CancelledBefore_ThrowsAndStoresNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Bus.Queues.AppendAsync("q", new QueueEntry { Payload = Bytes("no") }, new CancellationToken(canceled: true)));
        await AppendAsync("yes");
        await using var consumer = await ConsumeAsync();
        Assert.Equal(["yes"], await Handler.TakeAsync(1));
    }

    protected async Task<AppendResult> AppendAsync(string payload, string key = "", TimeSpan? timeToLive = null)
    {
        var result = await Bus.Queues.AppendAsync("q", new QueueEntry { Payload = Bytes(payload), Key = key, TimeToLive = timeToLive }).AsTask().WithTimeout();
        Assert.Equal(AppendOutcome.Stored, result.Outcome);
        return result;
    }

    protected Task<AppendResult> TryAppendAsync(ReadOnlyMemory<byte> payload, string key = "") =>
        Bus.Queues.AppendAsync("q", new QueueEntry { Payload = payload, Key = key }).AsTask().WithTimeout();

    protected Task<IQueueConsumer> ConsumeAsync(QueueConsumerOptions? options = null) =>
        Bus.Queues.ConsumeAsync("q", Handler.HandleAsync, options).AsTask().WithTimeout();

    protected Task UntilStatisticsAsync(Func<QueueStatistics, bool> condition)
    {
        var last = default(QueueStatistics);
        return TestTimeouts.Until(
            async () => condition(last = await Bus.Queues.GetStatisticsAsync("q")),
            () => $"other statistics than {last}");
    }
}
