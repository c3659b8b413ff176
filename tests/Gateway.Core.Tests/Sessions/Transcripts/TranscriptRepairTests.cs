using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Sessions.Transcripts;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Transcripts;

public sealed class TranscriptRepairTests : IAsyncLifetime
{
    private const string Header = """{"type":"session","version":3,"id":"s1","timestamp":"2026-11-21T04:00:00.000Z","cwd":"/w"}""";

    private readonly SessionsHost _host = new();

    [Fact]
    public async Task Open_TornAtEveryByte_KeepsAllWholeLinesAndTheOriginal()
    {
        string[] lines = [Header, Line("0000000a", null, "één 🦞"), Line("0000000b", "0000000a", "two")];
        var whole = Encoding.UTF8.GetBytes(string.Concat(lines.Select(static l => l + "\n")));
        var ends = lines.Select((_, i) => Encoding.UTF8.GetByteCount(string.Concat(lines.Take(i + 1).Select(static l => l + "\n")))).ToArray();

        for (var length = 1; length < whole.Length; length++)
        {
            var path = _host["s1.jsonl"];
            Directory.CreateDirectory(_host.SessionsDirectory);
            await File.WriteAllBytesAsync(path, whole[..length]);
            _host.Clock.Advance(TimeSpan.FromMilliseconds(1));

            using (var lease = await _host.Transcripts.OpenAsync(_host.Transcript("s1"), CancellationToken.None))
                await lease.AppendAsync(new MessageEntry(new UserMessage("next", 1)), CancellationToken.None);

            // A line that only lost its line feed is whole.
            var kept = ends.Count(end => length >= end - 1);
            var after = File.ReadAllLines(path);
            Assert.Equal(Math.Max(kept, 1) + 1, after.Length);
            Assert.Equal("session", (string?)JsonNode.Parse(after[0])!["type"]);
            for (var i = 1; i < kept; i++)
                Assert.Equal(lines[i], after[i]);
            Assert.Equal(kept < 2 ? null : kept == 2 ? "0000000a" : "0000000b", (string?)JsonNode.Parse(after[^1])!["parentId"]);

            var isWhole = ends.Any(end => length == end || length == end - 1);
            var backups = Directory.GetFiles(_host.SessionsDirectory, "s1.jsonl.bak-*");
            Assert.Equal(isWhole ? 0 : 1, backups.Length);
            foreach (var backup in backups)
            {
                Assert.Equal(whole[..length], await File.ReadAllBytesAsync(backup));
                File.Delete(backup);
            }
        }
    }

