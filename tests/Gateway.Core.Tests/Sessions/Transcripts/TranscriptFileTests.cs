using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Gateway.Core.Sessions.Transcripts;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Transcripts;

public sealed class TranscriptFileTests : IAsyncLifetime
{
    private readonly SessionsHost _host = new();

    private string Path => _host["s1.jsonl"];

    [Fact]
    public async Task Append_FirstMessage_WritesHeaderAndMessageAtOnce()
    {
        using var lease = await OpenAsync();
        var setting = await lease.AppendAsync(new ModelChangeEntry("fake", "fake-1"), CancellationToken.None);
        Assert.False(File.Exists(Path));

        var message = await lease.AppendAsync(new MessageEntry(new UserMessage("hi <b> 🦞", 7)), CancellationToken.None);

        var lines = File.ReadAllLines(Path);
        Assert.Equal("""{"type":"session","version":3,"id":"s1","timestamp":"2026-11-21T04:00:00.000Z","cwd":"/work"}""", lines[0]);
        Assert.Equal($$"""{"type":"model_change","id":"{{setting}}","parentId":null,"timestamp":"2026-11-21T04:00:00.000Z","provider":"fake","modelId":"fake-1"}""", lines[1]);
        var stored = JsonNode.Parse(lines[2])!;
        Assert.Equal((message, setting), ((string?)stored["id"], (string?)stored["parentId"]));
        Assert.Equal("hi <b> 🦞", (string?)stored["message"]!["content"]![0]!["text"]);
        Assert.Equal(7, (long?)stored["message"]!["timestamp"]);
        Assert.Matches("^[0-9a-f]{8}$", message);
        Assert.Equal(3, lines.Length);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
    }

