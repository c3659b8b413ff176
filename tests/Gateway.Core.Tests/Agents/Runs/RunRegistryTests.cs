using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Agents.Runs;

public sealed class RunRegistryTests
{
    [Fact]
    public async Task Wait_RunEnds_AnswersOkWithItsTimes()
    {
        await using var agent = await AgentHarness.StartAsync();
        var release = new TaskCompletionSource();
        agent.Server.Enqueue(FakeReply.Script(new WaitStep(release.Task), new TextStep("ok")));
        var run = agent.Runner.Submit(agent.Request()).Run!;
        var wait = agent.Registry.WaitAsync(run.RunId, TimeSpan.FromSeconds(30), CancellationToken.None);

        release.SetResult();

        var answer = await wait.WithTimeout();
        Assert.Equal(RunWaitStatus.Ok, answer.Status);
        Assert.Equal(run.StartedAtMs, answer.StartedAtMs);
        Assert.NotNull(answer.EndedAtMs);
    }

    [Fact]
    public async Task Wait_ModelError_AnswersErrorWithItsText()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Error(400, "wrong"));
        await agent.RunAsync();

        var answer = await agent.Registry.WaitAsync("run-1", TimeSpan.Zero, CancellationToken.None);

        Assert.Equal((RunWaitStatus.Error, "HTTP 400: wrong"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task Wait_RunAborted_AnswersAtOnce()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Script(new HangStep()));
        var run = agent.Runner.Submit(agent.Request()).Run!;
        await agent.Server.WaitForRequestsAsync(1, TestTimeouts.Wait);
        var wait = agent.Registry.WaitAsync(run.RunId, TimeSpan.FromSeconds(30), CancellationToken.None);

        run.TryAbort(RunAbortReason.Rpc);

        Assert.Equal(RunWaitStatus.Ok, (await wait.WithTimeout()).Status);
    }

    [Fact]
    public async Task Wait_UnknownRun_WaitsForItToComeAndEnd()
    {
        await using var agent = await AgentHarness.StartAsync();
        var wait = agent.Registry.WaitAsync("run-1", TimeSpan.FromSeconds(30), CancellationToken.None);

        await agent.RunAsync();

        Assert.Equal(RunWaitStatus.Ok, (await wait.WithTimeout()).Status);
    }

    [Fact]
    public async Task Wait_UnknownRunNeverComes_TimesOutForEachWaiterAlone()
    {
        var time = new ManualTimeProvider();
        var registry = new RunRegistry(time);
        var one = registry.WaitAsync("x", TimeSpan.FromSeconds(1), CancellationToken.None);
        var two = registry.WaitAsync("x", TimeSpan.FromSeconds(5), CancellationToken.None);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(RunWaitStatus.Timeout, (await one.WithTimeout()).Status);
        Assert.False(two.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(RunWaitStatus.Timeout, (await two.WithTimeout()).Status);
    }

    [Fact]
    public async Task Wait_FinishedRun_IsRememberedTenMinutes()
    {
        await using var agent = await AgentHarness.StartAsync();
        await agent.RunAsync();

        agent.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        var remembered = await agent.Registry.WaitAsync("run-1", TimeSpan.Zero, CancellationToken.None);
        agent.Time.Advance(TimeSpan.FromMilliseconds(1));
        var forgotten = await agent.Registry.WaitAsync("run-1", TimeSpan.Zero, CancellationToken.None);

        Assert.Equal((RunWaitStatus.Ok, RunWaitStatus.Timeout), (remembered.Status, forgotten.Status));
    }

    [Fact]
    public async Task Submit_SameIdWhileActive_IsDuplicateOfTheSameRun()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Script(new HangStep()));
        var request = agent.Request();
        var first = agent.Runner.Submit(request);

        var second = agent.Runner.Submit(request);

        Assert.Equal(RunDisposition.Duplicate, second.Disposition);
        Assert.Same(first.Run, second.Run);
    }

    [Fact]
    public async Task ActiveIn_FindsOnlyRunsOfThatSession()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Script(new HangStep()), FakeReply.Script(new HangStep()));
        var mine = agent.Runner.Submit(agent.Request("one", "a")).Run!;
        var waiting = agent.Runner.Submit(agent.Request("two", "a")).Run!;
        agent.Runner.Submit(agent.Request("three", "b"));

        Assert.Equal([mine.RunId, waiting.RunId], agent.Registry.ActiveIn("agent:main:a").Select(static r => r.RunId).Order(StringComparer.Ordinal));
    }
}
