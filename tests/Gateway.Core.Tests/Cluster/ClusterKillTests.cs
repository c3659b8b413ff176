using System.Net.WebSockets;
using System.Text.Json.Nodes;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Cluster;
using OpenClaw.Gateway.Core.Tests.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;
using Xunit.Abstractions;

namespace OpenClaw.Gateway.Core.Tests.Cluster;

/// <summary>Cores as processes on one Redis, killed under traffic; and Redis itself taken away from them.</summary>
public sealed class ClusterKillTests(ITestOutputHelper output)
{
    // tests/EndToEnd.Tests kills more, and everything else too.
    private const int Kills = 8;
    private const int Sessions = 3;

    // From the death to the first word of the answer elsewhere, as the product promises.
    private static readonly TimeSpan TakeoverBound = TimeSpan.FromSeconds(10);

    [RedisTheory]
    [InlineData("KILL")]
    [InlineData("STOP")]
    public async Task Death_OfTheCoreThatWorks_AnotherAnswersWithinTenSeconds(string signal)
    {
        await using var world = await World.StartAsync();
        await using var dying = await CoreProcess.StartAsync(world.Redis, world.Home);
        await using (var client = await dying.ConnectAsync())
        {
            world.Model.Enqueue(FakeReply.Script(new TextStep("busy"), new HangStep()));
            await client.StartAsync("one", "m1");
            await client.DeltaAsync("m1");
        }
        await using var living = await CoreProcess.StartAsync(world.Redis, world.Home);
        await using var watching = await living.ConnectAsync();

        await dying.SignalAsync(signal);
        var since = TimeProvider.System.GetTimestamp();
        await world.Model.WaitForRequestsAsync(2, TestTimeouts.Wait);
        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TakeoverBound);
        Assert.Contains("] one", await watching.EndOfAsync("m1"), StringComparison.Ordinal);
        if (signal == "STOP")
        {
            // It wakes, finds that the session is another's, and changes nothing.
            await dying.SignalAsync("CONT");
            await using var client = await dying.ConnectAsync();
            Assert.Equal("ok", (string?)(await client.RequestAsync("agent.wait", new JsonObject { ["runId"] = "m1" }))["payload"]!["status"]);
        }
        var history = await watching.HistoryAsync();
        Assert.Single(history, static line => line.StartsWith("user: ", StringComparison.Ordinal));
        Assert.Single(history, static line => line.Contains("] one", StringComparison.Ordinal));
        Assert.Equal(2, world.Model.Requests.Count);
    }

    [RedisFact]
    public async Task Death_WithLaterMessagesWaitingOnAnotherCore_TheyAreAnsweredAfterTheOneThatWasCutShort()
    {
        await using var world = await World.StartAsync();
        await using var dying = await CoreProcess.StartAsync(world.Redis, world.Home);
        await using (var client = await dying.ConnectAsync())
        {
            world.Model.Enqueue(FakeReply.Script(new TextStep("busy"), new HangStep()));
            await client.StartAsync("one", "m1");
            await client.DeltaAsync("m1");
        }
        await using var living = await CoreProcess.StartAsync(world.Redis, world.Home);
        await using var watching = await living.ConnectAsync();
        await watching.StartAsync("two", "m2");
        await watching.StartAsync("three", "m3");
        await dying.KillAsync();
        await watching.StartAsync("four", "m4");

        foreach (var id in (string[])["m1", "m2", "m3", "m4"])
            Assert.Equal("ok", (string?)(await watching.RequestAsync("agent.wait", new JsonObject { ["runId"] = id }))["payload"]!["status"]);
        Assert.Equal(
            ["user one", "assistant one", "user two", "assistant two", "user three", "assistant three", "user four", "assistant four"],
            (await watching.HistoryAsync()).Select(line => $"{line[..line.IndexOf(':', StringComparison.Ordinal)]} {((string[])["one", "two", "three", "four"]).Single(word => line.Contains(word, StringComparison.Ordinal))}"));
    }

    [RedisFact]
    public async Task Death_OfTheCoreOfANode_IsToldToWhoWaitsForTheNodeOnAnother()
    {
        await using var world = await World.StartAsync();
        await using var dying = await CoreProcess.StartAsync(world.Redis, world.Home);
        await using var living = await CoreProcess.StartAsync(world.Redis, world.Home);
        using var device = new TestDevice(1);
        await using var node = await RawClient.OpenAsync(dying.WebSocketUri);
        var parameters = device.ConnectParams(node, role: "node");
        parameters["commands"] = new JsonArray("system.which");
        Assert.True((bool)(await node.HelloAsync(parameters))["ok"]!);
        await using var client = await RawClient.OpenAsync(living.WebSocketUri);
        await client.HelloAsync();
        await TestTimeouts.Until(async () => (bool?)(await client.RequestAsync("node.list"))["payload"]!["nodes"]!.AsArray().FirstOrDefault()?["connected"] == true, "the other core knows the node");
        await client.InvokeAsync("1", device.Id, "system.which");
        await node.RequestedAsync();

        await dying.KillAsync();
        var since = TimeProvider.System.GetTimestamp();
        Assert.Equal("Error: node disconnected (system.which)", (string?)(await client.AnswerAsync("1"))["error"]!["message"]);
        output.WriteLine($"The waiting call was told after {TimeProvider.System.GetElapsedTime(since).TotalSeconds:0.0} s.");
        await client.InvokeAsync("2", device.Id, "system.which");
        Assert.Equal("node not connected", (string?)(await client.AnswerAsync("2"))["error"]!["message"]);
        await TestTimeouts.Until(async () => (bool)(await client.RowAsync(device.Id))["connected"]! == false, "the other core misses the node");
        output.WriteLine($"The node was out of the list after {TimeProvider.System.GetElapsedTime(since).TotalSeconds:0.0} s.");
    }

    [RedisFact]
    public async Task Kill_CoresAtRandomUnderTraffic_EveryAcceptedMessageIsAnsweredOnce()
    {
        await using var world = await World.StartAsync();
        var cores = new List<CoreProcess> { await CoreProcess.StartAsync(world.Redis, world.Home), await CoreProcess.StartAsync(world.Redis, world.Home) };
        var random = new Random(20261121);
        var history = new AcceptHistory();
        for (var kill = 0; kill < Kills; kill++)
        {
            var sending = Task.WhenAll(cores.Select((core, i) => SendUntilGoneAsync(core, $"k{kill}c{i}", history)));
            // Not a wait for a condition: the point of the kill is what is drawn by lot.
            await Task.Delay(random.Next(100, 900));
            var victim = cores[random.Next(cores.Count)];
            await victim.KillAsync();
            history.EndRound();
            await sending.WithTimeout();
            cores.Remove(victim);
            await victim.DisposeAsync();
            cores.Add(await CoreProcess.StartAsync(world.Redis, world.Home));
        }
        await using (var client = await cores[0].ConnectAsync())
            await history.CheckAsync(client);
        foreach (var core in cores)
            await core.DisposeAsync();
    }

    [RedisFact]
    public async Task Outage_OfRedisUnderTraffic_NobodyIsDroppedNothingIsLostAndItHeals()
    {
        await using var world = await World.StartAsync();
        await using var one = await CoreProcess.StartAsync(world.Redis, world.Home);
        await using var two = await CoreProcess.StartAsync(world.Redis, world.Home);
        await using var first = await one.ConnectAsync();
        await using var second = await two.ConnectAsync();
        var history = new AcceptHistory();
        await history.SendAsync(first, "s0", "before-1");
        await history.SendAsync(second, "s1", "before-2");

        await world.Redis.KillAsync();
        await history.UntilHealthAsync(first, ok: false);
        var refused = (await first.SendAsync("during", "during", "agent:main:s0"));
        Assert.Equal("UNAVAILABLE", (string?)refused["code"]);
        Assert.True((bool)refused["retryable"]!);
        Assert.True((long)refused["retryAfterMs"]! > 0);
        // Long enough for claims to sessions to run out.
        await Task.Delay(SessionLeases.TimeToLive);
        Assert.True((bool)(await second.RequestAsync("sessions.list", []))["ok"]!);
        await world.Redis.StartAgainAsync();

        await history.UntilHealthAsync(first, ok: true);
        await history.UntilHealthAsync(second, ok: true);
        await history.SendAsync(first, "s0", "after-1");
        await history.SendAsync(second, "s1", "after-2");
        await history.CheckAsync(second);
        Assert.False(one.HasExited || two.HasExited);
    }

    private static async Task SendUntilGoneAsync(CoreProcess core, string prefix, AcceptHistory history)
    {
        var round = history.Round;
        try
        {
            await using var client = await core.ConnectAsync();
            for (var n = 0; history.Round == round; n++)
                await history.SendAsync(client, $"s{n % Sessions}", $"{prefix}n{n}");
        }
        catch (Exception e) when (e is WebSocketException or InvalidOperationException or IOException or HttpRequestException)
        {
            // The core was killed; what was not answered for is not owed.
        }
    }

    private sealed class World : IAsyncDisposable
    {
        private World(RedisServer redis, FakeModelServer model) => (Redis, Model) = (redis, model);

        public RedisServer Redis { get; }

        public FakeModelServer Model { get; }

        public TempDirectory Home { get; } = new();

        public static async Task<World> StartAsync()
        {
            var world = new World(await RedisServer.StartAsync(), await FakeModelServer.StartAsync());
            Directory.CreateDirectory(world.Home[".openclaw"]);
            await File.WriteAllTextAsync(Path.Combine(world.Home[".openclaw"], "openclaw.json"), ClusterHost.ConfigFor(world.Model, "mode: \"followup\", debounceMs: 0, cap: 100000"));
            return world;
        }

        public async ValueTask DisposeAsync()
        {
            await Redis.DisposeAsync();
            await Model.DisposeAsync();
            Home.Dispose();
        }
    }
}