    [Fact]
    public async Task Append_SeveralTogether_FollowOneAnother()
    {
        using var lease = await OpenAsync();
        var mark = new CustomEntry("mark", new JsonObject { ["n"] = 1 });

        await lease.AppendAsync([mark, mark], CancellationToken.None);
        Assert.False(File.Exists(Path));
        await lease.AppendAsync([mark, new MessageEntry(new UserMessage("hi", 7))], CancellationToken.None);
        await lease.AppendAsync([mark], CancellationToken.None);

        var entries = File.ReadAllLines(Path).Skip(1).Select(static line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(["custom", "custom", "custom", "message", "custom"], entries.Select(static entry => (string?)entry["type"]));
        Assert.Equal([null, .. entries.SkipLast(1).Select(static entry => (string?)entry["id"])], entries.Select(static entry => (string?)entry["parentId"]));
        Assert.Equal((string?)entries[^1]["id"], lease.File.LeafId);
    }

    [Fact]
    public async Task Dispose_NoMessage_LeavesNoFileAndNoLock()
    {
        using (var lease = await OpenAsync())
            await lease.AppendAsync(new ThinkingLevelChangeEntry("high"), CancellationToken.None);

        Assert.Empty(Directory.GetFiles(_host.SessionsDirectory));
    }

    [Fact]
    public async Task Append_AssistantAndToolMessages_AreStoredInThePeersShape()
    {
        using var lease = await OpenAsync();
        await lease.AppendAsync(new MessageEntry(new UserMessage([new TextBlock("see"), new ImageBlock("AA==", "image/png")], 1)), CancellationToken.None);
        await lease.AppendAsync(
            new MessageEntry(new AssistantMessage(
                [new ThinkingBlock("hm", "sig"), new TextBlock("ok"), new ToolCallBlock("c1", "read", new JsonObject { ["path"] = "x" })], 2)
            {
                Api = "openai-completions",
                Provider = "fake",
                Model = "fake-1",
                StopReason = StopReason.ToolUse,
                Usage = new TokenUsage(10, 5, 1, 0, 16) { Cost = new TokenCost(0.5, 0.25, 0, 0) },
            }),
            CancellationToken.None);
        await lease.AppendAsync(
            new MessageEntry(new ToolResultMessage([new TextBlock("data")], 3) { ToolCallId = "c1", ToolName = "read", Details = new JsonObject { ["n"] = 1 }, IsError = true }),
            CancellationToken.None);

        var messages = File.ReadAllLines(Path).Skip(1).Select(line => JsonNode.Parse(line)!["message"]!.ToJsonString()).ToList();
        Assert.Equal(
            [
                """{"role":"user","content":[{"type":"text","text":"see"},{"type":"image","data":"AA==","mimeType":"image/png"}],"timestamp":1}""",
                """{"role":"assistant","content":[{"type":"thinking","thinking":"hm","thinkingSignature":"sig"},{"type":"text","text":"ok"},{"type":"toolCall","id":"c1","name":"read","arguments":{"path":"x"}}],"api":"openai-completions","provider":"fake","model":"fake-1","usage":{"input":10,"output":5,"cacheRead":1,"cacheWrite":0,"totalTokens":16,"cost":{"input":0.5,"output":0.25,"cacheRead":0,"cacheWrite":0,"total":0.75}},"stopReason":"toolUse","timestamp":2}""",
                """{"role":"toolResult","toolCallId":"c1","toolName":"read","content":[{"type":"text","text":"data"}],"details":{"n":1},"isError":true,"timestamp":3}""",
            ],
            messages);
    }

    [Fact]
    public async Task Append_EveryKindOfEntry_CanBeReadBack()
    {
        using (var lease = await OpenAsync())
        {
            var first = await lease.AppendAsync(User("a"), CancellationToken.None);
            await lease.AppendAsync(new CustomEntry("model-snapshot", new JsonObject { ["x"] = 1 }), CancellationToken.None);
            await lease.AppendAsync(new CustomMessageEntry("note", [new TextBlock("n")], Display: true), CancellationToken.None);
            await lease.AppendAsync(new LabelEntry(first, "mark"), CancellationToken.None);
            await lease.AppendAsync(new LabelEntry(first, null), CancellationToken.None);
            await lease.AppendAsync(new SessionInfoEntry("name"), CancellationToken.None);
            await lease.AppendAsync(new BranchSummaryEntry(first, "left"), CancellationToken.None);
            await lease.AppendAsync(new CompactionEntry("sum", first, 100, new JsonObject { ["readFiles"] = new JsonArray() }, FromHook: false), CancellationToken.None);
        }

        using var again = await OpenAsync();
        Assert.Equal(
            [
                TranscriptEntryKind.Message, TranscriptEntryKind.Custom, TranscriptEntryKind.CustomMessage, TranscriptEntryKind.Label,
                TranscriptEntryKind.Label, TranscriptEntryKind.SessionInfo, TranscriptEntryKind.BranchSummary, TranscriptEntryKind.Compaction,
            ],
            again.File.Index.Entries.Select(e => e.Kind));
        Assert.Equal(again.File.Index.Entries[^1].Id, again.File.LeafId);
        Assert.Equal(8, again.File.Index.PathTo(again.File.LeafId).Count);
    }

    [Fact]
    public async Task Append_TextWithHalfASurrogatePair_StaysReadable()
    {
        using var lease = await OpenAsync();
        await lease.AppendAsync(User("cut \ud83d here"), CancellationToken.None);

        var context = await lease.ReadContextAsync(CancellationToken.None);
        Assert.Equal("cut \ufffd here", Assert.Single(context.Messages).Text);
    }

    [Fact]
    public async Task Open_SecondUserInTheSameProcess_SharesTheFile()
    {
        using var run = await OpenAsync();
        await run.AppendAsync(User("question"), CancellationToken.None);
        using (var note = await OpenAsync().WithTimeout())
            await note.AppendAsync(User("note"), CancellationToken.None);

        await run.AppendAsync(User("more"), CancellationToken.None);

        Assert.True(File.Exists(Path + ".lock"));
        Assert.Equal(3, run.File.Index.PathTo(run.File.LeafId).Count);
        run.Dispose();
        Assert.False(File.Exists(Path + ".lock"));
    }

    [Fact]
    public async Task Open_HeldByAnotherProcess_FailsAfterTenSeconds()
    {
        Directory.CreateDirectory(_host.SessionsDirectory);
        File.WriteAllText(Path + ".lock", "{\"pid\":1,\"createdAt\":\"2026-11-21T04:00:00.000Z\"}");

        var opening = OpenAsync();
        while (!opening.IsCompleted)
        {
            await TestTimeouts.Until(() => _host.Clock.ArmedTimers > 0 || opening.IsCompleted, "the opener sleeps");
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        var failure = await Assert.ThrowsAsync<LockTimeoutException>(() => opening);
        Assert.StartsWith("session file locked (timeout 10000ms): pid=1 ", failure.Message, StringComparison.Ordinal);

        File.Delete(Path + ".lock");
        (await OpenAsync().WithTimeout()).Dispose();
    }

    [Fact]
    public async Task Append_LinesWrittenByAnotherProgram_AreFollowed()
    {
        using var lease = await OpenAsync();
        var own = await lease.AppendAsync(User("a"), CancellationToken.None);
        File.AppendAllText(Path, $$$"""{"type":"message","id":"feedbeef","parentId":"{{{own}}}","timestamp":"2026-11-21T04:00:00.000Z","message":{"role":"assistant","content":[]}}""" + "\n");

        await lease.AppendAsync(User("b"), CancellationToken.None);

        Assert.Equal("feedbeef", (string?)JsonNode.Parse(File.ReadAllLines(Path)[^1])!["parentId"]);
    }

    [Fact]
    public async Task Append_FileWasTakenAway_StartsAWholeNewOne()
    {
        using var lease = await OpenAsync();
        await lease.AppendAsync(User("a"), CancellationToken.None);
        File.Move(Path, Path + ".deleted");

        await lease.AppendAsync(User("b"), CancellationToken.None);

        var lines = File.ReadAllLines(Path);
        Assert.Contains("\"type\":\"session\"", lines[0], StringComparison.Ordinal);
        Assert.Null((string?)JsonNode.Parse(lines[1])!["parentId"]);
    }

    [Fact]
    public async Task Append_DiskRefuses_LeavesNothingOfTheEntry()
    {
        using var lease = await OpenAsync();
        await lease.AppendAsync(User("a"), CancellationToken.None);
        var before = File.ReadAllBytes(Path);

        File.SetAttributes(Path, FileAttributes.ReadOnly);
        if (CanStillWrite())
            return; // The superuser may write everything; the kill test covers the rest.
        await Assert.ThrowsAnyAsync<Exception>(() => lease.AppendAsync(User("b"), CancellationToken.None));
        Assert.Equal(before, File.ReadAllBytes(Path));
    }

    [Fact]
    public async Task Append_ManyAtOnce_GivesOneChain()
    {
        using var lease = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => lease.AppendAsync(User("m" + i), CancellationToken.None))).WithTimeout();

        using var scanned = await OpenAsync();
        Assert.Equal(50, scanned.File.Index.PathTo(scanned.File.LeafId).Count);
        Assert.Equal(51, File.ReadAllLines(Path).Length);
    }

