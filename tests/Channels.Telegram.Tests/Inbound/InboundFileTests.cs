using System.Text.Json.Nodes;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Telegram.Tests.Support;
using OpenClaw.Fakes.Telegram;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Telegram.Tests.Inbound;

/// <summary>Files that come in: named with their message, and fetched when somebody asks for them.</summary>
public sealed class InboundFileTests
{
    [Fact]
    public async Task Photo_ComesByItsName_AndIsFetchedWhenSomebodyAsks()
    {
        await using var rig = await TelegramRig.StartAsync();
        var (small, large) = (rig.Bot.AddFile([1]), rig.Bot.AddFile([1, 2, 3]));
        rig.Bot.Enqueue(Updates.Of(Updates.Message(42, 1).With("caption", "look").With("photo", new JsonArray(File(small, 1), File(large, 3)))));

        await rig.Rig.WaitForInboundAsync(1);

        var message = rig.Rig.Inbound[0];
        var media = Assert.Single(message.Media);
        Assert.Equal(("look", MediaKind.Image, "image/jpeg", large), (message.Text, media.Kind, media.ContentType, media.Reference));
        // Who wrote it may be nobody whose files this machine should hold.
        Assert.Empty(rig.Bot.CallsOf("getFile"));
        Assert.Equal([1, 2, 3], await ReadAsync(rig));
    }

    /// <summary>Row 8: the peer lost the message.</summary>
    [Theory]
    [InlineData(FaultKind.BadRequest, 404)]
    [InlineData(FaultKind.ServerErrorPage, 502)]
    [InlineData(FaultKind.ResetBefore, 0)]
    public async Task FileThatCannotBeFetched_IsSaid(FaultKind kind, int status)
    {
        await using var rig = await TelegramRig.StartAsync();
        var id = rig.Bot.AddFile([1, 2, 3]);
        rig.Bot.Faults.Add(new Fault(kind) { Method = "file", Times = -1, Status = status });
        rig.Bot.Enqueue(Updates.Of(Updates.Message(42, 1).With("caption", "look").With("document", File(id, 3).With("file_name", "../../a.txt"))));

        await rig.Rig.WaitForInboundAsync(1);

        Assert.Equal(("look", "a.txt"), (rig.Rig.Inbound[0].Text, Assert.Single(rig.Rig.Inbound[0].Media).FileName));
        var part = await rig.Rig.ActAsync("telegram", new ReadMediaAction(id, 0));
        Assert.StartsWith("could not be fetched from Telegram", part.Error, StringComparison.Ordinal);
        // It was tried, and is over.
        Assert.False(part.IsUnavailable);
    }

    [Fact]
    public async Task FileThatFailsOnce_IsFetchedAgain()
    {
        await using var rig = await TelegramRig.StartAsync();
        var id = rig.Bot.AddFile([1, 2, 3]);
        rig.Bot.Faults.Add(Fault.Of(FaultKind.ResetBefore, "file"), Fault.Of(FaultKind.Truncated, "file"), Fault.Error("getFile", 500, "Internal Server Error"));
        rig.Bot.Enqueue(Updates.Of(Updates.Message(42, 1).With("document", File(id, 3))));

        await rig.Rig.WaitForInboundAsync(1);
        Assert.Contains("could not be fetched", (await rig.Rig.ActAsync("telegram", new ReadMediaAction(id, 0))).Error, StringComparison.Ordinal);

        Assert.Equal([1, 2, 3], await ReadAsync(rig));
    }

