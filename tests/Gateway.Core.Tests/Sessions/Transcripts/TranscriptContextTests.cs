using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Sessions.Transcripts;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Transcripts;

public sealed class TranscriptContextTests : IAsyncLifetime
{
    private const string Header = """{"type":"session","version":3,"id":"s1","cwd":"/w"}""";

    private readonly SessionsHost _host = new();

    [Fact]
    public async Task Read_Branches_FollowsTheLastLineToTheRoot()
    {
        var context = await ReadAsync(User("a", null, "one"), User("b", "a", "left"), Assistant("c", "a", "answer"));

        Assert.Equal(["one", "answer"], context.Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task Read_Circle_EndsWhereItBegan()
    {
        var context = await ReadAsync(User("a", "b", "one"), User("b", "a", "two"));
        Assert.Equal(["one", "two"], context.Messages.Select(m => m.Text));

        context = await ReadAsync(User("a", "a", "self"));
        Assert.Equal(["self"], context.Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task Read_Settings_AreThoseOfTheBranch()
    {
        var context = await ReadAsync(
            """{"type":"model_change","id":"a","parentId":null,"provider":"p","modelId":"m1"}""",
            """{"type":"thinking_level_change","id":"b","parentId":"a","thinkingLevel":"high"}""",
            User("c", "b", "one"),
            """{"type":"model_change","id":"x","parentId":"c","provider":"p","modelId":"left"}""",
            User("d", "c", "two"));

        Assert.Equal(("p", "m1"), context.LastModel);
        Assert.Equal("high", context.ThinkingLevel);
    }

    [Fact]
    public async Task Read_Compaction_GivesSummaryThenKeptThenNew()
    {
        var context = await ReadAsync(
            User("a", null, "old"),
            Assistant("b", "a", "old answer"),
            User("c", "b", "kept"),
            Assistant("d", "c", "kept answer"),
            """{"type":"compaction","id":"e","parentId":"d","timestamp":"2026-11-21T04:33:27.663Z","summary":"what was","firstKeptEntryId":"c","tokensBefore":9}""",
            User("f", "e", "new"));

        Assert.Equal(["kept", "kept answer", "new"], context.Messages.Skip(1).Select(m => m.Text));
        var summary = Assert.IsType<UserMessage>(context.Messages[0]);
        Assert.Contains("<summary>\nwhat was\n</summary>", summary.Text, StringComparison.Ordinal);
        Assert.Equal(1795235607663, summary.TimestampMs);
    }

    [Fact]
    public async Task Read_CompactionWhoseKeptEntryIsGone_KeepsWhatCameAfter()
    {
        var context = await ReadAsync(
            User("c", "cut", "before"),
            """{"type":"compaction","id":"e","parentId":"c","summary":"what was","firstKeptEntryId":"cut"}""",
            User("f", "e", "new"));

        Assert.Equal(["new"], context.Messages.Skip(1).Select(m => m.Text));
    }

    [Fact]
    public async Task Read_NotesAndBranchSummaries_AreTheUsers()
    {
        var context = await ReadAsync(
            """{"type":"custom_message","id":"a","parentId":null,"timestamp":"2026-11-21T04:00:00Z","customType":"x","content":"note","display":false}""",
            """{"type":"custom","id":"b","parentId":"a","customType":"x","data":{}}""",
            """{"type":"branch_summary","id":"c","parentId":"b","fromId":"a","summary":"there"}""",
            """{"type":"label","id":"d","parentId":"c","targetId":"a","label":"l"}""");

        Assert.All(context.Messages, m => Assert.IsType<UserMessage>(m));
        Assert.Equal("note", context.Messages[0].Text);
        Assert.Contains("there", context.Messages[1].Text, StringComparison.Ordinal);
        Assert.Equal(2, context.Messages.Count);
    }

    [Fact]
    public async Task Read_FailedAnswers_AreDroppedWithTheirToolCalls()
    {
        var context = await ReadAsync(
            User("a", null, "one"),
            Assistant("b", "a", "broken", "error"),
            Assistant("c", "b", "stopped", "aborted", Call("x")),
            Result("d", "c", "x", "late"),
            Assistant("e", "d", "good"));

        Assert.Equal(["one", "good"], context.Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task Read_ToolCalls_HaveExactlyOneResultEach()
    {
        var context = await ReadAsync(
            User("a", null, "one"),
            Assistant("b", "a", "work", "toolUse", Call("x"), Call("y"), Call("z")),
            Result("c", "b", "y", "second"),
            User("d", "c", "meanwhile"),
            Result("e", "d", "x", "first"),
            Result("f", "e", "x", "again"),
            Result("g", "f", "unasked", "?"),
            Assistant("h", "g", "done"));

        Assert.Equal(["one", "work", "first", "second", "No result provided", "meanwhile", "done"], context.Messages.Select(m => m.Text));
        var missing = Assert.IsType<ToolResultMessage>(context.Messages[4]);
        Assert.True(missing.IsError);
        Assert.Equal(("z", "read"), (missing.ToolCallId, missing.ToolName));
    }

    [Fact]
    public async Task Read_OddMessages_DoNotCostTheHistory()
    {
        var context = await ReadAsync(
            """{"type":"message","id":"a","parentId":null}""",
            """{"type":"message","id":"b","parentId":"a","message":7}""",
            """{"type":"message","id":"c","parentId":"b","message":{"role":"alien","content":"x"}}""",
            """{"type":"message","id":"d","parentId":"c","message":{"role":"user","content":[7,null,{"type":"text"},{"type":"new","x":1},{"type":"text","text":"fine"}],"timestamp":"late"}}""",
            """{"type":"message","id":"e","parentId":"d","message":{"role":"assistant","content":{"x":1},"usage":{"input":"many","cost":5},"stopReason":9}}""");

        Assert.Equal(["fine", ""], context.Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task Read_StoredAnswer_HasAllItsParts()
    {
        var context = await ReadAsync(
            User("a", null, "one"),
            """{"type":"message","id":"b","parentId":"a","message":{"role":"assistant","content":[{"type":"thinking","thinking":"t","thinkingSignature":"ts"},{"type":"text","text":"x","textSignature":"xs"},{"type":"toolCall","id":"c1","name":"read","arguments":{"path":"p"},"thoughtSignature":"cs"}],"api":"openai-completions","provider":"p","model":"m","usage":{"input":1,"output":2,"cacheRead":3,"cacheWrite":4,"totalTokens":10,"cost":{"input":0.1,"output":0.2,"cacheRead":0.3,"cacheWrite":0.4,"total":1}},"stopReason":"toolUse","timestamp":5}}""");

        var answer = Assert.IsType<AssistantMessage>(context.Messages[1]);
        Assert.Equal(new ThinkingBlock("t", "ts"), answer.Content[0]);
        Assert.Equal(new TextBlock("x", "xs"), answer.Content[1]);
        var call = Assert.Single(answer.ToolCalls);
        Assert.Equal(("c1", "read", "cs", "p"), (call.Id, call.Name, call.Signature, (string?)call.Arguments["path"]));
        Assert.Equal(new TokenUsage(1, 2, 3, 4, 10) { Cost = new TokenCost(0.1, 0.2, 0.3, 0.4) }, answer.Usage);
        Assert.Equal((StopReason.ToolUse, 5L), (answer.StopReason, answer.TimestampMs));
    }

    [Fact]
    public async Task OpenForRun_LastUserMessageWasNeverAnswered_TheNextTakesItsPlace()
    {
        _host.WriteTranscript("s1", Header, User("a", null, "one"), Assistant("b", "a", "answer"), User("c", "b", "stopped"));
        var transcripts = new SessionTranscripts(_host, _host.Stores, _host.Transcripts, _host.Time);

        await using var transcript = await transcripts.OpenAsync(new SessionAddress("main", "agent:main:main", "s1"), "/work", [], CancellationToken.None);
        Assert.Equal(["one", "answer"], transcript.Context.Select(m => m.Text));
        await transcript.AppendMessageAsync(new UserMessage("two", 1), CancellationToken.None);

        var lines = File.ReadAllLines(_host["s1.jsonl"]);
        Assert.Equal(5, lines.Length);
        Assert.Contains("\"parentId\":\"b\"", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenForRun_OnlyMessageWasNeverAnswered_TheNextIsTheFirst()
    {
        _host.WriteTranscript("s1", Header, User("a", null, "stopped"));
        var transcripts = new SessionTranscripts(_host, _host.Stores, _host.Transcripts, _host.Time);

        await using var transcript = await transcripts.OpenAsync(new SessionAddress("main", "agent:main:main", "s1"), "/work", [], CancellationToken.None);
        Assert.Empty(transcript.Context);
        await transcript.AppendMessageAsync(new UserMessage("two", 1), CancellationToken.None);

        Assert.Contains("\"parentId\":null", File.ReadAllLines(_host["s1.jsonl"])[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenForRun_HostileSessionId_IsRefused()
    {
        var transcripts = new SessionTranscripts(_host, _host.Stores, _host.Transcripts, _host.Time);

        await Assert.ThrowsAsync<IOException>(() => transcripts.OpenAsync(new SessionAddress("main", "agent:main:main", "../../x"), "/work", [], CancellationToken.None));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    private async Task<TranscriptContext> ReadAsync(params string[] lines)
    {
        _host.WriteTranscript("s1", [Header, .. lines]);
        using var lease = await _host.Transcripts.OpenAsync(_host.Transcript("s1"), CancellationToken.None);
        return await lease.ReadContextAsync(CancellationToken.None);
    }

    private static string Parent(string? id) => id is null ? "null" : $"\"{id}\"";

    private static string User(string id, string? parent, string text) =>
        $$$"""{"type":"message","id":"{{{id}}}","parentId":{{{Parent(parent)}}},"message":{"role":"user","content":"{{{text}}}","timestamp":1}}""";

    private static string Assistant(string id, string parent, string text, string stop = "stop", params string[] calls) =>
        $$$"""{"type":"message","id":"{{{id}}}","parentId":"{{{parent}}}","message":{"role":"assistant","content":[{{{string.Join(',', [$$"""{"type":"text","text":"{{text}}"}""", .. calls])}}}],"stopReason":"{{{stop}}}","timestamp":1}}""";

    private static string Call(string id) => $$$"""{"type":"toolCall","id":"{{{id}}}","name":"read","arguments":{}}""";

    private static string Result(string id, string parent, string call, string text) =>
        $$$"""{"type":"message","id":"{{{id}}}","parentId":"{{{parent}}}","message":{"role":"toolResult","toolCallId":"{{{call}}}","toolName":"read","content":[{"type":"text","text":"{{{text}}}"}],"isError":false}}""";
}
