using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Sessions.Lifecycle;
using OpenClaw.Gateway.Core.Sessions.Transcripts;
using OpenClaw.Gateway.Protocol.Methods.Sessions;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Lifecycle;

public sealed class SessionCompactionTests : IAsyncLifetime
{
    private const string Header = """{"type":"session","version":3,"id":"s1","cwd":"/w"}""";

    private readonly SessionsHost _host = new();

    [Fact]
    public async Task Compact_LongTranscript_KeepsHeaderAndLastLinesAndTheOriginal()
    {
        var path = await WriteAsync(10);
        var before = File.ReadAllText(path);
        await _host.StoreAsync("main", e => e.Set("totalTokens", 9).Set("inputTokens", 9).Set("outputTokens", 1));

        var result = await CompactAsync(6);

        Assert.Equal((true, 6L, path + ".bak.2026-11-21T04-00-00.000Z"), (result.Compacted, result.Kept, result.Archived));
        Assert.Equal(before, File.ReadAllText(result.Archived!));
        Assert.Equal([Header, .. Enumerable.Range(5, 5).Select(Line)], File.ReadAllLines(path));
        var entry = await _host.Stores.FindAsync(_host.Key("main"), CancellationToken.None);
        Assert.Null(entry!.TotalTokens);
        Assert.False(File.Exists(path + ".lock"));

        // Once short enough, it stays as it is.
        Assert.Equal((false, 6L), ((await CompactAsync(6)).Compacted, (await CompactAsync(6)).Kept));
    }

    [Fact]
    public async Task Compact_ThenTurn_TheConversationGoesOn()
    {
        await WriteAsync(10);
        await CompactAsync(4);

        using var lease = await _host.Transcripts.OpenAsync(_host.Transcript("s1"), CancellationToken.None);
        await lease.AppendAsync(new MessageEntry(new UserMessage("next", 1)), CancellationToken.None);

        Assert.Equal(["m7", "m8", "m9", "next"], (await lease.ReadContextAsync(CancellationToken.None)).Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task Compact_WhileARunAppends_LosesNothing()
    {
        var path = await WriteAsync(50);
        using var run = await _host.Transcripts.OpenAsync(_host.Transcript("s1"), CancellationToken.None);

        var appends = Task.Run(async () =>
        {
            for (var i = 50; i < 90; i++)
                await run.AppendAsync(new MessageEntry(new UserMessage("m" + i, 1)), CancellationToken.None);
        });
        for (var i = 0; i < 5; i++)
        {
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
            await CompactAsync(45);
        }
        await appends.WithTimeout();

        var context = await run.ReadContextAsync(CancellationToken.None);
        Assert.Equal(Enumerable.Range(50, 40).Select(i => "m" + i), context.Messages.Select(m => m.Text).TakeLast(40));
        Assert.Equal(Header, File.ReadLines(path).First());
    }

    [Theory]
    [InlineData("nosuch", "no sessionId")]
    [InlineData("nofile", "no transcript")]
    public async Task Compact_NothingThere_SaysWhy(string key, string reason)
    {
        await _host.StoreAsync("nofile", e => e.Set("sessionId", "gone"));

        var result = (await Compaction().CompactAsync(key, 400, CancellationToken.None)).Value!;

        Assert.Equal((false, reason), (result.Compacted, result.Reason));
        Assert.Equal("key required", (await Compaction().CompactAsync("", 400, CancellationToken.None)).Error!.Message);
    }

    [Fact]
    public async Task Compact_ToOneLine_KeepsHeaderAndTheLastMessage()
    {
        var path = await WriteAsync(5);

        Assert.Equal(2, (await CompactAsync(1)).Kept);
        Assert.Equal([Header, Line(4)], File.ReadAllLines(path));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    private async Task<string> WriteAsync(int messages)
    {
        await _host.StoreAsync("main", e => e.Set("sessionId", "s1"));
        return _host.WriteTranscript("s1", [Header, .. Enumerable.Range(0, messages).Select(Line)]);
    }

    private SessionCompaction Compaction() => new(_host, _host.Stores, _host.Transcripts, _host.Time);

    private async Task<SessionCompactionResult> CompactAsync(long maxLines) => (await Compaction().CompactAsync("main", maxLines, CancellationToken.None)).Value!;

    private static string Line(int i) =>
        $$$"""{"type":"message","id":"{{{i:x8}}}","parentId":{{{(i == 0 ? "null" : $"\"{i - 1:x8}\"")}}},"message":{"role":"user","content":"m{{{i}}}"}}""";
}
