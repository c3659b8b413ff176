using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Channels.Telegram.Tests.Support;
using OpenClaw.Fakes.Telegram;

namespace OpenClaw.Channels.Telegram.Tests.Outbound;

/// <summary>All that can be sent and done.</summary>
public sealed class OutboundKindTests
{
    [Theory]
    [InlineData(MediaKind.Image, "image/png", "sendPhoto", "photo")]
    [InlineData(MediaKind.Image, "image/gif", "sendAnimation", "animation")]
    [InlineData(MediaKind.Image, "image/svg+xml", "sendDocument", "document")]
    [InlineData(MediaKind.Video, "video/mp4", "sendVideo", "video")]
    [InlineData(MediaKind.Audio, "audio/mpeg", "sendAudio", "audio")]
    [InlineData(MediaKind.Audio, "audio/ogg", "sendAudio", "audio")]
    [InlineData(MediaKind.Voice, "audio/ogg; codecs=opus", "sendVoice", "voice")]
    [InlineData(MediaKind.Voice, "audio/mpeg", "sendAudio", "audio")]
    [InlineData(MediaKind.Document, "application/pdf", "sendDocument", "document")]
    public async Task Media_GoesByItsKind(MediaKind kind, string type, string method, string part)
    {
        await using var rig = await TelegramRig.StartAsync();

        var record = await rig.SendAsync(TelegramRig.Message("m", "**look**") with { Media = new OutboundMedia(kind, new byte[] { 1, 2, 3 }, type), IsSilent = true });

        Assert.Equal(OutboxState.Delivered, record.State);
        var call = Assert.Single(rig.Bot.CallsOf(method));
        Assert.Equal([1, 2, 3], call.Files[part].Content);
        Assert.Equal(("<b>look</b>", "HTML", "42", "true"), (call["caption"], call["parse_mode"], call["chat_id"], call["disable_notification"]));
    }

    [Fact]
    public async Task Sticker_AndFilmThatPlaysAsGif_GoByTheirMethods()
    {
        await using var rig = await TelegramRig.StartAsync();

        await rig.SendAsync(TelegramRig.Message("m1", "") with { StickerId = "CAAD-1" });
        await rig.SendAsync(TelegramRig.Message("m2", "") with { Media = new OutboundMedia(MediaKind.Video, new byte[] { 1 }, "video/mp4") { PlaysAsGif = true } });

        Assert.Equal("CAAD-1", Assert.Single(rig.Bot.CallsOf("sendSticker"))["sticker"]);
        Assert.Single(rig.Bot.CallsOf("sendAnimation"));
    }

    [Fact]
    public async Task FileName_CannotLeaveItsPlace()
    {
        await using var rig = await TelegramRig.StartAsync();

        await rig.SendAsync(TelegramRig.Message("m", "") with { Media = new OutboundMedia(MediaKind.Document, new byte[] { 1 }, "text/plain") { FileName = "../a\"b\r\n.txt" } });

        Assert.Equal("ab.txt", Assert.Single(rig.Bot.CallsOf("sendDocument")).Files["document"].FileName);
    }

    [Fact]
    public async Task VoiceThatIsForbidden_GoesAsAudio()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Faults.Add(Fault.BadRequest("sendVoice", "VOICE_MESSAGES_FORBIDDEN"));

        await rig.SendAsync(TelegramRig.Message("m", "") with { Media = new OutboundMedia(MediaKind.Voice, new byte[] { 1 }, "audio/ogg") });

