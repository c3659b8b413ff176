using System.Diagnostics;
using OpenClaw.Gateway.Bus.Calls;
using OpenClaw.Gateway.Bus.Leases;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Gateway.Bus.Topics;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Redis.Tests;

/// <summary>Redis dies, hangs and comes back while it is used.</summary>
[NeedsRedis]
public sealed class OutageTests
{
    private const string Prefix = "openclaw:";

    [Fact]
    public async Task Restart_UnderLoad_LosesNothingAcknowledgedAndKeepsTheOrder()
    {
        await using var server = await RedisServer.StartAsync("--appendfsync", "always");
        await using var first = new TestBus(server.Configuration);
        await using var second = new TestBus(server.Configuration);
        var load = new QueueLoad();
        await using var one = await load.ConsumeAsync(first.Bus);
        await using var two = await load.ConsumeAsync(second.Bus);
        load.Produce(first.Bus);
        for (var i = 0; i < 3; i++)
        {
            var before = load.Acknowledged;
            await TestTimeouts.Until(() => load.Acknowledged > before + 100, "traffic");
            await server.KillAsync();
            Assert.InRange(await second.Bus.UntilDisconnectedAsync(), TimeSpan.Zero, Faults.HealthBound);
            await server.StartAgainAsync();
            var back = Stopwatch.GetTimestamp();
            await first.Bus.UntilConnectedAsync();
            await second.Bus.UntilConnectedAsync();
            Assert.InRange(Stopwatch.GetElapsedTime(back), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        }
        await load.StopAsync();
        await load.CheckAsync(second.Bus, server, Prefix);
    }

    [Fact]
    public async Task Down_EveryPrimitive_SaysSoAtOnceAndWorksAgainAfterwards()
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = new TestBus(server.Configuration);
        var bus = test.Bus;
        await using var served = await bus.Calls.ServeAsync("s", (_, _) => new(Faults.Bytes("answer")));
        await using var topic = await bus.Topics.SubscribeAsync("t");
        await using var watch = await bus.Maps.WatchAsync("m");
        await server.KillAsync();
        Assert.InRange(await bus.UntilDisconnectedAsync(), TimeSpan.Zero, Faults.HealthBound);
        Assert.False(bus.Health.IsHealthy);
        Assert.Contains("Redis", bus.Health.Connection!.Reason, StringComparison.Ordinal);

        var asked = Stopwatch.GetTimestamp();
        Assert.Equal(PublishOutcome.Unavailable, await bus.Topics.PublishAsync("t", default));
        var call = await bus.Calls.CallAsync("s", default);
        Assert.Equal((CallOutcome.Unavailable, false), (call.Outcome, call.MayHaveRun));
        Assert.Equal(AppendOutcome.Unavailable, (await bus.Queues.AppendAsync("q", new QueueEntry { Payload = default })).Outcome);
        Assert.Equal(LeaseOutcome.Unavailable, (await bus.Leases.TryAcquireAsync("l", "me", TimeSpan.FromSeconds(1))).Outcome);
        var error = await Assert.ThrowsAsync<BusUnavailableException>(async () => await bus.Maps.GetAsync("m", "k"));
        Assert.True(error.RetryAfter > TimeSpan.Zero);
        await Assert.ThrowsAsync<BusUnavailableException>(async () => await bus.Queues.ConsumeAsync("q", (_, _) => new(QueueVerdict.Done)));
        await Assert.ThrowsAsync<BusUnavailableException>(async () => await bus.Topics.SubscribeAsync("t"));
        Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, Faults.HealthBound);

