using OpenClaw.Gateway.Core.Logs;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Logs;

public sealed class LogTailTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string File => _directory["openclaw-2026-11-21.log"];

    [Theory]
    [InlineData("", null, 500, 100, "", 0, false, false)]
    [InlineData("aa\nbb\n", null, 500, 100, "aa|bb", 6, false, false)]
    [InlineData("aa\nbb\n", 3L, 500, 100, "bb", 6, false, false)]
    [InlineData("aa\nbb\n", 4L, 500, 100, "", 6, false, false)]
    [InlineData("aa\nbb\n", 6L, 500, 100, "", 6, false, false)]
    [InlineData("aa\nbb\n", 7L, 500, 100, "aa|bb", 6, false, true)]
    [InlineData("aa\nbb\n", -5L, 500, 100, "aa|bb", 6, false, false)]
    [InlineData("aa\nbb\ncc\n", null, 2, 100, "bb|cc", 9, false, false)]
    [InlineData("aa\nbb\ncc\n", null, 500, 5, "cc", 9, true, false)]
    [InlineData("aa\nbb\ncc\n", null, 500, 6, "bb|cc", 9, true, false)]
    [InlineData("aa\nbb\ncc\n", 0L, 500, 5, "cc", 9, true, true)]
    [InlineData("aa\nbb", null, 500, 100, "aa", 3, false, false)]
    [InlineData("aa\nbb", 3L, 500, 100, "", 3, false, false)]
    [InlineData("aaaaaaaa", null, 500, 4, "", 4, true, false)]
    public async Task Read_File_GivesWholeLinesAndWhereToGoOn(
        string content, long? cursor, int limit, int maxBytes, string lines, long next, bool truncated, bool reset)
    {
        await System.IO.File.WriteAllTextAsync(File, content);
        var result = await new LogTail(() => File).ReadAsync(cursor, limit, maxBytes);
        Assert.Equal(lines, string.Join('|', result.Lines));
        Assert.Equal((File, next, content.Length, truncated, reset), (result.File, result.Cursor, result.Size, result.Truncated, result.Reset));
    }

    [Fact]
    public async Task Read_FollowingAWriter_LosesAndRepeatsNothing()
    {
        var tail = new LogTail(() => File);
        var seen = new List<string>();
        long? cursor = null;
        foreach (var piece in (string[])["on", "e\ntw", "o\n", "", "thr\u00e9\u00e9\nfour", "\n"])
        {
            await System.IO.File.AppendAllTextAsync(File, piece);
            var result = await tail.ReadAsync(cursor);
            cursor = result.Cursor;
            seen.AddRange(result.Lines);
            Assert.False(result.Reset);
        }
        Assert.Equal(["one", "two", "thr\u00e9\u00e9", "four"], seen);
    }

    [Fact]
    public async Task Read_MissingFile_FallsBackToTheNewestDay()
    {
        Assert.Equal(new LogTailResult(File, 0, 0, [], false, false) with { Lines = [] }, (await new LogTail(() => File).ReadAsync(5)) with { Lines = [] });
        await System.IO.File.WriteAllTextAsync(_directory["openclaw-2026-11-20.log"], "old\n");
        await System.IO.File.WriteAllTextAsync(_directory["openclaw-x.log"], "other\n");
        var result = await new LogTail(() => File).ReadAsync(null);
        Assert.Equal((_directory["openclaw-2026-11-20.log"], "old"), (result.File, Assert.Single(result.Lines)));
    }

    public void Dispose() => _directory.Dispose();
}
