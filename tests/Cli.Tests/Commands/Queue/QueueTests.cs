using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Cli.Tests.Support;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.InProcess;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Gateway.Bus.Redis;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Commands.Queue;

/// <summary>Messages that were set aside, in the files of a gateway that does not run, and in Redis.</summary>
public sealed class QueueTests : IDisposable
{
    private readonly CliHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task NothingSetAside_IsSaid() => Assert.Equal("No message was set aside.\n", (await _home.RunAsync("queue", "list")).Out);

    [Fact]
    public Task SetAside_InFiles_IsListedReplayedAndDropped() => CheckAsync(services => services.AddInProcessBus(bus => bus.StateDirectory = Path.Combine(_home.State, "queue")), []);

    [Fact]
    public async Task SetAside_InRedis_IsListedReplayedAndDropped()
    {
        if (RedisServer.Missing is not null)
            return;
        await using var redis = await RedisServer.StartAsync();
        await CheckAsync(services => services.AddRedisBus(bus => bus.Configuration = redis.Configuration), ["--redis", redis.Configuration]);
    }

    [Fact]
    public async Task GatewayRuns_IsToldInstead()
    {
        await using var provider = new ServiceCollection().AddInProcessBus(bus => bus.StateDirectory = Path.Combine(_home.State, "queue")).BuildServiceProvider();
        await provider.GetRequiredService<IBus>().Queues.AppendAsync("q", new QueueEntry { Payload = "x"u8.ToArray() });

        var refused = await _home.RunAsync("queue", "list");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("is in use by", refused.Error, StringComparison.Ordinal);
    }

    private async Task CheckAsync(Action<IServiceCollection> addBus, string[] place)
    {
        await SetAsideAsync(addBus, 2);
        var shown = (await _home.RunAsync(["queue", "list", .. place])).Out;
        Assert.Contains("agent:main:s", shown, StringComparison.Ordinal);
        Assert.Contains("it kills", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("secret words", shown, StringComparison.Ordinal);
        var listed = JsonNode.Parse((await _home.RunAsync(["queue", "list", "--json", .. place])).Out)!.AsArray();
        Assert.Equal(2, listed.Count);
        var ids = listed.Select(letter => (string)letter!["id"]!).ToList();

        Assert.Equal($"Message {ids[0]} waits in agent.inbound again.\n", (await _home.RunAsync(["queue", "replay", "agent.inbound", ids[0], .. place])).Out);
        Assert.Equal($"Message {ids[1]} is forgotten.\n", (await _home.RunAsync(["queue", "drop", "agent.inbound", ids[1], .. place])).Out);
        var again = await _home.RunAsync(["queue", "drop", "agent.inbound", ids[1], .. place]);
        Assert.Equal((1, $"No message {ids[1]} was set aside in agent.inbound.\n"), (again.ExitCode, again.Error));
        Assert.Equal("[]\n", (await _home.RunAsync(["queue", "list", "--json", .. place])).Out);
    }

    private static async Task SetAsideAsync(Action<IServiceCollection> addBus, int count)
    {
        var services = new ServiceCollection();
        addBus(services);
        await using var provider = services.BuildServiceProvider();
        var queues = provider.GetRequiredService<IBus>().Queues;
        for (var i = 0; i < count; i++)
            Assert.True((await queues.AppendAsync("agent.inbound", new QueueEntry { Payload = Encoding.UTF8.GetBytes("""{"sessionKey":"agent:main:s","text":"secret words"}""") })).IsStored);
        await using var consumer = await queues.ConsumeAsync("agent.inbound", (_, _) => new ValueTask<QueueVerdict>(QueueVerdict.Reject("it kills")));
        await TestTimeouts.Until(async () => (await queues.GetStatisticsAsync("agent.inbound")).DeadLetters == count, "the messages are set aside");
    }
}
