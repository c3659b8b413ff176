using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Contract;

/// <summary>What becomes of messages that were not handled at once.</summary>
public abstract partial class QueueContractTests
{
    private static readonly QueueConsumerOptions Retrying = new()
    {
        MaxAttempts = 4,
        RetryDelay = TimeSpan.FromSeconds(10),
        MaxRetryDelay = TimeSpan.FromSeconds(25),
    };

    [Fact]
    public async Task Retry_Failing_ComesAgainWithGrowingDelayAndThenIsADeadLetter()
    {
        var appended = await AppendAsync("poison", "k");
        await AppendAsync("next", "k");
        await using var consumer = await ConsumeAsync(Retrying);
        var before = Harness.Time.GetUtcNow();
        foreach (var (attempt, delay) in ((int, int)[])[(1, 0), (2, 10), (3, 20), (4, 25)])
        {
            var turn = await Harness.PassUntilAsync(Handler.NextAsync(), TimeSpan.FromMilliseconds(500));
            Assert.Equal(("poison", appended.Id, attempt), (turn.Text, turn.Delivery.Id, turn.Delivery.Attempt));
            Assert.True(Harness.Time.GetUtcNow() - before >= TimeSpan.FromSeconds(delay), $"Attempt {attempt} came after {Harness.Time.GetUtcNow() - before}");
            before = Harness.Time.GetUtcNow();
            turn.End(QueueVerdict.Retry($"reason {attempt}"));
        }

        Assert.Equal(["next"], await Handler.TakeAsync(1));
        var letter = Assert.Single(await Bus.Queues.ListDeadLettersAsync("q"));
        Assert.Equal(
            (appended.Id, "k", 4, "reason 4", "poison"),
            (letter.Id, letter.Key, letter.Attempts, letter.Reason, Text(letter.Payload)));
        Assert.True(letter.SetAsideAt > letter.EnqueuedAt);
    }

    [Fact]
    public async Task Retry_HandlerThrows_CountsAndNamesTheTypeWithoutTheMessage()
    {
        await AppendAsync("x");
        await using var consumer = await ConsumeAsync(new QueueConsumerOptions { MaxAttempts = 1 });
        (await Handler.NextAsync().WithTimeout()).Throw(new FormatException("secret"));
        await UntilStatisticsAsync(s => s.DeadLetters == 1);
        Assert.Equal("FormatException", Assert.Single(await Bus.Queues.ListDeadLettersAsync("q")).Reason);
    }

    [Fact]
    public async Task Retry_HandlerReturnsNothing_IsNotTakenForDone()
    {
        await AppendAsync("x");
        await using var consumer = await ConsumeAsync(new QueueConsumerOptions { MaxAttempts = 1 });
        (await Handler.NextAsync().WithTimeout()).End(default);
        await UntilStatisticsAsync(s => s.DeadLetters == 1);
    }

    [Fact]
    public async Task Retry_WithDelayOfItsOwn_WaitsThatLong()
    {
        await AppendAsync("x");
        await using var consumer = await ConsumeAsync(Retrying);
        var first = await Handler.NextAsync().WithTimeout();
        var before = Harness.Time.GetUtcNow();
        first.End(QueueVerdict.Retry("later", TimeSpan.FromSeconds(60)));
        var turn = await Harness.PassUntilAsync(Handler.NextAsync(), TimeSpan.FromSeconds(1));
        Assert.True(Harness.Time.GetUtcNow() - before >= TimeSpan.FromSeconds(60));
        Assert.Equal(2, turn.Delivery.Attempt);
        turn.End(QueueVerdict.Done);
    }

    [Fact]
    public async Task Retry_OneKey_HoldsUpItsOwnKeyAlone()
    {
        await AppendAsync("a1", "a");
        await AppendAsync("a2", "a");
        await using var consumer = await ConsumeAsync(Retrying with { Concurrency = 1 });
        (await Handler.NextAsync().WithTimeout()).End(QueueVerdict.Retry("not yet"));
        await AppendAsync("b1", "b");
        Assert.Equal(["b1"], await Handler.TakeAsync(1));
        Assert.False(Handler.HasTurn);
        var a1 = await Harness.PassUntilAsync(Handler.NextAsync(), TimeSpan.FromSeconds(1));
        Assert.Equal(("a1", 2), (a1.Text, a1.Delivery.Attempt));
        a1.End(QueueVerdict.Done);
        Assert.Equal(["a2"], await Handler.TakeAsync(1));
    }