        Assert.Single(rig.Bot.CallsOf("sendAudio"));
    }

    [Fact]
    public async Task Upload_ThatIsLimited_WaitsAndIsWhole()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Faults.Add(Fault.RateLimit("sendPhoto", 1));

        await rig.SendAsync(TelegramRig.Message("m", "") with { Media = new OutboundMedia(MediaKind.Image, new byte[100_000], "image/jpeg") });

        Assert.Equal([100_000, 100_000], rig.Bot.CallsOf("sendPhoto").Select(call => call.Files["photo"].Content.Length));
        Assert.Single(rig.Bot.Sent);
    }

    [Fact]
    public async Task Buttons_AndAnswersAndTopics_AreNamed()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Chat(-1005).Topics.Add(77);
        rig.Bot.Enqueue(Updates.Text(-1005, 9, "question"));
        await rig.Rig.WaitForInboundAsync(1);

        await rig.SendAsync(TelegramRig.Message("m", "sure?", "telegram:group:-1005:topic:77") with { ReplyToId = "9", Buttons = [[new OutboundButton("Yes", "y"), new OutboundButton("No", "n")]] });

        var call = Assert.Single(rig.Bot.CallsOf("sendMessage"));
        Assert.Equal(("-1005", "77", "9"), (call["chat_id"], call["message_thread_id"], call["reply_to_message_id"]));
        Assert.Equal("""{"inline_keyboard":[[{"text":"Yes","callback_data":"y"},{"text":"No","callback_data":"n"}]]}""", call["reply_markup"]);
    }

    [Fact]
    public async Task ButtonThatSaysTooMuch_IsRefused()
    {
        await using var rig = await TelegramRig.StartAsync();

        var record = await rig.SendAsync(TelegramRig.Message("m", "sure?") with { Buttons = [[new OutboundButton("Yes", new string('é', 33))]] });

        Assert.Equal(OutboxState.Failed, record.State);
        Assert.Contains("64 bytes", record.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poll_IsSent()
    {
        await using var rig = await TelegramRig.StartAsync();

        await rig.SendAsync(TelegramRig.Message("m", "") with { Poll = new OutboundPoll("When?", ["Now", "Later"], 2) { Duration = TimeSpan.FromHours(1) } });

        var call = Assert.Single(rig.Bot.CallsOf("sendPoll"));
        Assert.Equal(("When?", """[{"text":"Now"},{"text":"Later"}]""", "true", "600"), (call["question"], call["options"], call["allows_multiple_answers"], call["open_period"]));
    }

    [Fact]
    public async Task Actions_AreDone()
    {
        await using var rig = await TelegramRig.StartAsync();
        await rig.SendAsync("hello");

        Assert.True((await rig.Rig.ActAsync("telegram", new TypingAction("42", null))).Ok);
        Assert.True((await rig.Rig.ActAsync("telegram", new ReactAction("42", "1", "👀"))).Ok);
        Assert.True((await rig.Rig.ActAsync("telegram", new ReactAction("42", "1", null))).Ok);
        rig.Bot.Faults.Add(Fault.RateLimit("editMessageText", 30));
        Assert.True((await rig.Rig.ActAsync("telegram", new EditAction("42", "1", "**changed**"))) is { Ok: false, IsLimited: true });
        Assert.True((await rig.Rig.ActAsync("telegram", new EditAction("42", "1", "**changed**"))).Ok);
        // Twice the same is what was wanted.
        Assert.True((await rig.Rig.ActAsync("telegram", new EditAction("42", "1", "**changed**"))).Ok);
        Assert.True((await rig.Rig.ActAsync("telegram", new PinAction("42", "1"))).Ok);
        Assert.True((await rig.Rig.ActAsync("telegram", new UnpinAction("42", "1"))).Ok);
        Assert.True((await rig.Rig.ActAsync("telegram", new DeleteAction("42", "1"))).Ok);
        var topic = (await rig.Rig.ActAsync("telegram", new CreateThreadAction("42", " news "))).ThreadId;
        Assert.Contains(int.Parse(topic!, System.Globalization.CultureInfo.InvariantCulture), rig.Bot.Chat(42).Topics);

        Assert.Equal("typing", rig.Bot.CallsOf("sendChatAction")[0]["action"]);
        Assert.Equal(["""[{"type":"emoji","emoji":"\uD83D\uDC40"}]""", "[]"], rig.Bot.CallsOf("setMessageReaction").Select(call => call["reaction"]));
        Assert.Equal(("<b>changed</b>", "HTML"), (rig.Bot.CallsOf("editMessageText")[0]["text"], rig.Bot.CallsOf("editMessageText")[0]["parse_mode"]));
        // Whoever did not ask for previews has none, of what was edited neither.
        Assert.Equal("""{"is_disabled":true}""", rig.Bot.CallsOf("editMessageText")[0]["link_preview_options"]);
    }

    [Fact]
    public async Task ActionsThatFail_SayWhy()
    {
        await using var rig = await TelegramRig.StartAsync();

        Assert.Equal("Bad Request: message to delete not found", (await rig.Rig.ActAsync("telegram", new DeleteAction("42", "1"))).Error);
        Assert.Equal("the name of a topic has 1 to 128 characters", (await rig.Rig.ActAsync("telegram", new CreateThreadAction("42", " "))).Error);
        Assert.Equal("Bad Request: message to pin not found", (await rig.Rig.ActAsync("telegram", new PinAction("42", "9"))).Error);
        Assert.Equal("the message id is no number", (await rig.Rig.ActAsync("telegram", new DeleteAction("42", "one"))).Error);
        Assert.Contains("BotFather", (await rig.Rig.ActAsync("telegram", new LogoutAction())).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Typing_NamesGeneralToo()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Chat(-1005);

        await rig.Rig.ActAsync("telegram", new TypingAction("-1005", "1"));

        Assert.Equal("1", rig.Bot.CallsOf("sendChatAction")[0]["message_thread_id"]);
    }

    [Fact]
    public async Task Probe_SaysWhoItIs()
    {
        await using var rig = await TelegramRig.StartAsync();

        var probe = await rig.Rig.ActAsync("telegram", new ProbeAction());

        Assert.Equal((true, "@fake_bot"), (probe.Ok, probe.Identity));
        Assert.NotNull(probe.ElapsedMs);
    }

    [Fact]
    public async Task ReactionToOwnMessage_IsKnownAsThat()
    {
        await using var rig = await TelegramRig.StartAsync();
        var sent = await rig.SendAsync("hello");
        rig.Bot.Enqueue(new System.Text.Json.Nodes.JsonObject
        {
            ["message_reaction"] = new System.Text.Json.Nodes.JsonObject
            {
                ["chat"] = new System.Text.Json.Nodes.JsonObject { ["id"] = 42, ["type"] = "private" },
                ["message_id"] = int.Parse(sent.MessageId!),
                ["user"] = Updates.User(42),
                ["date"] = Updates.Date,
                ["old_reaction"] = new System.Text.Json.Nodes.JsonArray(),
                ["new_reaction"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["type"] = "emoji", ["emoji"] = "👍" }),
            },
        });

        await rig.Rig.WaitForInboundAsync(1);

        Assert.True(rig.Rig.Inbound[0].Reaction!.IsOnOwn);
    }
}
