using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Channels.Telegram.Tests.Support;
using OpenClaw.Fakes.Telegram;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Telegram.Tests.Polling;

/// <summary>Updates in every order, twice, and with holes.</summary>
public sealed class UpdateOrderTests
{
    [Fact]
    public async Task OutOfOrderInOneBatch_BothAreHandled()
    {
        await using var rig = await TelegramRig.CreateAsync();
        rig.Bot.Enqueue(Updates.Text(4, 2, "newer").With("update_id", 900_000_002));
        rig.Bot.Enqueue(Updates.Text(5, 1, "older").With("update_id", 900_000_001));

        await rig.ConnectAsync();
        await rig.Rig.WaitForInboundAsync(2);
        await TestTimeouts.Until(() => rig.Bot.LastOffset == 900_000_003, "the confirming offset");

        Assert.Equal(["newer", "older"], rig.Rig.Inbound.Select(message => message.Text).Order());
    }

    [Fact]
    public async Task OutOfOrderInTwoBatches_BothAreHandled()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Enqueue(Updates.Text(4, 2, "newer").With("update_id", 900_000_002));
        await TestTimeouts.Until(() => rig.Bot.LastOffset == 900_000_003, "the confirming offset");

        rig.Bot.Enqueue(Updates.Text(5, 1, "older").With("update_id", 900_000_001));
        await rig.Rig.WaitForInboundAsync(2);

        Assert.Equal(["newer", "older"], rig.Rig.Inbound.Select(message => message.Text));
    }

    [Fact]
    public async Task SameUpdateTwice_AndSameMessageInTwoUpdates_IsOneMessage()
    {
        await using var rig = await TelegramRig.CreateAsync();
        rig.Bot.Enqueue(Updates.Text(42, 7, "once").With("update_id", 900_000_001));
        rig.Bot.Enqueue(Updates.Text(42, 7, "once").With("update_id", 900_000_001));
        rig.Bot.Enqueue(Updates.Text(42, 7, "once").With("update_id", 900_000_009));
        rig.Bot.Enqueue(Updates.Text(42, 8, "last").With("update_id", 900_000_020));

        await rig.ConnectAsync();
        await TestTimeouts.Until(() => rig.Bot.LastOffset == 900_000_021, "the confirming offset");
        await rig.Rig.WaitForInboundAsync(2);

        Assert.Equal(["once", "last"], rig.Rig.Inbound.Select(message => message.Text));
    }

    [Fact]
    public async Task ManyInManyChats_KeepTheirOrderInEachChat()
    {
        await using var rig = await TelegramRig.CreateAsync();
        for (var i = 1; i <= 250; i++)
            rig.Bot.Enqueue(Updates.Text(100 + (i % 7), i, $"{i}"));

        await rig.ConnectAsync();
        await rig.Rig.WaitForInboundAsync(250);

        foreach (var chat in rig.Rig.Inbound.GroupBy(message => message.Chat.Id))
            Assert.Equal(chat.Select(message => int.Parse(message.Text)).Order(), chat.Select(message => int.Parse(message.Text)));
        await TestTimeouts.Until(() => rig.Bot.Waiting == 0, "all confirmed");
    }

    [Fact]
    public async Task UpdateOfAnUnknownForm_IsPassedOverAndHoldsUpNothing()
    {
        await using var rig = await TelegramRig.CreateAsync();
        rig.Bot.Enqueue(new JsonObject { ["poll_answer"] = new JsonObject() });
        rig.Bot.Enqueue(new JsonObject { ["callback_query"] = "not an object" }.With("update_id", 900_000_001));
        rig.Bot.Enqueue(Updates.Text(42, 7, "after"));

        await rig.ConnectAsync();
        await rig.Rig.WaitForInboundAsync(1);
        await TestTimeouts.Until(() => rig.Bot.Waiting == 0, "all confirmed");

        Assert.Equal("after", Assert.Single(rig.Rig.Inbound).Text);
        Assert.Contains(rig.Logs.All, line => line.StartsWith("8324 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Offset_IsWrittenAsThePeerWritesIt()
    {
        await using var rig = await TelegramRig.StartAsync();
        var id = rig.Bot.Enqueue(Updates.Text(42, 7, "hello"));
        var path = Path.Combine(rig.Rig.StateDirectory, "telegram", "update-offset-default.json");

        await TestTimeouts.Until(() => File.Exists(path) && File.ReadAllText(path).Contains($"{id}", StringComparison.Ordinal), "the file");

        using var file = JsonDocument.Parse(await File.ReadAllBytesAsync(path));
        Assert.Equal((1, id), (file.RootElement.GetProperty("version").GetInt32(), file.RootElement.GetProperty("lastUpdateId").GetInt64()));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        await TestTimeouts.Until(() => Directory.GetFiles(Path.GetDirectoryName(path)!).Length == 1, "nothing left beside it");
    }

    [Fact]
    public async Task OffsetOfThePeer_LeavesOutWhatItHandled_ButNotIdsFarFromIt()
    {
        await using var rig = await TelegramRig.CreateAsync();
        Directory.CreateDirectory(Path.Combine(rig.Rig.StateDirectory, "telegram"));
        await File.WriteAllTextAsync(Path.Combine(rig.Rig.StateDirectory, "telegram", "update-offset-default.json"), """{"version":1,"lastUpdateId":900000005}""");
        rig.Bot.Enqueue(Updates.Text(42, 1, "of another sequence").With("update_id", 100_000_000));
        rig.Bot.Enqueue(Updates.Text(42, 2, "handled").With("update_id", 900_000_005));
        rig.Bot.Enqueue(Updates.Text(42, 3, "new").With("update_id", 900_000_006));

        await rig.ConnectAsync();
        await rig.Rig.WaitForInboundAsync(2);
        await TestTimeouts.Until(() => rig.Bot.Waiting == 0, "all confirmed");

        Assert.Equal(["of another sequence", "new"], rig.Rig.Inbound.Select(message => message.Text));
    }

    [Fact]
    public async Task OffsetFileThatIsBroken_IsPassedOver()
    {
        await using var rig = await TelegramRig.CreateAsync();
        Directory.CreateDirectory(Path.Combine(rig.Rig.StateDirectory, "telegram"));
        await File.WriteAllTextAsync(Path.Combine(rig.Rig.StateDirectory, "telegram", "update-offset-default.json"), """{"version":1,"lastUp""");
        rig.Bot.Enqueue(Updates.Text(42, 1, "hello"));

        await rig.ConnectAsync();
        await rig.Rig.WaitForInboundAsync(1);

        Assert.Equal("hello", rig.Rig.Inbound[0].Text);
    }
}
