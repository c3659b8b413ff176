using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Agents.Runs;

public sealed class RunEventMapperTests
{
    private static readonly AgentRun Run = CreateRun();

    [Fact]
    public void Map_StreamedAnswer_NumbersEventsAndThrottlesChat()
    {
        var mapper = new RunEventMapper(Run, VerboseLevel.Off);

        var frames = Map(mapper, new RunStarted(1000), Text(1010, "Hello", "Hello"), Text(1100, "Hello from", " from"), Text(1160, "Hello from me", " me"), new RunEnded(1200, 1000, null));

        Assert.Equal(
            [
                """agent 1 lifecycle {"phase":"start","startedAt":1000}""",
                """agent 2 assistant {"text":"Hello","delta":"Hello"}""",
                "chat 2 delta Hello",
                """agent 3 assistant {"text":"Hello from","delta":" from"}""",
                """agent 4 assistant {"text":"Hello from me","delta":" me"}""",
                "chat 4 delta Hello from me",
                """agent 5 lifecycle {"phase":"end","endedAt":1200}""",
                "chat 5 final Hello from me",
            ],
            frames);
    }

    [Fact]
    public void Pass_TakesANumber_AndTheTextIsInTheFinal()
    {
        var mapper = new RunEventMapper(Run, VerboseLevel.Off);
        mapper.Map(new RunStarted(1000));

        mapper.Pass(Text(1010, "Hello", "Hello"));

        Assert.Equal("chat 3 final Hello", Map(mapper, new RunEnded(1200, 1000, null))[^1]);
    }

    [Fact]
    public void Map_NothingWasSaid_FinalHasNoMessage()
    {
        var mapper = new RunEventMapper(Run, VerboseLevel.Off);

        Assert.Equal("chat 2 final -", Map(mapper, new RunStarted(1), new RunEnded(2, 1, null))[^1]);
    }

    [Fact]
    public void Map_Error_ReachesChatWithItsText()
    {
        var mapper = new RunEventMapper(Run, VerboseLevel.Off);

        var frames = Map(mapper, new RunStarted(1), new RunFailed(5, 1, "HTTP 400: wrong"));

        Assert.Equal("""agent 2 lifecycle {"phase":"error","startedAt":1,"endedAt":5,"error":"HTTP 400: wrong"}""", frames[1]);
        Assert.Equal("chat 2 error - HTTP 400: wrong", frames[2]);
    }

    [Fact]
    public void Map_Abort_EndsLifecycleAndSaysWhy()
    {
        var mapper = new RunEventMapper(Run, VerboseLevel.Off);

        var frames = Map(mapper, new RunStarted(1), Text(2, "word", "word"), new RunEnded(5, 1, RunAbortReason.Rpc));

        Assert.Equal("""agent 3 lifecycle {"phase":"end","startedAt":1,"endedAt":5,"aborted":true}""", frames[^2]);
        Assert.Equal("chat 3 aborted - stop:rpc", frames[^1]);
    }

    [Fact]
    public void Map_TextTakenBack_FinalIsTheNewTextOnly()
    {
        var mapper = new RunEventMapper(Run, VerboseLevel.Off);

        var frames = Map(mapper, new RunStarted(1), Text(2, "partial", "partial"), new AssistantReset(3), Text(4, "whole", "whole"), new RunEnded(5, 1, null));

        Assert.Equal("chat 4 final whole", frames[^1]);
        Assert.Contains("chat 3 delta whole", frames);
    }

    [Fact]
    public void Map_ToolsVerboseOff_AreNotSentButCounted()
    {
        var mapper = new RunEventMapper(Run, VerboseLevel.Off);

        var frames = Map(mapper, [new RunStarted(1), .. ToolEvents(), new RunEnded(9, 1, null)]);

        Assert.Equal(["agent 1", "agent 5", "chat 5"], frames.Select(static f => string.Join(' ', f.Split(' ').Take(2))));
    }

