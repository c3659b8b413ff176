using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Agents.Runs;

public sealed class QueueModeTests
{
    [Fact]
    public async Task Followup_SessionBusy_EachMessageGetsItsOwnRunAfterQuiet()
    {
        await using var agent = await AgentHarness.StartAsync();
        var (first, release) = await StartBusyAsync(agent);
        var second = agent.Runner.Submit(Queued(agent, "second", QueueMode.Followup));
        var third = agent.Runner.Submit(Queued(agent, "third", QueueMode.Followup));
        Assert.Equal((RunDisposition.Queued, RunDisposition.Queued), (second.Disposition, third.Disposition));
        Assert.Equal(2, agent.Runner.QueueDepth("agent:main:main"));

        release.SetResult();
        await first.Completion.WithTimeout();
        Assert.Single(agent.Server.Requests);
        await TestTimeouts.Until(() => agent.Time.ArmedTimers > 0, "the quiet time to begin");
        agent.Time.Advance(TimeSpan.FromSeconds(1));

        await agent.Server.WaitForRequestsAsync(3, TestTimeouts.Wait);
        await TestTimeouts.Until(() => agent.Registry.ActiveCount == 0, "all runs to end");
        Assert.Equal(["first", "second", "third"], agent.Server.Requests[2].Texts("user"));
        var runs = agent.Recorder.All.Select(static e => e.Run.RunId).Distinct().ToList();
        Assert.Equal(3, runs.Count);
        Assert.DoesNotContain("run-2", runs);
    }

    [Fact]
    public async Task Collect_OneReplyRoute_BecomesOneTurn()
    {
        await using var agent = await AgentHarness.StartAsync();
        var (_, release) = await StartBusyAsync(agent);
        agent.Runner.Submit(Queued(agent, "second", QueueMode.Collect) with { ReplyRoute = "telegram:1" });
        agent.Runner.Submit(Queued(agent, "third", QueueMode.Collect) with { ReplyRoute = "telegram:1" });

        await DrainAsync(agent, release, requests: 2);

        Assert.Equal("[Queued messages while agent was busy]\n\n---\nQueued #1\nsecond\n\n---\nQueued #2\nthird", agent.Server.Requests[1].LastUserText);
    }

    [Fact]
    public async Task Collect_NoReplyRoute_StaysApart()
    {
        await using var agent = await AgentHarness.StartAsync();
        var (_, release) = await StartBusyAsync(agent);
        agent.Runner.Submit(Queued(agent, "second", QueueMode.Collect));
        agent.Runner.Submit(Queued(agent, "third", QueueMode.Collect));

        await DrainAsync(agent, release, requests: 3);

        Assert.Equal("second", agent.Server.Requests[1].LastUserText);
    }

    [Fact]
    public async Task Steer_BetweenTools_SkipsTheRestAndAnswersTheNewMessage()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tool = new FakeTool("step", async (_, _) =>
        {
            entered.TrySetResult();
            await release.Task;
            return ToolResult.FromText("stepped");
        });
        await using var agent = await AgentHarness.StartAsync(tools: [tool]);
        agent.Server.Enqueue(FakeReply.Script(new ToolStep("step", "{}"), new ToolStep("step", "{}")));
        var run = agent.Runner.Submit(agent.Request("first")).Run!;
        await entered.Task.WithTimeout();

        var steered = agent.Runner.Submit(Queued(agent, "change of plan", QueueMode.Steer));
        release.SetResult();
        var result = await run.Completion.WithTimeout();

