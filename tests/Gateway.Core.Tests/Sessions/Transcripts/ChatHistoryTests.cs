using System.Text.Json;
using OpenClaw.Gateway.Core.Sessions.Json;
using OpenClaw.Gateway.Core.Sessions.Transcripts;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Transcripts;

public sealed class ChatHistoryTests : IAsyncLifetime
{
    private const string Header = """{"type":"session","version":3,"id":"s1","cwd":"/w"}""";

    private readonly SessionsHost _host = new();

    [Theory]
    [InlineData("[Sat 2026-11-21 05:33 GMT+1] after reset\n[message_id: d9eb7500-0f98]", "after reset")]
    [InlineData("[Telegram Ann +5m 2026-11-21 05:14 GMT+1] hi", "hi")]
    [InlineData("[WhatsApp +49] hi", "hi")]
    [InlineData("[2026-11-21T05:14Z] hi", "hi")]
    [InlineData("[Zalo Personal x] hi", "hi")]
    [InlineData("[note] hi", "[note] hi")]
    [InlineData("[WebChat] hi", "[WebChat] hi")]
    [InlineData("a [Sat 2026-11-21 05:33 GMT+1] b", "a [Sat 2026-11-21 05:33 GMT+1] b")]
    [InlineData("a\r\n [Message_ID: x] \r\n[message_id: y]\nb", "a\nb")]
    [InlineData("say [message_id: x]", "say [message_id: x]")]
    [InlineData("", "")]
    public void Strip_Text_LosesOnlyWhatTheGatewayAdded(string text, string expected) => Assert.Equal(expected, EnvelopeText.Strip(text));

    [Fact]
    public void Strip_HostileLongLines_TakeLinearTime()
    {
        // With a backtracking pattern each of these takes longer than anybody waits.
        var text = "x\n[message_id:" + new string(' ', 2_000_000) + "\n[" + new string('[', 2_000_000) + "\n" + new string(' ', 2_000_000) + "]";

        Assert.Equal(text, EnvelopeText.Strip(text));
    }

    [Fact]
    public async Task Read_Transcript_ShowsAllBranchesInFileOrderWithCleanUserTexts()
    {
        var messages = await ReadAsync(
            200,
            """{"type":"model_change","id":"0","parentId":null,"provider":"p","modelId":"m"}""",
            """{"type":"message","id":"a","parentId":null,"message":{"role":"user","content":[{"type":"text","text":"[Sat 2026-11-21 05:33 GMT+1] one\n[message_id: 1]","x":1.0},{"type":"image","data":"AA=="}],"timestamp":1}}""",
            """{"type":"message","id":"b","parentId":null,"message":{"role":"user","content":"[WebChat x] two"}}""",
            """{"type":"compaction","id":"c","parentId":"b","timestamp":"2026-11-21T04:33:27.663Z","summary":"s","firstKeptEntryId":"a"}""",
            """{"type":"message","id":"d","parentId":"c","message":{"role":"assistant","content":[{"type":"text","text":"[WebChat x] \ud83d"}],"usage":{"input":1.50}}}""",
            "{ broken \"message\":{\"role\":\"user\"}",
            """{"message":{"role":"user","text":"[WebChat x] three"}}""");

        Assert.Equal(
            [
                """{"role":"user","content":[{"type":"text","text":"one","x":1.0},{"type":"image","data":"AA=="}],"timestamp":1}""",
                """{"role":"user","content":"two"}""",
                """{"role":"system","content":[{"type":"text","text":"Compaction"}],"timestamp":1795235607663,"__openclaw":{"kind":"compaction","id":"c"}}""",
                """{"role":"assistant","content":[{"type":"text","text":"[WebChat x] �"}],"usage":{"input":1.50}}""",
                """{"role":"user","text":"three"}""",
            ],
            messages.Select(m => m.ToString()));
    }

    [Fact]
    public async Task Read_Limit_GivesTheLastOnes()
    {
        var lines = Enumerable.Range(0, 1500).Select(static i => $$$"""{"type":"message","id":"{{{i}}}","message":{"role":"user","content":"m{{{i}}}"}}""").ToArray();

        Assert.Equal(["m1498", "m1499"], (await ReadAsync(2, lines)).Select(Text));
        Assert.Equal(1000, (await ReadAsync(5000, lines)).Count);
    }

    [Fact]
    public async Task Read_MoreThanSixMebibytes_DropsTheOldest()
    {
        var text = new string('x', 1_000_000);
        var lines = Enumerable.Range(0, 10).Select(i => $$$"""{"type":"message","id":"{{{i}}}","message":{"role":"user","content":"{{{i}}}{{{text}}}"}}""").ToArray();

        var messages = await ReadAsync(200, lines);

        Assert.Equal(6, messages.Count);
        Assert.Equal('9', Text(messages[^1])[0]);
        Assert.InRange(messages.Sum(m => m.Utf8.Length) + messages.Count + 1, 1, ChatHistory.MaxBytes);
    }

    [Fact]
    public async Task Read_OneMessageBeyondTheLimit_IsStillShown()
    {
        var messages = await ReadAsync(200, $$$"""{"type":"message","id":"a","message":{"role":"user","content":"{{{new string('x', 7_000_000)}}}"}}""");

        Assert.Single(messages);
    }

    [Fact]
    public async Task Read_LinesOfEveryLengthAroundTheBlockSize_AreAllFound()
    {
        foreach (var length in new[] { 1, 65_400, 65_535, 65_536, 65_537, 131_072, 200_000 })
        {
            var lines = Enumerable.Range(0, 3).Select(i => $$$"""{"type":"message","id":"{{{i}}}","message":{"role":"user","content":"{{{i}}}{{{new string('y', length)}}}"}}""").ToArray();
            Assert.Equal(["0", "1", "2"], (await ReadAsync(200, lines)).Select(m => Text(m)[..1]));
        }
    }

    [Fact]
    public async Task Read_NoFile_IsEmpty() => Assert.Empty(await ChatHistory.ReadAsync(_host["none.jsonl"], 5, CancellationToken.None));

    [Fact]
    public async Task Read_WhileARunHoldsTheSession_ShowsWhatIsOnDisk()
    {
        using var run = await _host.Transcripts.OpenAsync(_host.Transcript("s1"), CancellationToken.None);
        await run.AppendAsync(new MessageEntry(new Core.Agents.Messages.UserMessage("[WebChat x] hi", 5)), CancellationToken.None);

        var messages = await ChatHistory.ReadAsync(_host["s1.jsonl"], 5, CancellationToken.None);

        Assert.Equal("""{"role":"user","content":[{"type":"text","text":"hi"}],"timestamp":5}""", Assert.Single(messages).ToString());
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    private async Task<IReadOnlyList<RawJson>> ReadAsync(int limit, params string[] lines)
    {
        var messages = await ChatHistory.ReadAsync(_host.WriteTranscript("s1", [Header, .. lines]), limit, CancellationToken.None);
        Assert.All(messages, static m => JsonDocument.Parse(m.Utf8).Dispose());
        return messages;
    }

    private static string Text(RawJson message) => message["content"].AsString()!;
}
