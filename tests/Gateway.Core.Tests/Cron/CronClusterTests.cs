using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Tests.Cluster;
using OpenClaw.Gateway.Core.Tests.Nodes;
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

    private async Task<string> AddAsync(int core, int seconds = 1)
    {
        await using var client = await _cluster.Cores[core].OperatorAsync();
        var at = DateTimeOffset.UtcNow.AddSeconds(seconds).ToUnixTimeMilliseconds();
        var job = new JsonObject
        {
            ["schedule"] = new JsonObject { ["kind"] = "at", ["atMs"] = at },
            ["payload"] = new JsonObject { ["kind"] = "agentTurn", ["message"] = "look" },
            ["delivery"] = new JsonObject { ["mode"] = "none" },
        };
        return (string)(await client.RequestAsync("cron.add", job))["payload"]!["id"]!;
    }

    private async Task DoneAsync(int core, string id)
    {
        await using var client = await _cluster.Cores[core].OperatorAsync();
        JsonArray? runs = null;
        await TestTimeouts.Until(
            async () => (runs = (await client.RequestAsync("cron.runs", new JsonObject { ["id"] = id }))["payload"]!["entries"]!.AsArray()).Count > 0, "the end of the run");
        Assert.Equal("ok", (string?)Assert.Single(runs!)!["status"]);
    }
}