        await server.StartAgainAsync();
        await bus.UntilConnectedAsync();
        Assert.True(bus.Health.IsHealthy);
        Assert.Equal("answer", System.Text.Encoding.UTF8.GetString((await bus.Calls.CallAsync("s", default)).Payload.Span));
        await bus.Topics.PublishAsync("t", Faults.Bytes("again"));
        await using var messages = topic.ReadAllAsync().GetAsyncEnumerator();
        Assert.True(await messages.MoveNextAsync().AsTask().WithTimeout());
        Assert.Equal(1, messages.Current.DroppedBefore);
        await using var changes = watch.ReadAllAsync().GetAsyncEnumerator();
        Assert.True(await changes.MoveNextAsync().AsTask().WithTimeout());
        Assert.Equal(Maps.MapChangeKind.Missed, changes.Current.Kind);
        Assert.True((await bus.Maps.SetAsync("m", "k", default)).IsWritten);
    }

    [Fact]
    public async Task Down_AtTheStart_HostStartsAndTheBusComesLater()
    {
        await using var server = await RedisServer.StartAsync();
        await server.KillAsync();
        await using var test = new TestBus(server.Configuration);
        Assert.Equal(AppendOutcome.Unavailable, (await test.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = default }).AsTask().WithTimeout()).Outcome);
        await server.StartAgainAsync();
        await test.Bus.UntilConnectedAsync();
        Assert.True((await test.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = default })).IsStored);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(4)]
    public async Task Stopped_UnderLoad_FailsFastAndLosesNothing(int seconds)
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = new TestBus(server.Configuration);
        var load = new QueueLoad();
        await using var consumer = await load.ConsumeAsync(test.Bus);
        load.Produce(test.Bus);
        await TestTimeouts.Until(() => load.Acknowledged > 100, "traffic");
        await server.SignalAsync("STOP");
        var stopped = Stopwatch.GetTimestamp();
        try
        {
            Assert.InRange(await test.Bus.UntilDisconnectedAsync(), TimeSpan.Zero, Faults.HealthBound + TimeSpan.FromMilliseconds(500));
            var asked = Stopwatch.GetTimestamp();
            await Assert.ThrowsAsync<BusUnavailableException>(async () => await test.Bus.Maps.GetAsync("m", "k"));
            Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromSeconds(seconds) - Stopwatch.GetElapsedTime(stopped));
        }
        finally
        {
            await server.SignalAsync("CONT");
        }
        var back = Stopwatch.GetTimestamp();
        await test.Bus.UntilConnectedAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(back), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        var before = load.Acknowledged;
        await TestTimeouts.Until(() => load.Acknowledged > before + 100, "traffic");
        await load.StopAsync();
        await load.CheckAsync(test.Bus, server, Prefix);
    }

    [Fact]
    public async Task ClientPause_UnderLoad_FailsFastAndLosesNothing()
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = new TestBus(server.Configuration);
        var load = new QueueLoad();
        await using var consumer = await load.ConsumeAsync(test.Bus);
        load.Produce(test.Bus);
        await TestTimeouts.Until(() => load.Acknowledged > 100, "traffic");
        await server.CommandAsync("CLIENT", "PAUSE", "4000", "ALL");
        await test.Bus.UntilDisconnectedAsync();
        await test.Bus.UntilConnectedAsync();
        var before = load.Acknowledged;
        await TestTimeouts.Until(() => load.Acknowledged > before + 100, "traffic");
        await load.StopAsync();
        await load.CheckAsync(test.Bus, server, Prefix);
    }

    [Fact]
    public async Task ConnectionsCut_OftenUnderLoad_LosesNothingAndStoresNothingTwice()
    {
        await using var server = await RedisServer.StartAsync();
        await using var first = new TestBus(server.Configuration);
        await using var second = new TestBus(server.Configuration);
        var load = new QueueLoad();
        await using var one = await load.ConsumeAsync(first.Bus);
        await using var two = await load.ConsumeAsync(second.Bus);
        load.Produce(first.Bus);
        for (var i = 0; i < 15; i++)
        {
            var before = load.Acknowledged;
            await TestTimeouts.Until(() => load.Acknowledged > before + 30, "traffic");
            await server.CommandAsync("CLIENT", "KILL", "TYPE", i % 3 == 2 ? "pubsub" : "normal", "SKIPME", "yes");
        }
        await load.StopAsync();
        await first.Bus.UntilConnectedAsync();
        await load.CheckAsync(second.Bus, server, Prefix);
    }
}
