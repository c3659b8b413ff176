using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Contract;

/// <summary>Dead letters, and what a restart keeps.</summary>
public abstract partial class QueueContractTests
{
    [Fact]
    public async Task ListDeadLetters_Several_PagesOldestFirst()
    {
        var ids = await RejectAsync("1", "2", "3", "4", "5");
        var first = await Bus.Queues.ListDeadLettersAsync("q", limit: 2);
        var second = await Bus.Queues.ListDeadLettersAsync("q", limit: 2, afterId: first[^1].Id);
        var third = await Bus.Queues.ListDeadLettersAsync("q", limit: 2, afterId: second[^1].Id);
        Assert.Equal(ids, first.Concat(second).Concat(third).Select(l => l.Id));
        Assert.Empty(await Bus.Queues.ListDeadLettersAsync("none"));
    }

    [Fact]
    public async Task ReplayDeadLetter_Known_ComesAgainBehindTheOthersWithItsIdAndFreshAttempts()
    {
        var id = (await RejectAsync("dead"))[0];
        await AppendAsync("waiting", "k");
        Assert.True(await Bus.Queues.ReplayDeadLetterAsync("q", id));
        Assert.False(await Bus.Queues.ReplayDeadLetterAsync("q", id));
        Assert.Empty(await Bus.Queues.ListDeadLettersAsync("q"));

        await using var consumer = await ConsumeAsync();
        Assert.Equal(["waiting"], await Handler.TakeAsync(1));
        var turn = await Handler.NextAsync().WithTimeout();
        Assert.Equal(("dead", id, 1), (turn.Text, turn.Delivery.Id, turn.Delivery.Attempt));
        turn.End(QueueVerdict.Done);
    }

    [Fact]
    public async Task DropDeadLetter_Known_IsGoneForGood()
    {
        var ids = await RejectAsync("1", "2");
        Assert.True(await Bus.Queues.DropDeadLetterAsync("q", ids[0]));
        Assert.False(await Bus.Queues.DropDeadLetterAsync("q", ids[0]));
        Assert.False(await Bus.Queues.ReplayDeadLetterAsync("q", ids[0]));
        await Harness.RestartAsync();
        Assert.Equal([ids[1]], (await Bus.Queues.ListDeadLettersAsync("q")).Select(l => l.Id));
    }

    [Theory]
    [InlineData("1-1")]
    [InlineData("nonsense")]
    [InlineData("99999999999999999999999-0")]
    public async Task DeadLetter_UnknownId_IsFalse(string id)
    {
        await AppendAsync("not dead");
        Assert.False(await Bus.Queues.ReplayDeadLetterAsync("q", id));
        Assert.False(await Bus.Queues.DropDeadLetterAsync("q", id));
        Assert.False(await Bus.Queues.DropDeadLetterAsync("none", id));
    }

    [Fact]
    public async Task DeadLetter_OfAMessageThatWaits_IsNotFound()
    {
        var appended = await AppendAsync("waits");
        Assert.False(await Bus.Queues.DropDeadLetterAsync("q", appended.Id!));
        await using var consumer = await ConsumeAsync();
        Assert.Equal(["waits"], await Handler.TakeAsync(1));
    }

    [Fact]
    public async Task Restart_Waiting_IsDeliveredInOrder()
    {
        for (var i = 0; i < 20; i++)
            await AppendAsync($"{i}", "k");
        await Harness.RestartAsync();
        await using var consumer = await ConsumeAsync();
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}"), await Handler.TakeAsync(20));
    }

    [Fact]
    public async Task Restart_SettledBeforeTheNextOfItsKey_IsNotDeliveredAgain()
    {
        await AppendAsync("1", "k");
        await AppendAsync("2", "k");
        await using (await ConsumeAsync())
        {
            Assert.Equal(["1"], await Handler.TakeAsync(1));
            // The next of the key has come, so the one before is settled for good.
            Assert.Equal("2", (await Handler.NextAsync().WithTimeout()).Text);
        }
        await Harness.RestartAsync();
        await using var consumer = await ConsumeAsync();
        Assert.Equal(["2"], await Handler.TakeAsync(1));
        await AppendAsync("3", "k");
        Assert.Equal(["3"], await Handler.TakeAsync(1));
    }

    [Fact]
    public async Task Restart_WhileRetrying_AttemptsAndDelayGoOn()
    {
        await AppendAsync("x");
        DateTimeOffset before;
        await using (await ConsumeAsync(Retrying))
        {
            var first = await Handler.NextAsync().WithTimeout();
            before = Harness.Time.GetUtcNow();
            first.End(QueueVerdict.Retry("first"));
            await UntilStatisticsAsync(s => s.InFlight == 0);
        }
        await Harness.RestartAsync();
        await using var consumer = await ConsumeAsync(Retrying);
        var turn = await Harness.PassUntilAsync(Handler.NextAsync(), TimeSpan.FromSeconds(1));
        Assert.Equal(2, turn.Delivery.Attempt);
        var waited = Harness.Time.GetUtcNow() - before;
        Assert.True(waited >= TimeSpan.FromSeconds(9), $"It came again after {waited}");
        turn.End(QueueVerdict.Done);
    }

    [Fact]
    public async Task Restart_DeadLetters_AreKeptAndReplaysToo()
    {
        var ids = await RejectAsync("replayed", "kept");
        await AppendAsync("waiting", "k");
        await Bus.Queues.ReplayDeadLetterAsync("q", ids[0]);
        await Harness.RestartAsync();
        var letter = Assert.Single(await Bus.Queues.ListDeadLettersAsync("q"));
        Assert.Equal(("kept", "rejected", 1), (Text(letter.Payload), letter.Reason, letter.Attempts));
        await using var consumer = await ConsumeAsync();
        Assert.Equal(["waiting", "replayed"], await Handler.TakeAsync(2));
    }

    [Fact]
    public async Task Restart_AllSettled_NewIdsAreNew()
    {
        var before = await AppendAsync("1");
        await using (await ConsumeAsync())
        {
            await Handler.TakeAsync(1);
            await UntilStatisticsAsync(s => s.Waiting + s.InFlight == 0);
        }
        await Harness.RestartAsync();
        var after = await AppendAsync("2");
        Assert.NotEqual(before.Id, after.Id);
    }

    /// <summary>Appends messages with the key "k" and rejects them; returns their ids.</summary>
    private async Task<List<string>> RejectAsync(params string[] payloads)
    {
        var ids = new List<string>();
        foreach (var payload in payloads)
            ids.Add((await AppendAsync(payload, "k")).Id!);
        await using var consumer = await ConsumeAsync();
        foreach (var _ in payloads)
            (await Handler.NextAsync().WithTimeout()).End(QueueVerdict.Reject("rejected"));
        await UntilStatisticsAsync(s => s.DeadLetters == payloads.Length);
        return ids;
    }
}
