using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Cluster;

/// <summary>What the clients of one core see of what happens on another.</summary>
public abstract class ClusterEventTests(bool redis)
{
    private readonly bool _redis = redis && RedisServer.Missing is null;

    private bool Skipped => redis && RedisServer.Missing is not null;

    [Fact]
    public async Task Chat_OnAnotherCore_IsSeenWholeInOrderAndOnce()
    {
        if (Skipped)
            return;
        await using var cluster = await ClusterHost.StartAsync(_redis);
        await using var here = await cluster.ConnectAsync(0);
        await using var there = await cluster.ConnectAsync(1);

        await there.SendAsync("hello", "m1");
        var end = await here.EndOfAsync("m1");
        Assert.Equal(await there.EndOfAsync("m1"), end);
        Assert.StartsWith("final echo", end, StringComparison.Ordinal);

        // The next message's events come after everything of the first, so nothing of it can be missing by then.
        await there.SendAsync("again", "m2");
        await here.EndOfAsync("m2");
        var numbers = here.Seen.Where(frame => (string?)frame["event"] == "agent" && (string?)frame["payload"]!["runId"] == "m1").Select(frame => (long)frame["payload"]!["seq"]!).ToList();
        Assert.NotEmpty(numbers);
        Assert.Equal(numbers.Distinct().Order(), numbers);
        Assert.Equal(1, here.FinalsOf("m1"));
        var frames = here.Seen.Where(frame => frame["seq"] is not null).Select(frame => (long)frame["seq"]!).ToList();
        Assert.Equal(Enumerable.Range(0, frames.Count).Select(i => frames[0] + i), frames);
    }

    [Fact]
    public async Task Presence_OfAnotherCoresClients_IsShownAndGoesWithThem()
    {
        if (Skipped)
            return;
        await using var cluster = await ClusterHost.StartAsync(_redis);
        await using var here = await cluster.ConnectAsync(0);
        var parameters = RawClient.ConnectParams();
        parameters["client"]!["instanceId"] = "other-one";
        await using (await cluster.ConnectAsync(1, parameters))
            await UntilRowAsync(here, row => row is { } r && (string?)r["reason"] == "connect");

        var told = await here.UntilAsync(frame => (string?)frame["event"] == "presence");
        Assert.Equal("disconnect", (string?)told["payload"]!["presence"]!.AsArray().Single(row => (string?)row!["instanceId"] == "other-one")!["reason"]);
        Assert.True((long)told["stateVersion"]!["presence"]! > (long)here.Hello["payload"]!["snapshot"]!["stateVersion"]!["presence"]!);
        await cluster.RemoveCoreAsync(cluster.Cores[1]);
        await UntilRowAsync(here, row => row is null);
    }

    private static async Task UntilRowAsync(ClusterClient client, Func<JsonNode?, bool> wanted)
    {
        using var stop = new CancellationTokenSource(TestTimeouts.Wait);
        while (!wanted((await client.RequestAsync("system-presence", []))["payload"]!.AsArray().SingleOrDefault(row => (string?)row!["instanceId"] == "other-one")))
            Assert.False(stop.IsCancellationRequested, "The presence row does not become what it should.");
    }
}

public sealed class InProcessClusterEventTests() : ClusterEventTests(redis: false);

public sealed class RedisClusterEventTests() : ClusterEventTests(redis: true)
{
    [RedisFact]
    public void RedisServer_IsInstalled() => Assert.Null(RedisServer.Missing);
}