    [Fact]
    public async Task BranchAt_EarlierEntry_LeavesTheRestInTheFileOnly()
    {
        using var lease = await OpenAsync();
        var first = await lease.AppendAsync(User("one"), CancellationToken.None);
        await lease.AppendAsync(User("left"), CancellationToken.None);
        lease.File.BranchAt(first);
        await lease.AppendAsync(User("two"), CancellationToken.None);

        var context = await lease.ReadContextAsync(CancellationToken.None);
        Assert.Equal(["one", "two"], context.Messages.Select(m => m.Text));
        Assert.Equal(4, File.ReadAllLines(Path).Length);
        Assert.Throws<ArgumentException>(() => lease.File.BranchAt("nope"));
    }

    [Fact]
    public async Task Append_HugeToolResult_IsCutWhenStored()
    {
        using var lease = await OpenAsync();
        await lease.AppendAsync(
            new MessageEntry(new ToolResultMessage([new TextBlock(new string('x', 900_000)), new TextBlock(new string('y', 100_000))], 1) { ToolCallId = "c", ToolName = "t" }),
            CancellationToken.None);

        var texts = JsonNode.Parse(File.ReadAllLines(Path)[1])!["message"]!["content"]!.AsArray().Select(b => (string)b!["text"]!).ToList();
        Assert.InRange(texts.Sum(t => t.Length), 390_000, ToolResultLimit.MaxChars);
        Assert.Contains("Cut when stored", texts[0], StringComparison.Ordinal);
        Assert.InRange(texts[1].Length, 30_000, 45_000);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    private Task<TranscriptLease> OpenAsync() => _host.Transcripts.OpenAsync(_host.Transcript("s1"), CancellationToken.None);

    private static MessageEntry User(string text) => new(new UserMessage(text, 1));

    private bool CanStillWrite()
    {
        try
        {
            using var stream = File.Open(Path, FileMode.Open, FileAccess.Write);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
