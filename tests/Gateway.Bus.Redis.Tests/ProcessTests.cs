using System.Diagnostics;
using OpenClaw.Gateway.Bus.Leases;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;
using Xunit.Abstractions;

namespace OpenClaw.Gateway.Bus.Redis.Tests;

/// <summary>Several processes on one Redis, some of which are killed, or stopped and let go on.</summary>
[NeedsRedis]
public sealed class ProcessTests(ITestOutputHelper output)
{
    private const int Workers = 3;
    private const int Kills = 8;

    // Takeover as a user sees it. The processes are given up for dead after 1 s here, not 6, which leaves the rest for a busy machine.
    private static readonly TimeSpan TakeoverBound = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Kill_ConsumersAtRandom_NothingIsLostEveryKeyIsInOrderAndEachIsSettledOnce()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        await using var server = await RedisServer.StartAsync();
        var workers = new List<TargetProcess>();
        var started = 0;
        for (; started < Workers; started++)
            workers.Add(new TargetProcess(server, started, "work"));
        var acknowledged = new List<string>();
        for (var kill = 0; kill < Kills + Workers; kill++)
        {
            var victim = workers[random.Next(workers.Count)];
            var enough = random.Next(20, 120);
            await TestTimeouts.Until(() => victim.Lines.Count > enough, "work");
            await victim.KillAsync();
            acknowledged.AddRange(victim.Lines.Where(l => l.StartsWith("a ", StringComparison.Ordinal)).Select(l => l[2..]));
            workers.Remove(victim);
            await victim.DisposeAsync();
            if (kill < Kills)
                workers.Add(new TargetProcess(server, started++, "work"));
        }

        // One more consumer takes over what the last ones left, as they would have done: by writing it to the log.
        await using var test = new TestBus(server.Configuration, o => o.ClaimTimeout = TimeSpan.FromSeconds(1));
        await using (await test.Bus.Queues.ConsumeAsync("q", async (delivery, cancellationToken) =>
            (await test.Bus.Queues.AppendAsync("log", new QueueEntry { Key = "log", Payload = delivery.Payload }, cancellationToken)).IsStored ? QueueVerdict.Done : QueueVerdict.Retry("not logged")))
            await test.Bus.UntilEmptyAsync("q");
        var handled = await ReadLogAsync(test.Bus);

