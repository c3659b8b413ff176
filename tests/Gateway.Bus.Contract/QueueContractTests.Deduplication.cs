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

    private async Task SettleAsync(int count)
    {
        await using var consumer = await ConsumeAsync();
        await Handler.TakeAsync(count);
        // The handler is done before the queue has noted it, which is cancelled with its consumer.
        await consumer.StopAsync();
        Assert.Equal(0, (await Bus.Queues.GetStatisticsAsync("q")).Waiting);
    }

    private ValueTask<AppendResult> AppendOnceAsync(string payload, string id) =>
        Bus.Queues.AppendAsync("q", new QueueEntry { DeduplicationId = id, Payload = Bytes(payload) });
}