        Assert.Equal((RunDisposition.Steered, run), (steered.Disposition, steered.Run));
        Assert.Equal("echo: change of plan", Assert.Single(result.Payloads).Text);
        Assert.Equal(["stepped", "Skipped due to queued user message."], agent.Server.Requests[1].Texts("tool"));
        Assert.Equal("start tool:step result:step tool:step failed:step text end", agent.Recorder.Shape(run.RunId));
    }

    [Fact]
    public async Task Steer_WhileModelStreams_IsAnsweredInTheSameRun()
    {
        await using var agent = await AgentHarness.StartAsync();
        var (first, release) = await StartBusyAsync(agent);

        agent.Runner.Submit(Queued(agent, "and this", QueueMode.Steer));
        release.SetResult();
        var result = await first.Completion.WithTimeout();

        Assert.Equal(["busy", "echo: and this"], result.Payloads.Select(static p => p.Text));
    }

    [Fact]
    public async Task SteerBacklog_IsAnsweredInTheRunAndAgain()
    {
        await using var agent = await AgentHarness.StartAsync();
        var (_, release) = await StartBusyAsync(agent);
        agent.Runner.Submit(Queued(agent, "twice", QueueMode.SteerBacklog));

        await DrainAsync(agent, release, requests: 3);

        Assert.Equal(["first", "twice", "twice"], agent.Server.Requests[2].Texts("user"));
    }

    [Theory]
    [InlineData("steer", true, "first,early,late")]
    [InlineData("steer-backlog", true, "first,early,late,early")]
    [InlineData("followup", false, "first,early,late")]
    public async Task Steer_WhatCameBeforeTheRunListened_IsNotOvertaken(string early, bool steered, string asked)
    {
        await using var agent = await AgentHarness.StartAsync();
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        agent.Server.Enqueue(FakeReply.Script(new TextStep("busy"), new WaitStep(release.Task)));
        agent.Runner.Submit(agent.Request("first") with { HeldUntil = begin.Task });
        var waiting = agent.Runner.Submit(Queued(agent, "early", QueueSettings.ParseMode(early)!.Value));
        Assert.Equal(RunDisposition.Queued, waiting.Disposition);
        begin.SetResult();
        await agent.Recorder.WaitForAsync(static (_, e) => e is AssistantText, "the first run to work");

        var late = agent.Runner.Submit(Queued(agent, "late", QueueMode.Steer));
        Assert.Equal(steered ? RunDisposition.Steered : RunDisposition.Queued, late.Disposition);
        var count = asked.Split(',').Length;
        await DrainAsync(agent, release, count);

        Assert.Equal(asked.Split(','), agent.Server.Requests[count - 1].Texts("user"));
        Assert.Equal((RunStatus.Ok, RunStatus.Ok), ((await waiting.Outcome!.WithTimeout()).Status, (await late.Outcome!.WithTimeout()).Status));
    }

    [Fact]
    public async Task Steer_RunFails_MessageIsAnsweredAfterIt()
    {
        await using var agent = await AgentHarness.StartAsync();
        var release = new TaskCompletionSource();
        agent.Server.Enqueue(FakeReply.Script(new WaitStep(release.Task), new RawStep("data: {\"error\":{\"type\":\"invalid_request_error\",\"message\":\"bad\"}}\n\n")));
        var first = agent.Runner.Submit(agent.Request("first")).Run!;
        await agent.Server.WaitForRequestsAsync(1, TestTimeouts.Wait);
        Assert.Equal(RunDisposition.Steered, agent.Runner.Submit(Queued(agent, "do not lose me", QueueMode.Steer)).Disposition);

        release.SetResult();
        Assert.Equal(RunStatus.ModelError, (await first.Completion.WithTimeout()).Status);
        await agent.Server.WaitForRequestsAsync(2, TestTimeouts.Wait);

        Assert.Equal("do not lose me", agent.Server.Requests[1].LastUserText);
    }

    [Fact]
    public async Task Interrupt_EndsTheRunAndTakesItsPlace_AndWhatWaitedComesAfter()
    {
        await using var agent = await AgentHarness.StartAsync();
        var (first, _) = await StartBusyAsync(agent);
        agent.Runner.Submit(agent.Request("waiting") with { Queue = new QueueSettings { Mode = QueueMode.Followup, Debounce = TimeSpan.Zero } });

        var second = agent.Runner.Submit(Queued(agent, "now", QueueMode.Interrupt));
        var result = await second.Run!.Completion.WithTimeout();

        Assert.Equal("echo: now", result.Payloads[0].Text);
        Assert.Equal(RunAbortReason.Interrupt, (await first.Completion.WithTimeout()).AbortReason);
        Assert.Equal("start text aborted:Interrupt", agent.Recorder.Shape(first.RunId));
        await agent.Server.WaitForRequestsAsync(3, TestTimeouts.Wait);
        Assert.Equal("waiting", agent.Server.Requests[2].LastUserText);
    }

    [Theory]
    [InlineData(QueueDropName.New, "b,c")]
    [InlineData(QueueDropName.Old, "c,d")]
    [InlineData(QueueDropName.Summarize, "c,d")]
    public async Task Queue_Full_GivesWayAsConfigured(string drop, string kept)
    {
        await using var agent = await AgentHarness.StartAsync();
        var (_, release) = await StartBusyAsync(agent);
        var settings = new QueueSettings { Mode = QueueMode.Followup, Cap = 2, Drop = QueueSettings.ParseDrop(drop)!.Value };
        var dispositions = new[] { "b", "c", "d" }.Select(text => agent.Runner.Submit(agent.Request(text) with { Queue = settings }).Disposition).ToList();

        await DrainAsync(agent, release, requests: 3);

        Assert.Equal(drop == QueueDropName.New ? RunDisposition.Dropped : RunDisposition.Queued, dispositions[2]);
        var texts = agent.Server.Requests.Skip(1).Select(static r => r.LastUserText).ToList();
        Assert.Equal(kept, string.Join(',', texts.Select(static t => t[^1])));
        Assert.Equal(drop == QueueDropName.Summarize, texts[0].StartsWith("[Queue overflow]", StringComparison.Ordinal) && texts[0].Contains("- b", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Queue_SameMessageId_IsTakenOnce()
    {
        await using var agent = await AgentHarness.StartAsync();
        await StartBusyAsync(agent);
        var message = Queued(agent, "once", QueueMode.Followup) with { MessageId = "m1" };

        agent.Runner.Submit(message);
        var again = agent.Runner.Submit(message with { RunId = "other" });

        Assert.Equal((RunDisposition.Dropped, 1), (again.Disposition, agent.Runner.QueueDepth("agent:main:main")));
    }

    [Fact]
    public async Task ForgetWaiting_LeavesNothingToAnswer()
    {
        await using var agent = await AgentHarness.StartAsync();
        var (first, _) = await StartBusyAsync(agent);
        var waiting = agent.Request("waiting") with { Queue = new QueueSettings { Mode = QueueMode.Followup } };
        var outcome = agent.Runner.Submit(waiting).Outcome!;

        Assert.Equal([waiting.RunId], agent.Runner.ForgetWaiting("agent:main:main", null, RunAbortReason.Stop));
        Assert.Equal(RunAbortOutcome.Aborted, agent.Runner.Abort(first.RunId, null, RunAbortReason.Stop));
        Assert.Equal(RunAbortReason.Stop, (await outcome.WithTimeout()).AbortReason);
        await first.Completion.WithTimeout();
        await TestTimeouts.Until(() => agent.Registry.ActiveCount == 0, "the run to let go");
        Assert.Equal(0, agent.Time.ArmedTimers);
        Assert.Single(agent.Server.Requests);
    }

    [Fact]
    public async Task Abort_OtherSession_IsRefused()
    {
        await using var agent = await AgentHarness.StartAsync();
        var (first, _) = await StartBusyAsync(agent);

        Assert.Equal(RunAbortOutcome.OtherSession, agent.Runner.Abort(first.RunId, "agent:main:other", RunAbortReason.Rpc));
        Assert.Equal(RunAbortOutcome.NotFound, agent.Runner.Abort("nobody", null, RunAbortReason.Rpc));
        Assert.Equal(RunAbortOutcome.Aborted, agent.Runner.Abort(first.RunId, "agent:main:main", RunAbortReason.Rpc));
    }

    [Fact]
    public async Task Queue_NothingActive_StartsAtOnce()
    {
        await using var agent = await AgentHarness.StartAsync();

        Assert.Equal(RunDisposition.Started, agent.Runner.Submit(Queued(agent, "free", QueueMode.Collect)).Disposition);
    }

    private static RunRequest Queued(AgentHarness agent, string message, QueueMode mode) =>
        agent.Request(message) with { Queue = new QueueSettings { Mode = mode } };

    /// <summary>A run whose model has begun to answer and waits.</summary>
    private static async Task<(AgentRun Run, TaskCompletionSource Release)> StartBusyAsync(AgentHarness agent)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        agent.Server.Enqueue(FakeReply.Script(new TextStep("busy"), new WaitStep(release.Task)));
        var run = agent.Runner.Submit(agent.Request("first")).Run!;
        await agent.Recorder.WaitForAsync(static (_, e) => e is AssistantText, "the first run to work");
        return (run, release);
    }

    private static async Task DrainAsync(AgentHarness agent, TaskCompletionSource release, int requests)
    {
        release.SetResult();
        var all = agent.Server.WaitForRequestsAsync(requests, TestTimeouts.Wait);
        while (!all.IsCompleted)
        {
            await TestTimeouts.Until(() => all.IsCompleted || (agent.Registry.ActiveCount == 0 && agent.Time.ArmedTimers > 0), "the queue to wait for quiet, or all requests");
            if (!all.IsCompleted)
                agent.Time.Advance(TimeSpan.FromSeconds(1));
        }
        await TestTimeouts.Until(() => agent.Registry.ActiveCount == 0, "all runs to end");
    }

    private static class QueueDropName
    {
        public const string New = "new";
        public const string Old = "old";
        public const string Summarize = "summarize";
    }
}
