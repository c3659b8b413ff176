using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Contract;

/// <summary>What every implementation of <see cref="IQueues"/> does: work that has a name is stored once.</summary>
public abstract partial class QueueContractTests
{
    [Fact]
    public async Task Append_SameDeduplicationId_IsStoredOnce()
    {
        Assert.Equal(AppendOutcome.Stored, (await AppendOnceAsync("first", "id")).Outcome);
        var second = await AppendOnceAsync("second", "id");
        Assert.Equal((AppendOutcome.Duplicate, false, true, null), (second.Outcome, second.IsStored, second.IsAccepted, second.Id));
        await AppendOnceAsync("other", "ID");
        await using var consumer = await ConsumeAsync();
        Assert.Equal(["first", "other"], await Handler.TakeAsync(2));
    }

    [Fact]
    public async Task Append_DeduplicationIdOfSettledMessage_IsNotStored()
    {
        await AppendOnceAsync("first", "id");
        await SettleAsync(1);
        Assert.Equal(AppendOutcome.Duplicate, (await AppendOnceAsync("again", "id")).Outcome);
    }

    [Fact]
    public async Task Append_DeduplicationIdAfterRestart_IsNotStored()
    {
        await AppendOnceAsync("waiting", "w");
        await AppendOnceAsync("settled", "s");
        await SettleAsync(2);
        await AppendOnceAsync("left", "l");
        await Harness.RestartAsync();
        foreach (var id in (string[])["w", "s", "l"])
            Assert.Equal(AppendOutcome.Duplicate, (await AppendOnceAsync("again", id)).Outcome);
        await using var consumer = await ConsumeAsync();
        Assert.Equal(["left"], await Handler.TakeAsync(1));
    }

    [Fact]
    public async Task Append_SameDeduplicationIdManyAtOnce_OneIsStored()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => AppendOnceAsync($"{i}", "id").AsTask())).WithTimeout();
        Assert.Single(results, result => result.IsStored);
        Assert.All(results, result => Assert.True(result.IsAccepted));
        Assert.Equal(1, (await Bus.Queues.GetStatisticsAsync("q")).Waiting);
    }

    [Fact]
    public async Task Append_WithDeduplicationIdsWhileTheQueueOpens_KeepsTheOrder()
    {
        await AppendOnceAsync("0", "0");
        await Harness.RestartAsync();
        var appends = Enumerable.Range(1, 200).Select(i => Bus.Queues.AppendAsync("q", new QueueEntry { Key = "k", DeduplicationId = $"{i}", Payload = Bytes($"{i}") }).AsTask()).ToArray();
        Assert.All(await Task.WhenAll(appends).WithTimeout(), result => Assert.True(result.IsStored));
        await using var consumer = await ConsumeAsync();
        Assert.Equal(Enumerable.Range(1, 200).Select(i => $"{i}"), (await Handler.TakeAsync(201)).Where(text => text != "0"));
    }

    [Fact]
    public async Task Append_SameDeduplicationIdInAnotherQueue_IsStored()
    {
        await AppendOnceAsync("here", "id");
        var there = await Bus.Queues.AppendAsync("r", new QueueEntry { DeduplicationId = "id", Payload = Bytes("there") });
        Assert.True(there.IsStored);
    }

    [Fact]
    public async Task Append_DeduplicationWindowIsOver_IsStoredAgain()
    {
        await AppendOnceAsync("first", "id");
        await Harness.PassAsync(QueueEntry.DeduplicationWindow + TimeSpan.FromSeconds(1));
        Assert.True((await AppendOnceAsync("again", "id")).IsStored);
    }

    [Fact]
    public async Task Append_DeduplicationIdOfOneThatDidNotFit_IsFree()
    {
        var tooLarge = await Bus.Queues.AppendAsync("q", new QueueEntry { DeduplicationId = "id", Payload = new byte[Harness.MaxQueueEntryBytes + 1] });
        Assert.Equal(AppendOutcome.TooLarge, tooLarge.Outcome);
        Assert.True((await AppendOnceAsync("small", "id")).IsStored);
        var longId = await AppendOnceAsync("long", new string('i', QueueEntry.MaxDeduplicationIdLength + 1));
        Assert.Equal(AppendOutcome.TooLarge, longId.Outcome);
    }

    [Fact]
    public async Task Append_WithSeveralDeduplicationIds_IsKnownByEach()
    {
        Assert.True((await AppendOnceAsync("first", "a", "b:c", "ü,1", "a", "")).IsStored);
        var again = await AppendOnceAsync("again", "new", "ü,1", "b:c");
        Assert.Equal(AppendOutcome.Duplicate, again.Outcome);
        Assert.Equal(["ü,1", "b:c"], again.KnownIds);
        Assert.Equal(["b:c"], (await AppendOnceAsync("again", "b:c")).KnownIds);
        // Of what was not stored nothing is known.
        Assert.True((await AppendOnceAsync("second", "new")).IsStored);
        await using var consumer = await ConsumeAsync();
        Assert.Equal(["first", "second"], await Handler.TakeAsync(2));
    }

    [Fact]
    public async Task Append_WithSeveralDeduplicationIdsAfterRestart_IsKnownByEach()
    {
        await AppendOnceAsync("settled", "a", "b");
        await SettleAsync(1);
        await AppendOnceAsync("waiting", "c", "d");
        await Harness.RestartAsync();
        Assert.Equal(["b", "d"], (await AppendOnceAsync("again", "x", "b", "d")).KnownIds);
        await using var consumer = await ConsumeAsync();
        Assert.Equal(["waiting"], await Handler.TakeAsync(1));
    }

    [Fact]
    public async Task Append_WithDeduplicationIdsInCommonManyAtOnce_OneIsStored()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => (i % 3 == 0 ? AppendOnceAsync($"{i}", "a", "b") : i % 3 == 1 ? AppendOnceAsync($"{i}", "b", "a") : AppendOnceAsync($"{i}", "b")).AsTask())).WithTimeout();
        Assert.Single(results, result => result.IsStored && result.KnownIds.Count == 0);
        Assert.All(results, result => Assert.True(result.IsStored || result.KnownIds.Contains("b")));
        Assert.Equal(1, (await Bus.Queues.GetStatisticsAsync("q")).Waiting);
    }

    [Fact]
    public async Task Append_WithTooManyDeduplicationIds_IsTooLarge()
    {
        Assert.Equal(AppendOutcome.TooLarge, (await AppendOnceAsync("many", "0", [.. Enumerable.Range(1, QueueEntry.MaxFurtherDeduplicationIds + 1).Select(i => $"{i}")])).Outcome);
        Assert.Equal(AppendOutcome.TooLarge, (await AppendOnceAsync("long", "0", new string('i', QueueEntry.MaxDeduplicationIdLength + 1))).Outcome);
        Assert.True((await AppendOnceAsync("most", "0", [.. Enumerable.Range(1, QueueEntry.MaxFurtherDeduplicationIds).Select(i => $"{i}")])).IsStored);
    }

    private async Task SettleAsync(int count)
    {
        await using var consumer = await ConsumeAsync();
        await Handler.TakeAsync(count);
        // The handler is done before the queue has noted it, which is cancelled with its consumer.
        await consumer.StopAsync();
        Assert.Equal(0, (await Bus.Queues.GetStatisticsAsync("q")).Waiting);
    }

    private ValueTask<AppendResult> AppendOnceAsync(string payload, string id, params string[] further) =>
        Bus.Queues.AppendAsync("q", new QueueEntry { DeduplicationId = id, FurtherDeduplicationIds = further, Payload = Bytes(payload) });
}
