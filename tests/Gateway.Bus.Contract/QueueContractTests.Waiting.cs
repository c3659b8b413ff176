using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Contract;

/// <summary>What of a queue can be seen, and given up, before its turn.</summary>
public abstract partial class QueueContractTests
{
    [Fact]
    public async Task Peek_Several_ShowsThemOldestFirstAndLeavesThem()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add((await Bus.Queues.AppendAsync("q", new QueueEntry { Key = i < 3 ? "k" : "", Payload = Bytes($"{i}"), TimeToLive = i == 0 ? TimeSpan.FromHours(1) : null })).Id!);

        var first = await Bus.Queues.PeekAsync("q", limit: 3);
        var second = await Bus.Queues.PeekAsync("q", limit: 3, afterId: first[^1].Id);

        Assert.Equal(ids, first.Concat(second).Select(e => e.Id));
        Assert.Equal(["0", "1", "2", "3", "4"], first.Concat(second).Select(e => Text(e.Payload)));
        Assert.Equal(["k", "k", "k", "", ""], first.Concat(second).Select(e => e.Key));
        Assert.Equal(first[0].EnqueuedAt + TimeSpan.FromHours(1), first[0].ExpiresAt);
        Assert.Null(first[1].ExpiresAt);
        Assert.All(first, e => Assert.Equal(0, e.Attempts));
        Assert.Empty(await Bus.Queues.PeekAsync("none"));
        await using var consumer = await ConsumeAsync();
        Assert.Equal(["0", "1", "2", "3", "4"], (await Handler.TakeAsync(5)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Peek_HandledWaitingForRetryAndOver_ShowsOnlyWhatIsToBeHandled()
    {
        await using var consumer = await ConsumeAsync(Retrying);
        foreach (var text in (string[])["held", "late", "done", "dead"])
            await AppendAsync(text);
        var turns = new Dictionary<string, Turn>();
        for (var i = 0; i < 4; i++)
        {
            var turn = await Handler.NextAsync().WithTimeout();
            turns[turn.Text] = turn;
        }
        turns["late"].End(QueueVerdict.Retry("later", TimeSpan.FromHours(1)));
        turns["done"].End(QueueVerdict.Done);
        turns["dead"].End(QueueVerdict.Reject("no"));
        await UntilStatisticsAsync(s => s is { DeadLetters: 1, InFlight: 1, Waiting: 1 });

        var seen = await Bus.Queues.PeekAsync("q");

        Assert.Equal([("held", 1), ("late", 1)], seen.Select(e => (Text(e.Payload), e.Attempts)));
        turns["held"].End(QueueVerdict.Done);
    }

    [Fact]
    public async Task Peek_AfterARestart_ShowsWhatWaits()
    {
        var id = (await AppendAsync("waits", "k")).Id;
        await Harness.RestartAsync();
        Assert.Equal([(id, "k", "waits")], (await Bus.Queues.PeekAsync("q")).Select(e => ((string?)e.Id, e.Key, Text(e.Payload))));
    }

    [Fact]
    public async Task Peek_LargePayloads_PagesUntilAllAreSeen()
    {
        var payload = new byte[Harness.MaxQueueEntryBytes];
        var count = (6 << 20) / payload.Length;
        for (var i = 0; i < count; i++)
            Assert.True((await Bus.Queues.AppendAsync("q", new QueueEntry { Payload = payload })).IsStored);

        var seen = new List<string>();
        var pages = 0;
        while (await Bus.Queues.PeekAsync("q", 1000, seen.LastOrDefault()) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(e => e.Id));
            pages++;
        }

        Assert.Equal(count, seen.Distinct().Count());
        Assert.Equal(2, pages);
    }

    [Fact]
    public async Task Peek_NotAnIdOrTooMany_Throws()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Bus.Queues.PeekAsync("q", afterId: "nonsense"));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Bus.Queues.PeekAsync("q", limit: 1001));
    }

    [Fact]
    public async Task DropWaiting_BehindAnotherAndAlone_IsGoneForGoodAndTheOthersCome()
    {
        await AppendAsync("first", "k");
        var behind = (await AppendAsync("behind", "k")).Id!;
        await AppendAsync("last", "k");
        var alone = (await AppendAsync("alone")).Id!;
        var ahead = (await AppendAsync("ahead", "other")).Id!;
        await AppendAsync("after", "other");

        foreach (var id in (string[])[behind, alone, ahead])
        {
            Assert.True(await Bus.Queues.DropWaitingAsync("q", id));
            Assert.False(await Bus.Queues.DropWaitingAsync("q", id));
        }

        Assert.Equal((3, 0), ((await Bus.Queues.GetStatisticsAsync("q")).Waiting, (await Bus.Queues.GetStatisticsAsync("q")).DeadLetters));
        Assert.Equal(["first", "last", "after"], (await Bus.Queues.PeekAsync("q")).Select(e => Text(e.Payload)));
        await using (await ConsumeAsync())
        {
            Assert.Equal(["after", "first", "last"], (await Handler.TakeAsync(3)).Order(StringComparer.Ordinal));
            await UntilStatisticsAsync(s => s is { Waiting: 0, InFlight: 0 });
        }
        // Nothing of the dropped ones is in the way of what comes later.
        await using var again = await ConsumeAsync();
        await AppendAsync("k again", "k");
        await AppendAsync("other again", "other");
        Assert.Equal(["k again", "other again"], (await Handler.TakeAsync(2)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task DropWaiting_ThenRestart_StaysGone()
    {
        var dropped = (await AppendAsync("dropped", "k")).Id!;
        await AppendAsync("next", "k");
        Assert.True(await Bus.Queues.DropWaitingAsync("q", dropped));
        await Harness.RestartAsync();
        Assert.Equal(["next"], (await Bus.Queues.PeekAsync("q")).Select(e => Text(e.Payload)));
        await using var consumer = await ConsumeAsync();
        Assert.Equal(["next"], await Handler.TakeAsync(1));
    }

    [Fact]
    public async Task DropWaiting_WaitsForItsRetry_TheNextComesAtOnce()
    {
        var poison = (await AppendAsync("poison", "k")).Id!;
        await AppendAsync("next", "k");
        await using var consumer = await ConsumeAsync(Retrying);
        (await Handler.NextAsync().WithTimeout()).End(QueueVerdict.Retry("later", TimeSpan.FromHours(1)));
        await UntilStatisticsAsync(s => s is { InFlight: 0, Waiting: 2 });

        Assert.True(await Bus.Queues.DropWaitingAsync("q", poison));

        Assert.Equal(["next"], await Handler.TakeAsync(1));
        await UntilStatisticsAsync(s => s is { InFlight: 0, Waiting: 0 });
    }

    [Fact]
    public async Task DropWaiting_HandledSetAsideOrUnknown_IsFalse()
    {
        var dead = (await RejectAsync("dead"))[0];
        var held = (await AppendAsync("held")).Id!;
        await using var consumer = await ConsumeAsync();
        var turn = await Handler.NextAsync().WithTimeout();

        Assert.False(await Bus.Queues.DropWaitingAsync("q", held));
        Assert.False(await Bus.Queues.DropWaitingAsync("q", dead));
        Assert.False(await Bus.Queues.DropWaitingAsync("q", "nonsense"));
        Assert.False(await Bus.Queues.DropWaitingAsync("none", held));

        turn.End(QueueVerdict.Done);
        await UntilStatisticsAsync(s => s is { InFlight: 0, Waiting: 0, DeadLetters: 1 });
    }

    [Fact]
    public async Task DropWaiting_WhileTheyAreConsumed_EachIsHandledOrDropped()
    {
        const int Count = 200;
        var ids = new List<string>();
        for (var i = 0; i < Count; i++)
            ids.Add((await AppendAsync($"{i}", i % 3 == 0 ? "" : $"k{i % 3}")).Id!);
        var handled = new System.Collections.Concurrent.ConcurrentBag<string>();
        await using var consumer = await Bus.Queues.ConsumeAsync("q", async (delivery, _) =>
        {
            handled.Add(delivery.Id);
            await Task.Yield();
            return QueueVerdict.Done;
        });

        var dropped = new List<string>();
        // From the end: there the consumer comes last.
        foreach (var id in Enumerable.Reverse(ids))
        {
            if (await Bus.Queues.DropWaitingAsync("q", id))
                dropped.Add(id);
        }

        await UntilStatisticsAsync(s => s is { InFlight: 0, Waiting: 0 });
        Assert.Equal(ids.Order(StringComparer.Ordinal), handled.Concat(dropped).Order(StringComparer.Ordinal));
        foreach (var key in (string[])["", "k1", "k2"])
            await AppendAsync("later", key);
        await TestTimeouts.Until(() => handled.Count + dropped.Count == Count + 3, "what came later");
    }

    [Fact]
    public async Task TimeToLive_OverBeforeItsTurn_IsGivenToAConsumerThatWantsIt()
    {
        await AppendAsync("stale", "k", TimeSpan.FromSeconds(10));
        await AppendAsync("fresh", "k", TimeSpan.FromHours(1));
        await Harness.PassAsync(TimeSpan.FromSeconds(11));
        await using var consumer = await ConsumeAsync(new QueueConsumerOptions { DeliversExpired = true });

        var stale = await Handler.NextAsync().WithTimeout();
        Assert.Equal(("stale", true, 1), (stale.Text, stale.Delivery.IsExpired, stale.Delivery.Attempt));
        stale.End(QueueVerdict.Reject("expired"));
        var fresh = await Handler.NextAsync().WithTimeout();
        Assert.Equal(("fresh", false), (fresh.Text, fresh.Delivery.IsExpired));
        fresh.End(QueueVerdict.Done);

        var letter = Assert.Single(await Bus.Queues.ListDeadLettersAsync("q"));
        Assert.Equal(("stale", "expired"), (Text(letter.Payload), letter.Reason));
    }
}
