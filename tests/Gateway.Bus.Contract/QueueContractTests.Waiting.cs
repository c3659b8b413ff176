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
}