        output.WriteLine($"{acknowledged.Count} acknowledged, {handled.Count} handled");
        Assert.NotEmpty(acknowledged);
        Assert.Empty(acknowledged.Except(handled));
        foreach (var sequence in handled.Select(h => h.Split(':')).GroupBy(h => (h[0], h[1])))
        {
            var order = sequence.Select(h => int.Parse(h[2])).ToList();
            Assert.Equal(order.Order(), order);
        }
        Assert.Equal($"{handled.Distinct().Count()}", await server.CommandAsync("HGET", "openclaw:queue:{q}:stats", "settled"));
        Assert.Equal("0", await server.CommandAsync("XLEN", "openclaw:queue:{q}:work"));
    }

    [Fact]
    public async Task Stop_ConsumerWhileItWorks_AnotherTakesOverAndTheFirstIsToldAndChangesNothing()
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = new TestBus(server.Configuration, o => o.ClaimTimeout = TimeSpan.FromSeconds(1));
        await using var stopped = new TargetProcess(server, 0, "hold");
        await stopped.UntilAsync("ready");
        var appended = await test.Bus.Queues.AppendAsync("q", new QueueEntry { Key = "k", Payload = Faults.Bytes("1") });
        await test.Bus.Queues.AppendAsync("q", new QueueEntry { Key = "k", Payload = Faults.Bytes("2") });
        Assert.Equal("h " + appended.Id, await stopped.UntilAsync("h "));

        await stopped.SignalAsync("STOP");
        var since = Stopwatch.GetTimestamp();
        var taken = new TaskCompletionSource<QueueDelivery>(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource<QueueVerdict>(TaskCreationOptions.RunContinuationsAsynchronously);
        var handled = new List<string>();
        await using var consumer = await test.Bus.Queues.ConsumeAsync("q", async (delivery, cancellationToken) =>
        {
            lock (handled)
                handled.Add(delivery.Text());
            taken.TrySetResult(delivery);
            return await release.Task.WaitAsync(cancellationToken);
        });
        var delivery = await taken.Task.WithTimeout();
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TakeoverBound);
        Assert.Equal((appended.Id, 2), (delivery.Id, delivery.Attempt));

        // It wakes while the other one works on it, learns that the turn is not its own any more, and changes nothing.
        await stopped.SignalAsync("CONT");
        await stopped.UntilAsync("lost");
        Assert.Equal(1, (await test.Bus.Queues.GetStatisticsAsync("q")).InFlight);
        await stopped.KillAsync();
        release.SetResult(QueueVerdict.Done);
        await test.Bus.UntilEmptyAsync("q");
        Assert.Equal(["1", "2"], handled);
        Assert.Equal("2", await server.CommandAsync("HGET", "openclaw:queue:{q}:stats", "settled"));
    }

    [Fact]
    public async Task Stop_LeaseHolder_AnotherTakesOverWithAHigherTokenAndTheFirstLearnsOfIt()
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = new TestBus(server.Configuration);
        await using var stopped = new TargetProcess(server, 0, "lease");
        var token = long.Parse((await stopped.UntilAsync("token "))["token ".Length..]);
        Assert.Equal(LeaseOutcome.Held, (await test.Bus.Leases.TryAcquireAsync("l", "me", TimeSpan.FromMinutes(1))).Outcome);

        await stopped.SignalAsync("STOP");
        var since = Stopwatch.GetTimestamp();
        LeaseAttempt attempt;
        while ((attempt = await test.Bus.Leases.TryAcquireAsync("l", "me", TimeSpan.FromMinutes(1))).Outcome != LeaseOutcome.Acquired)
        {
            Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TakeoverBound);
            // The lease lapses at the server after a time of its own; there is nothing to await.
            await Task.Delay(20);
        }
        Assert.True(attempt.Lease!.FencingToken > token);
        await stopped.SignalAsync("CONT");
        Assert.Equal("late LeaseLost", await stopped.UntilAsync("late "));
        Assert.Equal(attempt.Lease.FencingToken, (await test.Bus.Leases.FindHolderAsync("l"))?.FencingToken);
        Assert.True(await attempt.Lease.RenewAsync());
    }

    [Theory]
    [InlineData("KILL")]
    [InlineData("STOP")]
    public async Task Death_OfAnAccountsOwner_AnotherTakesOverAndTheLateSendIsRefused(string signal)
    {
        await using var server = await RedisServer.StartAsync();
        await using var first = new TargetProcess(server, 0, "own");
        var token = long.Parse((await first.UntilAsync("token "))["token ".Length..]);
        await using var second = new TargetProcess(server, 1, "own");

        await first.SignalAsync(signal);
        var since = Stopwatch.GetTimestamp();
        var taken = long.Parse((await second.UntilAsync("token "))["token ".Length..]);
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TakeoverBound);
        Assert.True(taken > token);
        if (signal != "STOP")
            return;
        await first.SignalAsync("CONT");
        Assert.Equal("late LeaseLost", await first.UntilAsync("late "));
        // The one that was overtaken competes again, and does not get what is held.
        Assert.Single(first.Lines, static line => line.StartsWith("token ", StringComparison.Ordinal));
        Assert.DoesNotContain("lost", second.Lines);
    }

    private static async Task<List<string>> ReadLogAsync(IBus bus)
    {
        var log = new List<string>();
        await using (await bus.Queues.ConsumeAsync("log", (delivery, _) =>
        {
            lock (log)
                log.Add(delivery.Text());
            return new(QueueVerdict.Done);
        }))
            await bus.UntilEmptyAsync("log");
        return log;
    }
}