    [Fact]
    public async Task Open_TailOfZeros_IsCutOff()
    {
        // What some file systems leave after a power cut.
        var path = _host.WriteTranscript("s1", Header, Line("0000000a", null, "one"));
        File.AppendAllText(path, new string('\0', 500));

        using var lease = await OpenAsync();

        Assert.Equal(["one"], (await lease.ReadContextAsync(CancellationToken.None)).Messages.Select(m => m.Text));
        Assert.EndsWith("}\n", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_UnreadableLinesInTheMiddle_ArePassedOverButKept()
    {
        var path = _host.WriteTranscript("s1", Header, Line("0000000a", null, "one"), "{ broken", "", "[1]", "\"text\"", "{\"\\ud83d\":1}", Line("0000000b", "0000000a", "two"));
        var before = File.ReadAllText(path);

        using var lease = await OpenAsync();
        var context = await lease.ReadContextAsync(CancellationToken.None);
        await lease.AppendAsync(new MessageEntry(new UserMessage("three", 1)), CancellationToken.None);

        Assert.Equal(["one", "two"], context.Messages.Select(m => m.Text));
        Assert.Equal(4, lease.File.Index.MalformedLines);
        Assert.StartsWith(before, File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_HeaderIsGone_IsGivenOneAndTheHistoryStays()
    {
        // What the peer leaves behind after shortening a transcript.
        var path = _host.WriteTranscript("s1", Line("0000000b", "0000000a", "two"), Line("0000000c", "0000000b", "three"));
        var before = File.ReadAllText(path);

        using var lease = await OpenAsync();

        Assert.Equal(["two", "three"], (await lease.ReadContextAsync(CancellationToken.None)).Messages.Select(m => m.Text));
        var lines = File.ReadAllLines(path);
        Assert.Equal("""{"type":"session","version":3,"id":"s1","timestamp":"2026-11-21T04:00:00.000Z","cwd":"/work"}""", lines[0]);
        Assert.Equal(before, string.Concat(lines.Skip(1).Select(static l => l + "\n")));
        Assert.Equal(before, File.ReadAllText(Assert.Single(Directory.GetFiles(_host.SessionsDirectory, "*.bak-*"))));
    }

    [Theory]
    [InlineData("""{"type":"session","version":3,"timestamp":"t","cwd":"/w"}""")]
    [InlineData("""{"type":"session","version":3,"id":"","cwd":"/w"}""")]
    [InlineData("""{"type":"session","version":3,"id":7}""")]
    public async Task Open_HeaderWithoutId_IsReplaced(string header)
    {
        var path = _host.WriteTranscript("s1", header, Line("0000000a", null, "one"));

        using var lease = await OpenAsync();

        Assert.Equal(["one"], (await lease.ReadContextAsync(CancellationToken.None)).Messages.Select(m => m.Text));
        Assert.Equal("s1", (string?)JsonNode.Parse(File.ReadAllLines(path)[0])!["id"]);
    }

    [Fact]
    public async Task Open_HeaderIsNotFirst_IsMovedToTheFront()
    {
        var path = _host.WriteTranscript("s1", Line("0000000a", null, "one"), Header, Line("0000000b", "0000000a", "two"));

        using var lease = await OpenAsync();

        Assert.Equal([Header, Line("0000000a", null, "one"), Line("0000000b", "0000000a", "two")], File.ReadAllLines(path));
    }

    [Fact]
    public async Task Open_EmptyFile_IsLikeNone()
    {
        var path = _host.WriteTranscript("s1");

        using (var lease = await OpenAsync())
            await lease.AppendAsync(new MessageEntry(new UserMessage("one", 1)), CancellationToken.None);

        Assert.Equal(2, File.ReadAllLines(path).Length);
    }

    [Fact]
    public async Task Open_Version1_BecomesATreeInFileOrder()
    {
        var path = _host.WriteTranscript(
            "s1",
            """{"type":"session","id":"s1","timestamp":"2025-01-01T00:00:00.000Z","cwd":"/w"}""",
            """{"type":"message","timestamp":"t","message":{"role":"user","content":"one","timestamp":1}}""",
            """{"type":"message","timestamp":"t","message":{"role":"hookMessage","content":"two","extra":1.0}}""",
            """{"type":"compaction","timestamp":"t","summary":"so far","firstKeptEntryIndex":2,"tokensBefore":5}""",
            """{"type":"message","timestamp":"t","message":{"role":"user","content":"three"}}""");
        var before = File.ReadAllText(path);

        using var lease = await OpenAsync();
        var context = await lease.ReadContextAsync(CancellationToken.None);

        Assert.Equal(["two", "three"], context.Messages.Skip(1).Select(m => m.Text));
        Assert.Contains("so far", context.Messages[0].Text, StringComparison.Ordinal);
        var lines = File.ReadAllLines(path).Select(static l => JsonNode.Parse(l)!).ToList();
        Assert.Equal(3, (int?)lines[0]["version"]);
        Assert.Equal("2025-01-01T00:00:00.000Z", (string?)lines[0]["timestamp"]);
        Assert.Equal((string?)lines[1]["id"], (string?)lines[2]["parentId"]);
        Assert.Equal("custom", (string?)lines[2]["message"]!["role"]);
        Assert.Equal((string?)lines[2]["id"], (string?)lines[3]["firstKeptEntryId"]);
        Assert.Equal(before, File.ReadAllText(Assert.Single(Directory.GetFiles(_host.SessionsDirectory, "*.bak-*"))));
    }

    [Fact]
    public async Task Open_Version2_KeepsIdsAndRenamesHookMessages()
    {
        var path = _host.WriteTranscript(
            "s1",
            """{"type":"session","version":2,"id":"s1","cwd":"/w"}""",
            """{"type":"message","id":"aa","parentId":null,"message":{"role":"hookMessage","content":"x"}}""",
            """{"type":"message","id":"bb","parentId":"aa","message":{"role":"user","content":"y"}}""");

        using (await OpenAsync())
        {
        }

        Assert.Equal(
            [
                """{"type":"session","version":3,"id":"s1","cwd":"/w"}""",
                """{"type":"message","id":"aa","parentId":null,"message":{"role":"custom","content":"x"}}""",
                """{"type":"message","id":"bb","parentId":"aa","message":{"role":"user","content":"y"}}""",
            ],
            File.ReadAllLines(path));
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        using var again = await OpenAsync();
        Assert.Single(Directory.GetFiles(_host.SessionsDirectory, "*.bak-*"));
    }

    [Fact]
    public async Task Open_NewerVersion_IsLeftAlone()
    {
        var path = _host.WriteTranscript("s1", """{"type":"session","version":4,"id":"s1"}""", Line("0000000a", null, "one"), """{"type":"future","id":"ff","parentId":"0000000a"}""");
        var before = File.ReadAllText(path);

        using var lease = await OpenAsync();

        Assert.Equal(["one"], (await lease.ReadContextAsync(CancellationToken.None)).Messages.Select(m => m.Text));
        Assert.Equal(before, File.ReadAllText(path));
    }

    [Fact]
    public async Task Open_RandomDamage_NeverThrowsAndAlwaysTakesTheNextMessage()
    {
        var random = new Random(17);
        var whole = Encoding.UTF8.GetBytes(string.Concat(new[] { Header, Line("0000000a", null, "one"), Line("0000000b", "0000000a", "two") }.Select(static l => l + "\n")));
        Directory.CreateDirectory(_host.SessionsDirectory);
        for (var round = 0; round < 300; round++)
        {
            var damaged = (byte[])whole.Clone();
            for (var i = 0; i < 3; i++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            await File.WriteAllBytesAsync(_host["s1.jsonl"], damaged);

            using (var lease = await OpenAsync())
            {
                await lease.AppendAsync(new MessageEntry(new UserMessage("next", 1)), CancellationToken.None);
                Assert.Equal("next", (await lease.ReadContextAsync(CancellationToken.None)).Messages[^1].Text);
            }
            Assert.Equal("session", (string?)JsonNode.Parse(File.ReadAllLines(_host["s1.jsonl"])[0])!["type"]);
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    private Task<TranscriptLease> OpenAsync() => _host.Transcripts.OpenAsync(_host.Transcript("s1"), CancellationToken.None);

    private static string Line(string id, string? parent, string text) =>
        $$$"""{"type":"message","id":"{{{id}}}","parentId":{{{(parent is null ? "null" : $"\"{parent}\"")}}},"timestamp":"2026-11-21T04:00:00.000Z","message":{"role":"user","content":[{"type":"text","text":"{{{text}}}"}],"timestamp":1}}""";
}