    [Fact]
    public async Task Postpone_Often_NeverCountsAsAnAttempt()
    {
        await AppendAsync("x");
        await using var consumer = await ConsumeAsync(Retrying);
        for (var i = 0; i < 10; i++)
        {
            var turn = await Harness.PassUntilAsync(Handler.NextAsync(), TimeSpan.FromSeconds(1));
            Assert.Equal(1, turn.Delivery.Attempt);
            turn.End(QueueVerdict.Postpone(TimeSpan.FromSeconds(3)));
        }
        var last = await Harness.PassUntilAsync(Handler.NextAsync(), TimeSpan.FromSeconds(1));
        last.End(QueueVerdict.Done);
        Assert.Empty(await Bus.Queues.ListDeadLettersAsync("q"));
    }

    [Fact]
    public async Task TimeToLive_OverBeforeItsTurn_IsDroppedAndCounted()
    {
        await AppendAsync("stale", "k", TimeSpan.FromSeconds(10));
        await AppendAsync("fresh", "k", TimeSpan.FromHours(1));
        await AppendAsync("forever", "k");
        await Harness.PassAsync(TimeSpan.FromSeconds(11));
        await using var consumer = await ConsumeAsync();
        Assert.Equal(["fresh", "forever"], await Handler.TakeAsync(2));
        await UntilStatisticsAsync(s => s.Expired == 1);
        Assert.Empty(await Bus.Queues.ListDeadLettersAsync("q"));
    }

    [Fact]
    public async Task TimeToLive_OverWhileHandled_IsNotCutShortButNotTriedAgain()
    {
        await AppendAsync("x", "k", TimeSpan.FromSeconds(10));
        await using var consumer = await ConsumeAsync(Retrying);
        var turn = await Handler.NextAsync().WithTimeout();
        await Harness.PassAsync(TimeSpan.FromSeconds(11));
        turn.End(QueueVerdict.Retry("failed late"));
        await AppendAsync("next", "k");
        var next = await Harness.PassUntilAsync(Handler.NextAsync(), TimeSpan.FromSeconds(1));
        Assert.Equal("next", next.Text);
        next.End(QueueVerdict.Done);
    }

    [Fact]
    public async Task Dispose_HandlerRuns_IsCancelledAndTheMessageGoesToTheNextWithoutCounting()
    {
        await AppendAsync("x", "k");
        for (var i = 0; i < 5; i++)
        {
            var consumer = await ConsumeAsync(Retrying with { MaxAttempts = 2 });
            var turn = await Handler.NextAsync().WithTimeout();
            Assert.Equal(1, turn.Delivery.Attempt);
            await consumer.DisposeAsync().AsTask().WithTimeout();
        }
        await using var last = await ConsumeAsync();
        Assert.Equal(["x"], await Handler.TakeAsync(1));
    }

    [Fact]
    public async Task Stop_HandlerRuns_FinishesItAndTakesNoMore()
    {
        await AppendAsync("1", "k");
        await AppendAsync("2", "k");
        var consumer = await ConsumeAsync();
        var first = await Handler.NextAsync().WithTimeout();
        var stopping = consumer.StopAsync();
        Assert.False(stopping.IsCompleted);
        first.End(QueueVerdict.Done);
        await stopping.WithTimeout();
        await consumer.DisposeAsync();
        Assert.False(Handler.HasTurn);
        await UntilStatisticsAsync(s => (s.Waiting, s.InFlight) == (1, 0));

        await using var next = await ConsumeAsync();
        Assert.Equal(["2"], await Handler.TakeAsync(1));
    }

    [Fact]
    public async Task Stop_PatienceEnds_HandlerIsCancelled()
    {
        await AppendAsync("1");
        var consumer = await ConsumeAsync();
        await Handler.NextAsync().WithTimeout();
        using var patience = new CancellationTokenSource();
        var stopping = consumer.StopAsync(patience.Token);
        Assert.False(stopping.IsCompleted);
        await patience.CancelAsync();
        await stopping.WithTimeout();
        await consumer.DisposeAsync();
    }

    [Fact]
    public async Task Consume_OptionsOutOfRange_SaysWhich()
    {
        var options = new QueueConsumerOptions { Concurrency = 0, MaxAttempts = 0, MaxRetryDelay = TimeSpan.Zero };
        var error = await Assert.ThrowsAsync<ArgumentException>(() => ConsumeAsync(options));
        Assert.Contains("Concurrency is 0; allowed is 1 to 1024.", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaxAttempts is 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaxRetryDelay is 00:00:00", error.Message, StringComparison.Ordinal);
    }
}
