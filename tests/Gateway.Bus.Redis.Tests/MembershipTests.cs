using OpenClaw.Gateway.Bus.Leases;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Redis.Tests;

/// <summary>Processes of two gateways meet on one Redis.</summary>
[NeedsRedis]
public sealed class MembershipTests
{
    [Fact]
    public async Task OtherGateway_GetsNoConnection_TouchesNothing_AndIsToldWhy()
    {
        await using var server = await RedisServer.StartAsync();
        await using var first = With(server, "first");
        Assert.Equal(AppendOutcome.Stored, (await first.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = Faults.Bytes("mine") })).Outcome);

        await using var other = With(server, "other");

        Assert.Equal(LeaseOutcome.Unavailable, (await other.Bus.Leases.TryAcquireAsync("l", "o", TimeSpan.FromSeconds(5))).Outcome);
        Assert.Equal(AppendOutcome.Unavailable, (await other.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = default })).Outcome);
        Assert.Contains("Another gateway", Assert.Single(other.Bus.Health.Faults), StringComparison.Ordinal);
        Assert.Equal(1, (await first.Bus.Queues.GetStatisticsAsync("q")).Waiting);
    }

    [Fact]
    public async Task SameGateway_AndOneWithoutMembership_AreNotHindered()
    {
        await using var server = await RedisServer.StartAsync();
        await using var first = With(server, "first");
        await using var second = With(server, "first");
        await using var tool = With(server, null);

        foreach (var bus in (TestBus[])[first, second, tool])
            Assert.Equal(AppendOutcome.Stored, (await bus.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = default })).Outcome);
    }

    [Fact]
    public async Task OtherGateway_OnceTheFirstHasEnded_TakesThePlace()
    {
        await using var server = await RedisServer.StartAsync();
        var soon = TimeSpan.FromSeconds(1);
        await using (var first = With(server, "first", soon))
            Assert.True((await first.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = default })).IsStored);
        await using var other = With(server, "other", soon);

        await TestTimeouts.Until(async () => (await other.Bus.Queues.AppendAsync("q", new QueueEntry { Payload = default })).IsStored, "the place to be free");
    }

    private static TestBus With(RedisServer server, string? membership, TimeSpan? timeToLive = null) => new(server.Configuration, bus =>
    {
        bus.Membership = membership;
        bus.MembershipTimeToLive = timeToLive ?? bus.MembershipTimeToLive;
    });
}
