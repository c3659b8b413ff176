using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Agents.Runs;

public sealed class AbortTests
{
    [Fact]
    public async Task Abort_WhileModelStreams_LastEventIsOutBeforeAbortReturns()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Script(new TextStep("word"), new HangStep()));
        var run = agent.Runner.Submit(agent.Request("go")).Run!;
        await agent.Recorder.WaitForAsync(static (_, e) => e is AssistantText, "the first text");

        Assert.True(run.TryAbort(RunAbortReason.Rpc));

        Assert.Equal("start text aborted:Rpc", agent.Recorder.Shape(run.RunId));
        var result = await run.Completion.WithTimeout();
        Assert.Equal(RunStatus.Aborted, result.Status);
        Assert.Equal("start text aborted:Rpc", agent.Recorder.Shape(run.RunId));
        await TestTimeouts.Until(() => agent.Server.OpenRequests == 0, "the request to be given up");
    }

    [Fact]
    public async Task Abort_FirstTurn_KeepsUserTextAndWhatWasSeen()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Script(new TextStep("half a thought"), new HangStep()));
        var run = agent.Runner.Submit(agent.Request("go")).Run!;
        await agent.Recorder.WaitForAsync(static (_, e) => e is AssistantText, "the first text");

        run.TryAbort(RunAbortReason.Stop);
        await run.Completion.WithTimeout();
        await agent.RunAsync("and now");

        Assert.Equal("go", agent.Transcripts.Messages()[0].Text);
        Assert.Equal((StopReason.Aborted, "half a thought"), Seen(agent.Transcripts.Messages()[1]));
        Assert.Equal(["go", "and now"], agent.Server.Requests[1].Texts("user"));
        Assert.Empty(agent.Server.Requests[1].Texts("assistant"));
    }

    [Fact]
    public async Task Abort_InTool_CancelsItAndModelLaterHearsThatThereIsNoResult()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tool = new FakeTool("wait", async (_, token) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return ToolResult.FromText("never");
        });
        await using var agent = await AgentHarness.StartAsync(tools: [tool]);
        agent.Server.Enqueue(FakeReply.Tool("wait", "{}"));
        var run = agent.Runner.Submit(agent.Request("go")).Run!;
        await entered.Task.WithTimeout();

        run.TryAbort(RunAbortReason.Rpc);
        var result = await run.Completion.WithTimeout();
        await agent.RunAsync("next");

        Assert.Equal(RunStatus.Aborted, result.Status);
        Assert.Equal("start tool:wait aborted:Rpc", agent.Recorder.Shape(run.RunId));
        Assert.Equal(["No result provided"], agent.Server.Requests[1].Texts("tool"));
    }

    [Fact]
    public async Task Abort_WhileWaitingInLane_NeverReachesModel()
    {
        await using var agent = await AgentHarness.StartAsync();
        var release = new TaskCompletionSource();
        agent.Server.Enqueue(FakeReply.Script(new WaitStep(release.Task), new TextStep("first")));
        var first = agent.Runner.Submit(agent.Request("one")).Run!;
        await agent.Server.WaitForRequestsAsync(1, TestTimeouts.Wait);
        var second = agent.Runner.Submit(agent.Request("two")).Run!;

        second.TryAbort(RunAbortReason.Rpc);
        var result = await second.Completion.WithTimeout();
        release.SetResult();
        await first.Completion.WithTimeout();

        Assert.Equal((RunStatus.Aborted, (long?)null), (result.Status, result.StartedAtMs));
        Assert.Equal("aborted:Rpc", agent.Recorder.Shape(second.RunId));
        Assert.Single(agent.Server.Requests);
    }

    [Fact]
    public async Task Abort_Twice_SecondSaysItWasOver()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Script(new HangStep()));
        var run = agent.Runner.Submit(agent.Request("go")).Run!;
        await agent.Server.WaitForRequestsAsync(1, TestTimeouts.Wait);

        Assert.True(run.TryAbort(RunAbortReason.Rpc));
        Assert.False(run.TryAbort(RunAbortReason.Stop));
        await run.Completion.WithTimeout();
        Assert.False(run.TryAbort(RunAbortReason.Stop));
    }

    [Fact]
    public async Task Timeout_ModelHangs_EndsRunWhenItsTimeIsOver()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Script(new HangStep()));
        var run = agent.Runner.Submit(agent.Request("go") with { Timeout = TimeSpan.FromSeconds(3) }).Run!;
        await agent.Server.WaitForRequestsAsync(1, TestTimeouts.Wait);

        agent.Time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(run.Ended.IsCompleted);
        agent.Time.Advance(TimeSpan.FromSeconds(0.1));

        var result = await run.Completion.WithTimeout();
        Assert.Equal((RunStatus.Aborted, RunAbortReason.Timeout), (result.Status, result.AbortReason));
        Assert.Equal(3000, result.DurationMs);
    }

    [Fact]
    public async Task Timeout_FromConfiguration_HoldsForRunsWithoutOne()
    {
        await using var agent = await AgentHarness.StartAsync(static root => root["agents"]!["defaults"]!["timeoutSeconds"] = 7);
        agent.Server.Enqueue(FakeReply.Script(new HangStep()));
        var run = agent.Runner.Submit(agent.Request("go")).Run!;
        await agent.Server.WaitForRequestsAsync(1, TestTimeouts.Wait);

        agent.Time.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(RunAbortReason.Timeout, (await run.Completion.WithTimeout()).AbortReason);
    }

    [Fact]
    public async Task Stop_WithRunsActive_EndsThemAndTakesNoMore()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Script(new HangStep()), FakeReply.Script(new HangStep()));
        var one = agent.Runner.Submit(agent.Request("one", "a")).Run!;
        var two = agent.Runner.Submit(agent.Request("two", "b")).Run!;
        await agent.Server.WaitForRequestsAsync(2, TestTimeouts.Wait);

        await agent.Runner.StopAsync(CancellationToken.None).WithTimeout();

        Assert.Equal(RunAbortReason.Shutdown, (await one.Completion).AbortReason);
        Assert.Equal(RunAbortReason.Shutdown, (await two.Completion).AbortReason);
        Assert.Equal(0, agent.Registry.ActiveCount);
        Assert.Equal(RunDisposition.Rejected, agent.Runner.Submit(agent.Request("three")).Disposition);
    }

    private static (StopReason, string) Seen(AgentMessage message) => (((AssistantMessage)message).StopReason, message.Text);
}