    [Fact]
    public void Map_ToolsVerboseOn_ComeWithoutResults()
    {
        var mapper = new RunEventMapper(Run, VerboseLevel.On);

        Assert.Equal(
            [
                """agent 1 tool {"phase":"start","name":"exec","toolCallId":"c1","args":{"command":"ls"}} tools-only""",
                """agent 2 tool {"phase":"update","name":"exec","toolCallId":"c1"} tools-only""",
                """agent 3 tool {"phase":"result","name":"exec","toolCallId":"c1","meta":"ls","isError":false} tools-only""",
            ],
            Map(mapper, ToolEvents()));
    }

    [Fact]
    public void Map_ToolsVerboseFull_ComeCutAndWithoutPictures()
    {
        var mapper = new RunEventMapper(Run, VerboseLevel.Full);
        var result = new ToolResult([new TextBlock(new string('x', 9000)), new ImageBlock("aGVsbG8=", "image/png")], new JsonObject { ["exitCode"] = 0 });

        var frame = mapper.Map(new ToolFinished(1, "read", "c1", "a.png", false, result))[0];

        var content = frame.Agent!.Data.GetProperty("result").GetProperty("content");
        Assert.Equal(new string('x', 8000) + "\n…(truncated)…", content[0].GetProperty("text").GetString());
        Assert.Equal("""{"type":"image","mimeType":"image/png","bytes":8,"omitted":true}""", content[1].GetRawText());
        Assert.Equal(0, frame.Agent.Data.GetProperty("result").GetProperty("details").GetProperty("exitCode").GetInt32());
    }

    [Fact]
    public void Map_Media_IsNamed()
    {
        var mapper = new RunEventMapper(Run, VerboseLevel.Off);

        var frame = mapper.Map(new AssistantText(1, "see".AsMemory(), "see", ["https://example.com/a.png"]))[0];

        Assert.Equal("""{"text":"see","delta":"see","mediaUrls":["https://example.com/a.png"]}""", frame.Agent!.Data.GetRawText());
    }

    [Fact]
    public void Map_Heartbeat_NeverShowsInChat()
    {
        var run = CreateRun(heartbeat: true);
        var mapper = new RunEventMapper(run, VerboseLevel.Off);

        Assert.All(Map(mapper, new RunStarted(1), Text(2, "HEARTBEAT_OK", "HEARTBEAT_OK"), new RunEnded(3, 1, null)), static f => Assert.StartsWith("agent", f, StringComparison.Ordinal));
    }

    private static RunEvent[] ToolEvents() =>
    [
        new ToolStarted(2, "exec", "c1", new JsonObject { ["command"] = "ls" }),
        new ToolUpdated(3, "exec", "c1", ToolResult.FromText("out")),
        new ToolFinished(4, "exec", "c1", "ls", false, ToolResult.FromText("out")),
    ];

    private static AssistantText Text(long at, string text, string delta) => new(at, text.AsMemory(), delta, null);

    private static List<string> Map(RunEventMapper mapper, params RunEvent[] events) => [.. events.SelectMany(mapper.Map).Select(Describe)];

    private static string Describe(RunFrame frame)
    {
        if (frame.Agent is { } agent)
        {
            Assert.Equal(("r1", "main"), (agent.RunId, agent.SessionKey));
            return $"agent {agent.Seq} {agent.Stream} {agent.Data.GetRawText()}{(frame.ToolRecipientsOnly ? " tools-only" : "")}";
        }
        var chat = frame.Chat!;
        Assert.Equal(chat.State == "delta", frame.DropIfSlow);
        var text = chat.Message is { } message ? message.GetProperty("content")[0].GetProperty("text").GetString() : "-";
        return $"chat {chat.Seq} {chat.State} {text}{(chat.ErrorMessage is { } error ? " " + error : "")}{(chat.StopReason is { } stop ? " stop:" + stop : "")}";
    }

    private static AgentRun CreateRun(bool heartbeat = false) => new(
        new RunRequest { RunId = "r1", Session = new SessionAddress("main", "agent:main:main", "id"), EventSessionKey = "main", Message = "", IsHeartbeat = heartbeat },
        [],
        [],
        new ManualTimeProvider(),
        static _ => { });
}
