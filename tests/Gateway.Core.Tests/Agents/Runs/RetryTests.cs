using System.Text.Json.Nodes;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Agents.Runs;

public sealed class RetryTests
{
    [Fact]
    public async Task Run_ServerErrorThenAnswer_RetriesAfterTwoSecondsAndEndsOnce()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Error(500, "Internal server error"), FakeReply.Text("ok"));
        var started = agent.Time.GetUtcNow();

        var result = await agent.WhileAdvancingAsync(agent.RunAsync("go"), TimeSpan.FromSeconds(1));

        Assert.Equal((RunStatus.Ok, "ok"), (result.Status, result.Payloads[0].Text));
        Assert.Equal("start text end", agent.Recorder.Shape("run-1"));
        Assert.Equal(TimeSpan.FromSeconds(2), agent.Time.GetUtcNow() - started);
    }

    [Fact]
    public async Task Run_ServerStaysDown_GivesUpAfterThreeRetriesWithVisibleError()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue([.. Enumerable.Repeat(FakeReply.Error(503, "Service unavailable"), 4)]);
        var started = agent.Time.GetUtcNow();

        var result = await agent.WhileAdvancingAsync(agent.RunAsync("go"), TimeSpan.FromSeconds(1));

        Assert.Equal((RunStatus.ModelError, "HTTP 503: Service unavailable"), (result.Status, result.Error));
        Assert.Equal(4, agent.Server.Requests.Count);
        Assert.Equal(TimeSpan.FromSeconds(2 + 4 + 8), agent.Time.GetUtcNow() - started);
        Assert.Equal("start error", agent.Recorder.Shape("run-1"));
        Assert.Single(agent.Transcripts.Messages().OfType<AssistantMessage>());
    }

    [Fact]
    public async Task Run_RateLimitNamesLongerWait_WaitsThatLong()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Error(429, "slow down", retryAfterSeconds: 17), FakeReply.Text("ok"));
        var started = agent.Time.GetUtcNow();

        await agent.WhileAdvancingAsync(agent.RunAsync("go"), TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(17), agent.Time.GetUtcNow() - started);
    }

    [Fact]
    public async Task Run_RateLimitNamesTooLongWait_FailsAtOnce()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Error(429, "come back tomorrow", retryAfterSeconds: 3600));

        var result = await agent.RunAsync("go");

        Assert.Equal("HTTP 429: come back tomorrow", result.Error);
        Assert.Single(agent.Server.Requests);
    }

    [Fact]
    public async Task Run_StreamCutThenAnswer_TakesPartialTextBack()
    {
        await using var agent = await AgentHarness.StartAsync();
        // A reset may overtake what was sent before it, so it waits until that has arrived.
        var seen = new TaskCompletionSource();
        agent.Server.Enqueue(FakeReply.Script(new TextStep("partial answer "), new TextStep("then cut"), new WaitStep(seen.Task), new CutStep()), FakeReply.Text("whole answer"));
        var run = agent.RunAsync("go");
        await agent.Recorder.WaitForAsync(static (_, e) => e is AssistantText, "the partial text");
        seen.SetResult();

        var result = await agent.WhileAdvancingAsync(run, TimeSpan.FromSeconds(1));

        Assert.Equal("whole answer", Assert.Single(result.Payloads).Text);
        Assert.Matches("^start (text )+reset text end$", agent.Recorder.Shape("run-1"));
        Assert.Equal("whole answer", Assert.Single(agent.Transcripts.Messages().OfType<AssistantMessage>()).Text);
    }

    [Theory]
    [InlineData("data: {not json\n\n")]
    [InlineData("data: [1,2]\n\n")]
    [InlineData("garbage without any event\n\n")]
    public async Task Run_BrokenStream_IsRetried(string raw)
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Script(new RawStep(raw), new EndEarlyStep()), FakeReply.Text("ok"));

        var result = await agent.WhileAdvancingAsync(agent.RunAsync("go"), TimeSpan.FromSeconds(1));

        Assert.Equal("ok", result.Payloads[0].Text);
    }

    [Fact]
    public async Task Run_NobodyListens_SaysConnectionError()
    {
        await using var agent = await AgentHarness.StartAsync();
        await agent.Server.DisposeAsync();

        var result = await agent.WhileAdvancingAsync(agent.RunAsync("go"), TimeSpan.FromSeconds(1));

        Assert.Equal((RunStatus.ModelError, "Connection error."), (result.Status, result.Error));
    }

    [Fact]
    public async Task Run_AbortedBetweenTries_EndsAtOnce()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Error(500, "down"));
        var run = agent.Runner.Submit(agent.Request("go")).Run!;
        await TestTimeouts.Until(() => agent.Time.ArmedTimers > 1, "the run to wait for its retry");

        run.TryAbort(RunAbortReason.Rpc);

        var result = await run.Completion.WithTimeout();
        Assert.Equal((RunStatus.Aborted, RunAbortReason.Rpc), (result.Status, result.AbortReason));
        Assert.Single(agent.Server.Requests);
    }

    [Fact]
    public async Task Run_FallbackConfigured_SecondModelAnswersWithoutRunningToolsAgain()
    {
        var calls = 0;
        var tool = new FakeTool("count", (_, _) =>
        {
            calls++;
            return Task.FromResult(OpenClaw.Gateway.Core.Agents.Tools.ToolResult.FromText("counted"));
        });
        await using var agent = await AgentHarness.StartAsync(WithFallback("fakeanth/claude-fake"), [tool]);
        agent.Server.Enqueue(FakeReply.Tool("count", "{}"), FakeReply.Error(401, "Incorrect API key provided"), FakeReply.Text("from the second"));

        var result = await agent.RunAsync("go");

        Assert.Equal((RunStatus.Ok, "from the second", "fakeanth"), (result.Status, result.Payloads[0].Text, result.Provider));
        Assert.Equal(1, calls);
        Assert.Equal(["/v1/chat/completions", "/v1/chat/completions", "/v1/messages"], agent.Server.Requests.Select(static r => r.Path));
        Assert.Contains("model_change fakeanth/claude-fake", agent.Transcripts.Entries());
    }

    [Fact]
    public async Task Run_AllModelsFail_NamesEachWithItsReason()
    {
        await using var agent = await AgentHarness.StartAsync(WithFallback("fakeanth/claude-fake"));
        agent.Server.Enqueue(FakeReply.Error(401, "Incorrect API key provided"), FakeReply.Error(402, "Insufficient credits"));

        var result = await agent.RunAsync("go");

        Assert.Equal(RunStatus.Failed, result.Status);
        Assert.StartsWith("All models failed (2): fake/fake-1: 401 Incorrect API key provided (auth) | fakeanth/claude-fake: ", result.Error, StringComparison.Ordinal);
        Assert.EndsWith("(billing)", result.Error, StringComparison.Ordinal);
        Assert.Matches("^start (reset )+error$", agent.Recorder.Shape("run-1"));
    }

    [Fact]
    public async Task Run_BadRequestWithFallback_IsNotTriedElsewhere()
    {
        await using var agent = await AgentHarness.StartAsync(WithFallback("fakeanth/claude-fake"));
        agent.Server.Enqueue(FakeReply.Error(400, "messages.1 wrong shape"));

        var result = await agent.RunAsync("go");

        Assert.Equal((RunStatus.ModelError, "HTTP 400: messages.1 wrong shape"), (result.Status, result.Error));
        Assert.Single(agent.Server.Requests);
    }

    private static Action<JsonObject> WithFallback(string model) => root =>
        root["agents"]!["defaults"]!["model"]!["fallbacks"] = new JsonArray(model);
}
