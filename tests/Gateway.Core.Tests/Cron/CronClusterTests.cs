using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Tests.Cluster;
using OpenClaw.Gateway.Core.Tests.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Cron;

/// <summary>Several cores are one scheduler.</summary>
public sealed class CronClusterTests : IAsyncLifetime
{
    private ClusterHost _cluster = null!;

    public async Task InitializeAsync() => _cluster = await ClusterHost.StartAsync(redis: false, cores: 3);

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Job_RunsOnce_WhicheverCoreItWasMadeOn()
    {
        string[] ids = [await AddAsync(0), await AddAsync(1), await AddAsync(2)];

        foreach (var id in ids)
            await DoneAsync(0, id);

        Assert.Equal(3, _cluster.Model.Requests.Count);
    }

    [Fact]
    public async Task CoreThatLeaves_IsReplaced()
    {
        await DoneAsync(0, await AddAsync(0));
        await _cluster.RemoveCoreAsync(_cluster.Cores[0]);
        await DoneAsync(0, await AddAsync(0));
        await _cluster.RemoveCoreAsync(_cluster.Cores[0]);
        await DoneAsync(0, await AddAsync(0));

        Assert.Equal(3, _cluster.Model.Requests.Count);
    }

    /// <summary>One that is alone looks at the file once a minute; the clock does not get there.</summary>
    [Fact]
    public async Task CoreThatJoins_WakesTheOneThatWasAlone()
    {
        var clock = new ManualTimeProvider();
        await using var cluster = await ClusterHost.StartAsync(redis: false, cores: 1, time: clock);
        await DoneAsync(cluster.Cores[0], await AddAsync(cluster.Cores[0], clock.GetUtcNow()));
        await cluster.AddCoreAsync(time: clock);
        var steps = 0;

        await DoneAsync(cluster.Cores[1], await AddAsync(cluster.Cores[1], clock.GetUtcNow()), () =>
        {
            if (steps++ < 5000)
                clock.Advance(TimeSpan.FromMilliseconds(10));
        });
    }

    [Fact]
    public async Task RunNow_OnAnyCore_IsRefusedWhileItRunsOnAnother()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _cluster.Model.Enqueue(Fakes.OpenAi.FakeReply.Script(new Fakes.OpenAi.TextStep("busy"), new Fakes.OpenAi.WaitStep(release.Task)));
        var id = await AddAsync(0, seconds: 3600);
        await using var first = await _cluster.Cores[0].OperatorAsync();
        await first.SendAsync(new JsonObject { ["type"] = "req", ["id"] = "run", ["method"] = "cron.run", ["params"] = new JsonObject { ["id"] = id } }.ToJsonString());
        await first.ReadUntilAsync(frame => (string?)frame["event"] == "cron");
        await using var second = await _cluster.Cores[1].OperatorAsync();

        var refused = await second.RequestAsync("cron.run", new JsonObject { ["id"] = id });
        release.SetResult();

        Assert.Equal("already-running", (string?)refused["payload"]!["reason"]);
        Assert.True((bool)(await first.AnswerAsync("run"))["payload"]!["ran"]!);
        await DoneAsync(2, id);
        Assert.Single(_cluster.Model.Requests);
    }

    private Task<string> AddAsync(int core, int seconds = 1) => AddAsync(_cluster.Cores[core], DateTimeOffset.UtcNow.AddSeconds(seconds));

    private static async Task<string> AddAsync(GatewayTestHost core, DateTimeOffset at)
    {
        await using var client = await core.OperatorAsync();
        var job = new JsonObject
        {
            ["schedule"] = new JsonObject { ["kind"] = "at", ["atMs"] = at.ToUnixTimeMilliseconds() },
            ["payload"] = new JsonObject { ["kind"] = "agentTurn", ["message"] = "look" },
            ["delivery"] = new JsonObject { ["mode"] = "none" },
        };
        return (string)(await client.RequestAsync("cron.add", job))["payload"]!["id"]!;
    }

    private Task DoneAsync(int core, string id) => DoneAsync(_cluster.Cores[core], id);

    private static async Task DoneAsync(GatewayTestHost core, string id, Action? between = null)
    {
        await using var client = await core.OperatorAsync();
        JsonArray? runs = null;
        await TestTimeouts.Until(
            async () =>
            {
                between?.Invoke();
                runs = (await client.RequestAsync("cron.runs", new JsonObject { ["id"] = id }))["payload"]!["entries"]!.AsArray();
                return runs.Count > 0;
            },
            "the end of the run");
        Assert.Equal("ok", (string?)Assert.Single(runs!)!["status"]);
    }
}
