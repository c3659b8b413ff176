using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Tests.Agents.Runs;

public sealed class AgentTurnTests
{
    [Fact]
    public async Task Run_StreamedAnswer_ShowsTextPieceByPieceAndEndsOnce()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Text("Hello", " from the", " model."));

        var result = await agent.RunAsync("hi");

        Assert.Equal(RunStatus.Ok, result.Status);
        Assert.Equal("Hello from the model.", Assert.Single(result.Payloads).Text);
        Assert.Equal("start text text text end", agent.Recorder.Shape("run-1"));
        var texts = agent.Recorder.Of("run-1").OfType<AssistantText>().ToList();
        Assert.Equal(["Hello", " from the", " model."], texts.Select(static t => t.Delta));
        Assert.Equal("Hello from the model.", texts[^1].Text.ToString());
    }

    [Fact]
    public async Task Run_Finished_IsInTranscriptWithUsageAndCost()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Text("fine") with { Usage = new FakeUsage(Prompt: 1000, Completion: 20, Cached: 400, Reasoning: 5) });

        var result = await agent.RunAsync("hi");

        var answer = Assert.IsType<AssistantMessage>(agent.Transcripts.Messages()[^1]);
        Assert.Equal((600, 25, 400, 0, 1025), (answer.Usage.Input, answer.Usage.Output, answer.Usage.CacheRead, answer.Usage.CacheWrite, answer.Usage.TotalTokens));
        Assert.Equal(600 / 1e6 + (25 * 2 / 1e6) + (400 * 0.1 / 1e6), answer.Usage.Cost.Total, 12);
        Assert.Equal(("openai-completions", "fake", "fake-1", StopReason.Stop), (answer.Api, answer.Provider, answer.Model, answer.StopReason));
        Assert.Equal(["custom openclaw.run", "UserMessage", "model_change fake/fake-1", "custom model-snapshot", "AssistantMessage"], agent.Transcripts.Entries());
        Assert.Equal(answer.Usage, result.Usage);
        Assert.Equal(128_000, Assert.Single(agent.Transcripts.Recorded).ContextTokens);
    }

    [Fact]
    public async Task Run_SecondTurn_SendsHistoryAndKeepsModelEntrySingle()
    {
        await using var agent = await AgentHarness.StartAsync();
        await agent.RunAsync("one");

        await agent.RunAsync("two");

        Assert.Equal(["one", "two"], agent.Server.Requests[1].Texts("user"));
        Assert.Equal(["echo: one"], agent.Server.Requests[1].Texts("assistant"));
        Assert.Single(agent.Transcripts.Entries(), static entry => entry.StartsWith("model_change", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_ToolCalls_RunInOrderAndTheirResultsGoBack()
    {
        await using var agent = await AgentHarness.StartAsync(tools: [FakeTool.Echo()]);
        agent.Server.Enqueue(
            FakeReply.Script(new TextStep("First a tool."), new ToolStep("echo", """{"value":"a"}"""), new ToolStep("echo", """{"value":"b"}""")),
            FakeReply.Text("Done."));

        var result = await agent.RunAsync("go");

        Assert.Equal("start text tool:echo result:echo tool:echo result:echo text end", agent.Recorder.Shape("run-1"));
        Assert.Equal(["First a tool.", "Done."], result.Payloads.Select(static p => p.Text));
        Assert.Equal(["echoed a", "echoed b"], agent.Server.Requests[1].Texts("tool"));
        Assert.Equal(60, result.Usage.Input + result.Usage.CacheRead);
    }

    [Fact]
    public async Task Run_UnknownToolAndBadArguments_TellModelAndGoOn()
    {
        await using var agent = await AgentHarness.StartAsync(
            tools: [new FakeTool("strict", static (_, _) => throw new InvalidOperationException("must not run"), """{"type":"object","properties":{"n":{"type":"number"}},"required":["n"]}""")]);
        agent.Server.Enqueue(
            FakeReply.Tool("nonsense", "{}"),
            FakeReply.Tool("strict", """{"n":"many"}"""),
            FakeReply.Tool("strict", "{broken"),
            FakeReply.Text("recovered"));

        var result = await agent.RunAsync("go");

        Assert.Equal(RunStatus.Ok, result.Status);
        var results = agent.Transcripts.Messages().OfType<ToolResultMessage>().ToList();
        Assert.Equal("Tool nonsense not found", results[0].Text);
        Assert.Contains("n: must be number", results[1].Text, StringComparison.Ordinal);
        Assert.Contains("not valid JSON", results[2].Text, StringComparison.Ordinal);
        Assert.All(results, static r => Assert.True(r.IsError));
    }

    [Fact]
    public async Task Run_ToolThrows_ModelReadsErrorAsJson()
    {
        await using var agent = await AgentHarness.StartAsync(tools: [new FakeTool("bomb", static (_, _) => throw new InvalidOperationException("boom"))]);
        agent.Server.Enqueue(FakeReply.Tool("bomb", "{}"), FakeReply.Text("ok"));

        var result = await agent.RunAsync("go");

        Assert.Equal(RunStatus.Ok, result.Status);
        Assert.Equal("{\n  \"status\": \"error\",\n  \"tool\": \"bomb\",\n  \"error\": \"boom\"\n}", agent.Transcripts.Messages().OfType<ToolResultMessage>().Single().Text);
    }

    [Fact]
    public async Task Run_ModelError_IsVisibleOnceAndStored()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Error(400, "invalid request: messages.1 wrong shape"));

        var result = await agent.RunAsync("go");

        Assert.Equal(RunStatus.ModelError, result.Status);
        Assert.Equal("HTTP 400: invalid request: messages.1 wrong shape", result.Payloads[0].Text);
        Assert.Equal("start error", agent.Recorder.Shape("run-1"));
        var stored = Assert.IsType<AssistantMessage>(agent.Transcripts.Messages()[^1]);
        Assert.Equal((StopReason.Error, result.Error), (stored.StopReason, stored.ErrorMessage));
    }

    [Fact]
    public async Task Run_AfterFailedTurn_DoesNotSendFailureToModel()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Error(401, "Incorrect API key provided"));
        var failed = await agent.RunAsync("one");

        await agent.RunAsync("two");

        Assert.Equal("401 Incorrect API key provided", failed.Error);
        Assert.Empty(agent.Server.Requests[1].Texts("assistant"));
    }

    [Fact]
    public async Task Run_EmptyAnswer_EndsWithoutPayload()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Script());

        var result = await agent.RunAsync("go");

        Assert.Equal((RunStatus.Ok, 0), (result.Status, result.Payloads.Count));
        Assert.Equal("start end", agent.Recorder.Shape("run-1"));
    }

    [Fact]
    public async Task Run_LengthStop_IsNormalAnswer()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Text("cut off by len") with { FinishReason = "length" });

        var result = await agent.RunAsync("go");

        Assert.Equal((RunStatus.Ok, "cut off by len"), (result.Status, result.Payloads[0].Text));
        Assert.Equal(StopReason.Length, ((AssistantMessage)agent.Transcripts.Messages()[^1]).StopReason);
    }

    [Fact]
    public async Task Run_NoReplySplitInPieces_ShowsNothing()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Text("NO_", "REPLY"));

        var result = await agent.RunAsync("go");

        Assert.Equal("start end", agent.Recorder.Shape("run-1"));
        Assert.Empty(result.Payloads);
    }

    [Fact]
    public async Task Run_ThinkTags_AreHiddenAndStoredAsThinking()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Server.Enqueue(FakeReply.Text("<thi", "nk>sec", "ret</think><fi", "nal>visible</final>"));

        var result = await agent.RunAsync("go");

        Assert.Equal("visible", Assert.Single(result.Payloads).Text);
        Assert.All(agent.Recorder.Of("run-1").OfType<AssistantText>(), static t => Assert.DoesNotContain("sec", t.Text.ToString(), StringComparison.Ordinal));
        var stored = agent.Transcripts.Messages()[^1];
        Assert.Equal([new ThinkingBlock("secret"), new TextBlock("visible")], stored.Content);
    }

    [Fact]
    public async Task Run_TranscriptCannotBeOpened_FailsAlone()
    {
        await using var agent = await AgentHarness.StartAsync();
        agent.Transcripts.OpenFault = new IOException("session file locked");
        var failed = await agent.RunAsync("one");
        agent.Transcripts.OpenFault = null;

        var next = await agent.RunAsync("two");

        Assert.Equal((RunStatus.Failed, "session file locked"), (failed.Status, failed.Error));
        Assert.Equal(RunStatus.Ok, next.Status);
        Assert.Equal("start error", agent.Recorder.Shape("run-1"));
    }

    [Fact]
    public async Task Run_ImageForTextModel_IsLeftOut()
    {
        await using var agent = await AgentHarness.StartAsync();

        await agent.RunAsync(agent.Request("look") with { Images = [new ImageBlock("aGVsbG8=", "image/png")] });

        Assert.DoesNotContain("image_url", agent.Server.Requests[0].Body.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(2, agent.Transcripts.Messages()[0].Content.Count);
    }

    [Fact]
    public async Task Run_ObserverThrows_OthersAndRunGoOn()
    {
        await using var agent = await AgentHarness.StartAsync();

        var result = await agent.RunAsync(agent.Request() with { Observers = [new ThrowingObserver()] });

        Assert.Equal(RunStatus.Ok, result.Status);
        Assert.Equal("start text end", agent.Recorder.Shape("run-1"));
    }

    private sealed class ThrowingObserver : IRunObserver
    {
        public void OnRunEvent(AgentRun run, RunEvent runEvent) => throw new InvalidOperationException("broken listener");
    }
}
