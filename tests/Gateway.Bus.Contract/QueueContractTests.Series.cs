using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Contract;

/// <summary>Series: entries that do not wait for each other, but know of each other.</summary>
public abstract partial class QueueContractTests
{
    [Fact]
    public async Task Series_SeveralUnsettled_EachIsToldOfTheOneBeforeIt()
    {
        await using var consumer = await ConsumeAsync();
        var first = await TakeOfSeriesAsync("1", "s");
        var other = await TakeOfSeriesAsync("2", "t");
        var none = await TakeOfSeriesAsync("3", "");
        var second = await TakeOfSeriesAsync("4", "s");
        var third = await TakeOfSeriesAsync("5", "s");

        Assert.Equal([null, null, null, first.Delivery.Id, second.Delivery.Id], new[] { first, other, none, second, third }.Select(turn => turn.Delivery.Before));
        Assert.Equal(second.Delivery.Id, await BeforeAsync(third));
        await EndAsync(second);
        Assert.Equal(first.Delivery.Id, await BeforeAsync(third));
        await EndAsync(first);
        Assert.Null(await BeforeAsync(third));
        await EndAsync(third);
        Assert.Null(await BeforeAsync(third));
        Assert.Null(await Bus.Queues.FindBeforeAsync("q", "nonsense"));
        Assert.Null(await Bus.Queues.FindBeforeAsync("none", third.Delivery.Id));
    }

    [Fact]
    public async Task Series_OneWaitsForItsRetry_IsStillBefore()
    {
        await using var consumer = await ConsumeAsync(Retrying);
        var first = await TakeOfSeriesAsync("1", "s");
        var second = await TakeOfSeriesAsync("2", "s");
        first.End(QueueVerdict.Retry("later"));
        await UntilStatisticsAsync(s => s.InFlight == 1);
        Assert.Equal(first.Delivery.Id, await BeforeAsync(second));
    }

    [Fact]
    public async Task Series_SetAsideAndReplayed_IsBeforeNobodyThenTheLast()
    {
        await using var consumer = await ConsumeAsync();
        var first = await TakeOfSeriesAsync("1", "s");
        var second = await TakeOfSeriesAsync("2", "s");
        first.End(QueueVerdict.Reject("rejected"));
        await UntilStatisticsAsync(s => s.DeadLetters == 1);
        Assert.Null(await BeforeAsync(second));
        Assert.True(await Bus.Queues.ReplayDeadLetterAsync("q", first.Delivery.Id));
        var again = await Handler.NextAsync().WithTimeout();
        Assert.Equal(second.Delivery.Id, again.Delivery.Before);
        Assert.Null(await BeforeAsync(second));
    }

    [Fact]
    public async Task Series_Restart_IsKept()
    {
        var first = await AppendToSeriesAsync("1", "s");
        var second = await AppendToSeriesAsync("2", "s");
        await Harness.RestartAsync();
        await using var consumer = await ConsumeAsync();
        var turns = new[] { await Handler.NextAsync().WithTimeout(), await Handler.NextAsync().WithTimeout() };
        Assert.Equal(
            [(first.Id, null), (second.Id, first.Id)],
            turns.Select(turn => ((string?)turn.Delivery.Id, turn.Delivery.Before)));
    }

    [Fact]
    public async Task Series_TooLong_IsRefused() =>
        Assert.Equal(AppendOutcome.TooLarge, (await AppendToSeriesAsync("1", new string('s', QueueEntry.MaxKeyLength + 1))).Outcome);

    private ValueTask<AppendResult> AppendToSeriesAsync(string payload, string series) => Bus.Queues.AppendAsync("q", new QueueEntry { Series = series, Payload = Bytes(payload) });

    private async Task<Turn> TakeOfSeriesAsync(string payload, string series)
    {
        await AppendToSeriesAsync(payload, series);
        return await Handler.NextAsync().WithTimeout();
    }

    private ValueTask<string?> BeforeAsync(Turn turn) => Bus.Queues.FindBeforeAsync("q", turn.Delivery.Id);

    private async Task EndAsync(Turn turn)
    {
        var before = await Bus.Queues.GetStatisticsAsync("q");
        turn.End(QueueVerdict.Done);
        await UntilStatisticsAsync(s => s.InFlight == before.InFlight - 1);
    }
}
