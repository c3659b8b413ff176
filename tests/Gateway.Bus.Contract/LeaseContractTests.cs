using OpenClaw.Gateway.Bus.Leases;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Contract;

/// <summary>What every implementation of <see cref="ILeases"/> does.</summary>
public abstract class LeaseContractTests : BusContractTests
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task TryAcquire_Free_IsAcquired()
    {
        await using var lease = await AcquireAsync("l", "me");
        Assert.Equal(("l", "me", true, false), (lease.Name, lease.Owner, lease.IsHeld, lease.Lost.IsCancellationRequested));
        Assert.True(lease.FencingToken >= 1);
    }

    [Fact]
    public async Task TryAcquire_Held_SaysByWhomEvenToTheOwner()
    {
        await using var lease = await AcquireAsync("l", "me");
        foreach (var owner in (string[])["you", "me"])
        {
            var attempt = await Bus.Leases.TryAcquireAsync("l", owner, TimeToLive);
            Assert.Equal(LeaseOutcome.Held, attempt.Outcome);
            Assert.Null(attempt.Lease);
            Assert.Equal(("me", lease.FencingToken), (attempt.Holder?.Owner, attempt.Holder?.FencingToken));
        }
        Assert.True(lease.IsHeld);
    }

    [Fact]
    public async Task TryAcquire_ManyAtOnce_OneGetsIt()
    {
        var attempts = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(async () => await Bus.Leases.TryAcquireAsync("l", $"o{i}", TimeToLive))));
        Assert.Single(attempts, a => a.Outcome == LeaseOutcome.Acquired);
        Assert.Equal(49, attempts.Count(a => a.Outcome == LeaseOutcome.Held));
    }

    [Fact]
    public async Task TryAcquire_OtherName_IsIndependent()
    {
        await using var first = await AcquireAsync("a", "me");
        await using var second = await AcquireAsync("b", "me");
        Assert.True(first.IsHeld && second.IsHeld);
    }

    [Fact]
    public async Task Dispose_Held_IsFreeAtOnceAndLost()
    {
        var lease = await AcquireAsync("l", "me");
        var lost = lease.Lost;
        await lease.DisposeAsync();
        Assert.False(lease.IsHeld);
        Assert.True(lost.IsCancellationRequested);
        Assert.False(await lease.RenewAsync());
        Assert.Null(await Bus.Leases.FindHolderAsync("l"));
        await using var next = await AcquireAsync("l", "you");
        Assert.True(next.FencingToken > lease.FencingToken);
    }

    [Fact]
    public async Task Dispose_AfterAnotherTookOver_LeavesTheOther()
    {
        var old = await AcquireAsync("l", "me");
        await Harness.PassAsync(TimeToLive + TimeSpan.FromSeconds(1));
        await using var current = await AcquireAsync("l", "you");
        await old.DisposeAsync();
        Assert.True(current.IsHeld);
        Assert.Equal("you", (await Bus.Leases.FindHolderAsync("l"))?.Owner);
    }

    [Fact]
    public async Task Lost_NotRenewed_IsSignalledAtExpiryAndTheNameIsFree()
    {
        var lease = await AcquireAsync("l", "me");
        var lost = Signalled(lease.Lost);
        await Harness.PassAsync(TimeToLive / 2);
        Assert.True(lease.IsHeld);
        Assert.False(lost.IsCompleted);

        await Harness.PassUntilAsync(lost, TimeSpan.FromSeconds(1));
        Assert.False(lease.IsHeld);
        Assert.False(await lease.RenewAsync());
        // An owner may have to stop a little before the name is free, never after.
        await Harness.PassAsync(TimeSpan.FromSeconds(5));
        await using var next = await AcquireAsync("l", "you");
        Assert.True(next.FencingToken > lease.FencingToken);
    }

    [Fact]
    public async Task Renew_BeforeExpiry_HoldsOnFromThere()
    {
        await using var lease = await AcquireAsync("l", "me");
        for (var i = 0; i < 4; i++)
        {
            await Harness.PassAsync(TimeToLive * 0.6);
            Assert.True(await lease.RenewAsync());
        }
        Assert.True(lease.IsHeld);
        Assert.False(lease.Lost.IsCancellationRequested);
        Assert.Equal(LeaseOutcome.Held, (await Bus.Leases.TryAcquireAsync("l", "you", TimeToLive)).Outcome);

        await Harness.PassUntilAsync(Signalled(lease.Lost), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task FindHolder_Held_TellsOwnerTokenAndTimeLeft()
    {
        await using var lease = await AcquireAsync("l", "me");
        await Harness.PassAsync(TimeSpan.FromSeconds(4));
        var holder = await Bus.Leases.FindHolderAsync("l");
        Assert.NotNull(holder);
        Assert.Equal(("me", lease.FencingToken), (holder.Owner, holder.FencingToken));
        Assert.InRange(holder.Remaining, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6));
        Assert.Null(await Bus.Leases.FindHolderAsync("other"));
    }

    [Fact]
    public async Task FencingToken_OverManyLeasesAndRestarts_OnlyRises()
    {
        long last = 0;
        for (var restart = 0; restart < 3; restart++)
        {
            for (var i = 0; i < 5; i++)
            {
                await using var lease = await AcquireAsync("l", "me");
                Assert.True(lease.FencingToken > last, $"{lease.FencingToken} came after {last}");
                last = lease.FencingToken;
            }
            await Harness.RestartAsync();
        }
    }

    [Fact]
    public async Task Lost_CallbackThrows_LeaseIsFreeAllTheSame()
    {
        var lease = await AcquireAsync("l", "me");
        await using var registration = lease.Lost.Register(() => throw new InvalidOperationException());
        await Harness.PassAsync(TimeToLive + TimeSpan.FromSeconds(1));
        await using var next = await AcquireAsync("l", "you");
        Assert.True(next.IsHeld);
    }

    [Fact]
    public async Task Append_UnderALease_IsStoredOnlyWhileItIsHeld()
    {
        var lease = await AcquireAsync("l", "me");
        Assert.Equal(AppendOutcome.Stored, await AppendAsync(lease));
        await Harness.PassAsync(TimeToLive + TimeSpan.FromSeconds(1));
        await using var next = await AcquireAsync("l", "you");
        Assert.Equal(AppendOutcome.LeaseLost, await AppendAsync(lease));
        Assert.Equal(AppendOutcome.Stored, await AppendAsync(next));
        Assert.Equal(2, (await Bus.Queues.GetStatisticsAsync("q")).Waiting);

        async Task<AppendOutcome> AppendAsync(ILease held) =>
            (await Bus.Queues.AppendAsync("q", new QueueEntry { Payload = Bytes("x"), Lease = held }).AsTask().WithTimeout()).Outcome;
    }

    [Fact]
    public async Task TryAcquire_TimeToLiveOutOfRange_Throws() =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await Bus.Leases.TryAcquireAsync("l", "me", TimeSpan.FromMilliseconds(1)));

    private static Task<bool> Signalled(CancellationToken token)
    {
        var signal = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(() => signal.TrySetResult(true));
        return signal.Task;
    }

    private async Task<ILease> AcquireAsync(string name, string owner)
    {
        var attempt = await Bus.Leases.TryAcquireAsync(name, owner, TimeToLive).AsTask().WithTimeout();
        Assert.Equal(LeaseOutcome.Acquired, attempt.Outcome);
        return attempt.Lease!;
    }
}
