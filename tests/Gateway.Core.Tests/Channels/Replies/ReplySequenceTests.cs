using OpenClaw.Gateway.Core.Channels.Replies;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Channels.Replies;

public sealed class ReplySequenceTests
{
    private readonly ReplySequence _sequence = new();

    [Fact]
    public async Task WaitForTurn_AnEarlierRunIsOver_WaitsUntilItsAnswerIsStored()
    {
        var first = _sequence.Enter("s", Task.CompletedTask);
        using var second = _sequence.Enter("s", Task.CompletedTask);

        var turn = second.WaitForTurnAsync(default);
        Assert.False(turn.IsCompleted);
        first.Dispose();

        await turn.WithTimeout();
    }

    [Fact]
    public async Task WaitForTurn_AnEarlierMessageStillRuns_IsAtOnce()
    {
        using var first = _sequence.Enter("s", new TaskCompletionSource().Task);
        using var second = _sequence.Enter("s", Task.CompletedTask);

        await second.WaitForTurnAsync(default).WithTimeout();
    }

    [Fact]
    public async Task WaitForTurn_OtherSessionsAndLaterMessages_AreNotWaitedFor()
    {
        using var other = _sequence.Enter("other", Task.CompletedTask);
        using var first = _sequence.Enter("s", Task.CompletedTask);
        using var later = _sequence.Enter("s", Task.CompletedTask);

        await first.WaitForTurnAsync(default).WithTimeout();
    }

    [Fact]
    public async Task WaitForTurn_Cancelled_GivesUp()
    {
        using var first = _sequence.Enter("s", Task.CompletedTask);
        using var second = _sequence.Enter("s", Task.CompletedTask);

        await Assert.ThrowsAsync<TaskCanceledException>(() => second.WaitForTurnAsync(new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Dispose_Twice_LeavesTheNextOneItsPlace()
    {
        var first = _sequence.Enter("s", Task.CompletedTask);
        first.Dispose();
        using var second = _sequence.Enter("s", Task.CompletedTask);
        first.Dispose();
        using var third = _sequence.Enter("s", Task.CompletedTask);

        var turn = third.WaitForTurnAsync(default);
        Assert.False(turn.IsCompleted);
        second.Dispose();
        await turn.WithTimeout();
    }
}
