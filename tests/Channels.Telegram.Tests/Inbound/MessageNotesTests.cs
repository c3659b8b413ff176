using System.Text.Json.Nodes;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Telegram.Tests.Support;
using OpenClaw.Fakes.Telegram;

namespace OpenClaw.Channels.Telegram.Tests.Inbound;

/// <summary>What is neither words nor a file.</summary>
public sealed class MessageNotesTests
{
    [Fact]
    public async Task ContactAndPoll_ComeInAsWords()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Enqueue(
            Updates.Of(Updates.Message(42, 1).With("contact", new JsonObject { ["phone_number"] = "1555 0100", ["first_name"] = "Ann\n<b", ["last_name"] = "B" })),
            Updates.Of(Updates.Message(42, 2).With("contact", new JsonObject { ["phone_number"] = "", ["first_name"] = "Ann" })),
            Updates.Of(Updates.Message(42, 3).With("poll", new JsonObject
            {
                ["id"] = "1",
                ["question"] = "Tea?",
                ["options"] = new JsonArray(new JsonObject { ["text"] = "yes", ["voter_count"] = 0 }, new JsonObject { ["text"] = "no", ["voter_count"] = 1 }),
            })));

        await rig.Rig.WaitForInboundAsync(3);

        Assert.Equal(["<contact: Ann (b B, +15550100>", "<contact: Ann, no number>", "<poll: Tea? (yes | no)>"], rig.Rig.Inbound.Select(message => message.Text));
    }

    [Fact]
    public async Task GroupThatBecomesAnother_IsSaid()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Enqueue(Updates.Of(Updates.Message(-100, 7).With("migrate_to_chat_id", -1001234)));

        await rig.Rig.WaitForInboundAsync(1);

        var message = rig.Rig.Inbound[0];
        Assert.Equal((InboundKind.Moved, "-100", "-1001234", "7"), (message.Kind, message.Chat.Id, message.MovedTo, message.MessageId));
    }
}
