using System.Text.Json.Nodes;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Telegram.Tests.Support;
using OpenClaw.Fakes.Telegram;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Telegram.Tests.Inbound;

/// <summary>Files that come in: their bytes, or an honest word in their place.</summary>
public sealed class InboundFileTests
{
    [Fact]
    public async Task Photo_ComesWithItsBytesAndCaption()
    {
        await using var rig = await TelegramRig.StartAsync();
        var (small, large) = (rig.Bot.AddFile([1]), rig.Bot.AddFile([1, 2, 3]));
        rig.Bot.Enqueue(Updates.Of(Updates.Message(42, 1).With("caption", "look").With("photo", new JsonArray(File(small, 1), File(large, 3)))));

        await rig.Rig.WaitForInboundAsync(1);

        var message = rig.Rig.Inbound[0];
        var media = Assert.Single(message.Media);
        Assert.Equal(("look", MediaKind.Image, "image/jpeg"), (message.Text, media.Kind, media.ContentType));
        Assert.Equal([1, 2, 3], media.Content!.Value.ToArray());
    }

    /// <summary>Row 8: the peer lost the message.</summary>
    [Theory]
    [InlineData(FaultKind.BadRequest, 404)]
    [InlineData(FaultKind.ServerErrorPage, 502)]
    [InlineData(FaultKind.ResetBefore, 0)]
    public async Task FileThatCannotBeFetched_LeavesTheWordsAndANotice(FaultKind kind, int status)
    {
        await using var rig = await TelegramRig.StartAsync();
        var id = rig.Bot.AddFile([1, 2, 3]);
        rig.Bot.Faults.Add(new Fault(kind) { Method = "file", Times = -1, Status = status });
        var update = rig.Bot.Enqueue(Updates.Of(Updates.Message(42, 1).With("caption", "look").With("document", File(id, 3).With("file_name", "../../a.txt"))));

        await rig.Rig.WaitForInboundAsync(1);

        var message = rig.Rig.Inbound[0];
        var media = Assert.Single(message.Media);
        Assert.Equal(("look", "a.txt"), (message.Text, media.FileName));
        Assert.Null(media.Content);
        Assert.StartsWith("could not be fetched from Telegram", media.Problem, StringComparison.Ordinal);
        await TestTimeouts.Until(() => rig.Bot.LastOffset == update + 1, "the confirming offset");
    }

    [Fact]
    public async Task FileThatFailsOnce_IsFetchedAgain()
    {
        await using var rig = await TelegramRig.StartAsync();
        var id = rig.Bot.AddFile([1, 2, 3]);
        rig.Bot.Faults.Add(Fault.Of(FaultKind.ResetBefore, "file"), Fault.Error("getFile", 500, "Internal Server Error"));
        rig.Bot.Enqueue(Updates.Of(Updates.Message(42, 1).With("document", File(id, 3))));

        await rig.Rig.WaitForInboundAsync(1);

        Assert.Equal([1, 2, 3], Assert.Single(rig.Rig.Inbound[0].Media).Content!.Value.ToArray());
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
        Assert.Null(media.Content);
        Assert.Equal("too large: the limit is 1 MB", media.Problem);
        Assert.Equal(isSizeKnown ? 0 : 1, rig.Bot.CallsOf("getFile").Count);
    }

    [Fact]
    public async Task FileBeyondTheApisOwnLimit_IsSaid()
    {
        await using var rig = await TelegramRig.StartAsync(section => section["mediaMaxMb"] = 100);
        rig.Bot.Faults.Add(Fault.BadRequest("getFile", "file is too big"));
        rig.Bot.Enqueue(Updates.Of(Updates.Message(42, 1).With("video", new JsonObject { ["file_id"] = "x" })));

        await rig.Rig.WaitForInboundAsync(1);

        Assert.Equal("too large: bots may fetch 20 MB", Assert.Single(rig.Rig.Inbound[0].Media).Problem);
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
        Assert.Equal([1, 2, 3], album.Media.Select(media => (int)media.Content!.Value.Span[0]));
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

    private static JsonObject File(string id, int size) => new() { ["file_id"] = id, ["file_unique_id"] = id, ["file_size"] = size, ["width"] = size, ["height"] = size };
}
