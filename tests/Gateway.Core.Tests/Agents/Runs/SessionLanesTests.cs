using System.Text.Json.Nodes;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Agents.Runs;

public sealed class SessionLanesTests
{
    private readonly TestConfiguration _configuration = new([], "/tmp");

    [Fact]
    public async Task Enter_SameSession_OneAfterAnotherInOrder()
    {
        var lanes = new SessionLanes(_configuration);
        var first = await lanes.EnterAsync("s", "main", CancellationToken.None);
        var second = lanes.EnterAsync("s", "main", CancellationToken.None);
        var third = lanes.EnterAsync("s", "main", CancellationToken.None);

        Assert.False(second.IsCompleted);
        first.Dispose();
        var inside = await second.WithTimeout();
        Assert.False(third.IsCompleted);
        inside.Dispose();

        (await third.WithTimeout()).Dispose();
        Assert.True(lanes.IsIdle("main"));
    }

    [Fact]
    public async Task Enter_ManySessions_FourWorkAtOnce()
    {
        var lanes = new SessionLanes(_configuration);
        var entries = Enumerable.Range(0, 6).Select(i => lanes.EnterAsync($"s{i}", "main", CancellationToken.None)).ToList();

        Assert.Equal([true, true, true, true, false, false], entries.Select(static e => e.IsCompleted));
        (await entries[2]).Dispose();
        (await entries[4].WithTimeout()).Dispose();
        await entries[5].WithTimeout();
    }

    [Fact]
    public async Task LeaveLane_OtherSessionsWork_TheSameOneWaits()
    {
        _configuration.Root = JsonNode.Parse("""{"agents":{"defaults":{"maxConcurrent":1}}}""")!.AsObject();
        var lanes = new SessionLanes(_configuration);
        var first = await lanes.EnterAsync("a", "main", CancellationToken.None);
        var same = lanes.EnterAsync("a", "main", CancellationToken.None);
        var other = lanes.EnterAsync("b", "main", CancellationToken.None);

        first.LeaveLane();
        first.LeaveLane();

        var inside = await other.WithTimeout();
        Assert.False(same.IsCompleted);
        first.Dispose();
        Assert.False(same.IsCompleted);
        inside.Dispose();
        (await same.WithTimeout()).Dispose();
        Assert.True(lanes.IsIdle("main"));
    }

    [Fact]
    public async Task Run_WhoseEndIsBeingNoted_DoesNotKeepOtherSessionsWaiting()
    {
        var noted = new TaskCompletionSource();
        await using var agent = await AgentHarness.StartAsync(config => config["agents"]!["defaults"]!["maxConcurrent"] = 1);
        agent.Transcripts.HoldsRecords = noted.Task;
        var first = agent.Runner.Submit(agent.Request(session: "a")).Run!;
        var same = agent.Runner.Submit(agent.Request(session: "a")).Run!;
        await agent.Server.WaitForRequestsAsync(1, TestTimeouts.Wait);

        var other = agent.Runner.Submit(agent.Request(session: "b")).Run!;

        await agent.Server.WaitForRequestsAsync(2, TestTimeouts.Wait);
        Assert.False(first.Completion.IsCompleted);
        Assert.Null(same.StartedAtMs);
        noted.SetResult();
        await Task.WhenAll(first.Completion, same.Completion, other.Completion).WithTimeout();
        Assert.Equal(3, agent.Transcripts.Recorded.Count);
    }

    [Fact]
    public async Task Enter_ConfiguredCapacityGrows_HoldsForTheNextEntry()
    {
        _configuration.Root = JsonNode.Parse("""{"agents":{"defaults":{"maxConcurrent":1}}}""")!.AsObject();
        var lanes = new SessionLanes(_configuration);
        await lanes.EnterAsync("a", "main", CancellationToken.None);
        _configuration.Root = JsonNode.Parse("""{"agents":{"defaults":{"maxConcurrent":2}}}""")!.AsObject();

        Assert.True(lanes.EnterAsync("b", "main", CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Enter_CancelledWhileWaiting_LeavesItsPlaceToOthers()
    {
        var lanes = new SessionLanes(_configuration);
        var first = await lanes.EnterAsync("s", "main", CancellationToken.None);
        using var cancel = new CancellationTokenSource();
        var second = lanes.EnterAsync("s", "main", cancel.Token);
        var third = lanes.EnterAsync("s", "main", CancellationToken.None);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first.Dispose();

        (await third.WithTimeout()).Dispose();
    }

    [Fact]
    public async Task Enter_LaneFullWhileSessionFree_CancelGivesSessionBack()
    {
        var lanes = new SessionLanes(_configuration);
        var cron = await lanes.EnterAsync("a", "cron", CancellationToken.None);
        using var cancel = new CancellationTokenSource();
        var waiting = lanes.EnterAsync("b", "cron", cancel.Token);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        Assert.True(lanes.EnterAsync("b", "main", CancellationToken.None).IsCompletedSuccessfully);
        cron.Dispose();
    }

    [Fact]
    public async Task Runs_EightBusy_OthersStillAnswer()
    {
        await using var agent = await AgentHarness.StartAsync(static root => root["agents"]!["defaults"]!["maxConcurrent"] = 9);
        agent.Server.Enqueue([.. Enumerable.Repeat(FakeReply.Script(new TextStep("busy"), new HangStep()), 8)]);
        for (var i = 0; i < 8; i++)
            agent.Runner.Submit(agent.Request("busy", $"busy-{i}"));
        await agent.Server.WaitForRequestsAsync(8, TestTimeouts.Wait);

        var result = await agent.RunAsync("quick", "free");

        Assert.Equal("echo: quick", result.Payloads[0].Text);
    }
}
