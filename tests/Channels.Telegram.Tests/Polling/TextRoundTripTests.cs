using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Channels.Telegram.Tests.Support;
using OpenClaw.Fakes.Telegram;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Telegram.Tests.Polling;

/// <summary>The thinnest way through: a text in, a text out.</summary>
public sealed class TextRoundTripTests
{
    [Fact]
    public async Task Start_CallsLikeTheNewerPeer()
    {
        await using var rig = await TelegramRig.StartAsync();
        await rig.Bot.WaitAsync(bot => bot.CallsOf("getUpdates").Count == 2, TestTimeouts.Wait);

        Assert.Equal(
            ["getMe", "deleteWebhook", "deleteMyCommands", "setMyCommands", "deleteMyCommands", "setMyCommands", "getUpdates", "getUpdates"],
            rig.Bot.Calls.Select(call => call.Method));
        Assert.Equal("false", rig.Bot.CallsOf("deleteWebhook")[0]["drop_pending_updates"]);
        Assert.Equal(["0", "30"], rig.Bot.CallsOf("getUpdates").Select(call => call["timeout"]));
        Assert.Equal("100", rig.Bot.CallsOf("getUpdates")[0]["limit"]);
    }

    [Fact]
    public async Task Text_ComesInOnceAndIsConfirmed()
    {
        await using var rig = await TelegramRig.StartAsync();
        var id = rig.Bot.Enqueue(Updates.Text(TelegramRig.Bob, 7, "hello"));

        await rig.Rig.WaitForInboundAsync(1);
        await TestTimeouts.Until(() => rig.Bot.LastOffset == id + 1, "the confirming offset");

        var message = Assert.Single(rig.Rig.Inbound);
        Assert.Equal(("telegram", "default", "7", "hello"), (message.Channel, message.AccountId, message.MessageId, message.Text));
        Assert.Equal((ChatType.Direct, "42"), (message.Chat.Type, message.Chat.Id));
        Assert.Equal(("42", "Bob", "bob"), (message.Sender.Id, message.Sender.Name, message.Sender.Username));
        Assert.Equal((Updates.Date + 7) * 1000, message.SentAtMs);
        Assert.Equal(0, rig.Bot.Waiting);
    }

    [Fact]
    public async Task Text_GoesOutAsHtml()
    {
        await using var rig = await TelegramRig.StartAsync();

        var record = await rig.SendAsync("**bold** 1 < 2");

        Assert.Equal(OutboxState.Delivered, record.State);
        var call = Assert.Single(rig.Bot.CallsOf("sendMessage"));
        Assert.Equal(("42", "<b>bold</b> 1 &lt; 2", "HTML"), (call["chat_id"], call["text"], call["parse_mode"]));
        Assert.Equal(record.MessageId, $"{Assert.Single(rig.Bot.Sent).MessageId}");
    }

    [Fact]
    public async Task Status_SaysWhoAndHow()
    {
        await using var rig = await TelegramRig.StartAsync();

        var status = await rig.Rig.WaitForStatusAsync("telegram", status => status.Connected);

        Assert.Equal(("@fake_bot", "polling", "config", true), (status.Identity, status.Mode, status.TokenSource, status.Running));
        Assert.Null(status.LastError);
    }
}