    [Fact]
    public async Task LargeFile_IsFetchedOnceAndHandedOverInParts()
    {
        await using var rig = await TelegramRig.StartAsync(section => section["mediaMaxMb"] = 20);
        var content = new byte[(2 * ReadMediaAction.MaxPart) + 1];
        new Random(7).NextBytes(content);
        var id = rig.Bot.AddFile(content);
        rig.Bot.Enqueue(Updates.Of(Updates.Message(42, 1).With("document", File(id, content.Length))));

        await rig.Rig.WaitForInboundAsync(1);

        Assert.Equal(content, await ReadAsync(rig));
        Assert.Single(rig.Bot.CallsOf("getFile"));
        // A second core that asks gets it all the same.
        Assert.Equal(content, await ReadAsync(rig));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FileThatIsTooLarge_IsSaidAndNotFetched(bool isSizeKnown)
    {
        await using var rig = await TelegramRig.StartAsync(section => section["mediaMaxMb"] = 1);
        var id = rig.Bot.AddFile(new byte[(1 << 20) + 1]);
        rig.Bot.Enqueue(Updates.Of(Updates.Message(42, 1).With("document", isSizeKnown ? File(id, (1 << 20) + 1) : new JsonObject { ["file_id"] = id })));

        await rig.Rig.WaitForInboundAsync(1);

        var media = Assert.Single(rig.Rig.Inbound[0].Media);
        Assert.Equal("larger than the limit of 1 MB", media.Problem ?? (await rig.Rig.ActAsync("telegram", new ReadMediaAction(id, 0))).Error);
        Assert.Equal(isSizeKnown ? 0 : 1, rig.Bot.CallsOf("getFile").Count);
    }

    [Fact]
    public async Task FileBeyondTheApisOwnLimit_IsSaid()
    {
        await using var rig = await TelegramRig.StartAsync(section => section["mediaMaxMb"] = 100);
        rig.Bot.Faults.Add(Fault.BadRequest("getFile", "file is too big"));
        rig.Bot.Enqueue(Updates.Of(Updates.Message(42, 1).With("video", new JsonObject { ["file_id"] = "x" })));

        await rig.Rig.WaitForInboundAsync(1);

        Assert.Equal("larger than the limit of 20 MB", (await rig.Rig.ActAsync("telegram", new ReadMediaAction("x", 0))).Error);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public async Task PartOutsideOfTheFile_IsRefused(long offset)
    {
        await using var rig = await TelegramRig.StartAsync();
        var id = rig.Bot.AddFile([1, 2, 3]);

        Assert.False((await rig.Rig.ActAsync("telegram", new ReadMediaAction(id, offset))).Ok);
    }

    [Fact]
    public async Task Album_IsOneMessage()
    {
        await using var rig = await TelegramRig.StartAsync();
        for (var i = 1; i <= 3; i++)
        {
            var message = Updates.Message(42, i).With("media_group_id", "g").With("photo", new JsonArray(File(rig.Bot.AddFile([(byte)i]), 1)));
            rig.Bot.Enqueue(Updates.Of(i == 2 ? message.With("caption", "three") : message));
        }

        await rig.Rig.WaitForInboundAsync(1);
        await TestTimeouts.Until(() => rig.Bot.Waiting == 0, "all confirmed");

        var album = Assert.Single(rig.Rig.Inbound);
        Assert.Equal(("1", "three"), (album.MessageId, album.Text));
        Assert.Equal(["2", "3"], album.PartIds);
        Assert.Equal(["file-1", "file-2", "file-3"], album.Media.Select(media => media.Reference));
    }

    /// <summary>As after a gateway that was killed between storing and confirming.</summary>
    [Fact]
    public async Task Album_ThatComesAgainWithOneMore_BringsThatOneAlone()
    {
        await using var rig = await TelegramRig.StartAsync();
        var files = Enumerable.Range(1, 3).Select(i => rig.Bot.AddFile([(byte)i])).ToList();
        foreach (var count in (int[])[2, 3])
        {
            for (var i = 1; i <= count; i++)
                rig.Bot.Enqueue(Updates.Of(Updates.Message(42, i).With("media_group_id", "g").With("photo", new JsonArray(File(files[i - 1], 1)))));
            await rig.Rig.WaitForInboundAsync(count - 1);
        }

        await TestTimeouts.Until(() => rig.Bot.Waiting == 0, "all confirmed");
        Assert.Equal(["file-1 file-2", "file-3"], rig.Rig.Inbound.Select(message => string.Join(' ', message.Media.Select(media => media.Reference))));
    }

    [Fact]
    public async Task Press_IsAnsweredAndComesIn()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Enqueue(new JsonObject { ["callback_query"] = new JsonObject { ["id"] = "cb", ["from"] = Updates.User(42), ["data"] = "yes", ["message"] = Updates.Message(42, 5) } });

        await rig.Rig.WaitForInboundAsync(1);
        await rig.Bot.WaitAsync(bot => bot.CallsOf("answerCallbackQuery").Count == 1, TestTimeouts.Wait);

        Assert.Equal((InboundKind.Button, "yes"), (rig.Rig.Inbound[0].Kind, rig.Rig.Inbound[0].Text));
        Assert.Equal("cb", rig.Bot.CallsOf("answerCallbackQuery")[0]["callback_query_id"]);
    }

    /// <summary>Reads the first file of the first message, as the core does.</summary>
    private static async Task<byte[]> ReadAsync(TelegramRig rig)
    {
        var bytes = new List<byte>();
        while (true)
        {
            var part = await rig.Rig.ActAsync("telegram", new ReadMediaAction(rig.Rig.Inbound[0].Media[0].Reference!, bytes.Count));
            Assert.True(part.Ok, part.Error);
            bytes.AddRange(part.Content!.Value.Span);
            if (bytes.Count == part.Length)
                return [.. bytes];
        }
    }

    private static JsonObject File(string id, int size) => new() { ["file_id"] = id, ["file_unique_id"] = id, ["file_size"] = size, ["width"] = size, ["height"] = size };
}
