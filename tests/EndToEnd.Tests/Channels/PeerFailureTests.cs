using OpenClaw.Fakes.OpenAi;
using OpenClaw.Fakes.Telegram;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests.Channels;

/// <summary>
/// What the gateway of 2026.2.9 lost on Telegram, one test for each way in which it did. The published program against a Bot API and a model over
/// sockets, with the pauses that a user has.
/// </summary>
public sealed class PeerFailureTests : IAsyncLifetime
{
    private const long Bob = 42;
    private const long Eve = 43;

    private TelegramScene _scene = null!;
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        _scene = await TelegramScene.StartAsync();
        // A sign for each message, so that a gateway which counts signs among its calls is seen.
        _gateway = await GatewayProcess.StartAsync(_scene.SectionsWith("ackReactionScope: \"all\""));
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _scene.DisposeAsync();
    }

    /// <summary>Row 1: the second message was lost for ever.</summary>
    [Fact]
    public async Task SecondMessage_BehindARunningTurn_IsAnsweredInOrder()
    {
        var gate = new TaskCompletionSource();
        _scene.Model.Enqueue(FakeReply.Script(new WaitStep(gate.Task), new TextStep("message 42-1. is done")));
        _scene.Say(Bob, 1);
        await _scene.Model.WaitForRequestsAsync(1, TestTimeouts.Wait);
        _scene.Say(Bob, 2);
        _scene.Say(Eve, 3);
        // A later update of another chat is done with before.
        await AnsweredAsync(Eve, 3);
        Assert.Empty(_scene.AnsweredIn(Bob));
        gate.SetResult();

        await AnsweredAsync(Bob, 2);
        Assert.Equal([1, 2], _scene.AnsweredIn(Bob));
    }

    /// <summary>Row 2: the message was lost.</summary>
    [Fact]
    public async Task Kill_InTheMiddleOfATurn_TheMessageIsAnsweredAfterwards()
    {
        _scene.Model.Enqueue(FakeReply.Script(new HangStep()));
        _scene.Say(Bob, 1);
        await _scene.Model.WaitForRequestsAsync(1, TestTimeouts.Wait);
        await _gateway.KillAsync();
        await _gateway.LaunchAsync();

        await AnsweredAsync(Bob, 1);
        Assert.Equal([1], _scene.AnsweredIn(Bob));
    }

    /// <summary>Row 3: the reply was lost.</summary>
    [Fact]
    public async Task RateLimit_OnTheReply_TheReplyArrivesOnce()
    {
        _scene.Bot.Faults.Add(Fault.RateLimit("sendMessage", 2));
        _scene.Say(Bob, 1);

        await AnsweredAsync(Bob, 1);
        var attempts = _scene.Bot.CallsOf("sendMessage");
        Assert.Equal(2, attempts.Count);
        Assert.Equal(attempts[0]["text"], attempts[1]["text"]);
        Assert.Equal([1], _scene.AnsweredIn(Bob));
    }

    /// <summary>Row 4: the reply was lost.</summary>
    [Theory]
    [InlineData(FaultKind.ServerErrorPage)]
    [InlineData(FaultKind.BadRequest)]
    public async Task BadGateway_OnTheReply_TheReplyArrivesOnce(FaultKind kind)
    {
        _scene.Bot.Faults.Add(new Fault(kind) { Method = "sendMessage", Status = 502, Description = "Bad Gateway" });
        _scene.Say(Bob, 1);

        await AnsweredAsync(Bob, 1);
        Assert.Equal(2, _scene.Bot.CallsOf("sendMessage").Count);
        Assert.Equal([1], _scene.AnsweredIn(Bob));
    }

    /// <summary>Row 5: the reply was lost. Nobody can know whether the first one arrived; if it did, it is there twice, and the log says so.</summary>
    [Theory]
    [InlineData(FaultKind.ResetBefore, 1)]
    [InlineData(FaultKind.ResetAfter, 2)]
    public async Task SocketDropped_OnTheReply_ItIsSentAgainAndNoted(FaultKind kind, int there)
    {
        _scene.Bot.Faults.Add(Fault.Of(kind, "sendMessage"));
        _scene.Say(Bob, 1);

        await TestTimeouts.Until(() => _scene.AnsweredIn(Bob).Count == there, "the reply to be sent again");
        await TestTimeouts.Until(() => _gateway.LogLinesWith("without knowing whether it is there").Length > 0, "the log to say so");
        Assert.Equal(2, _scene.Bot.CallsOf("sendMessage").Count);
    }

    /// <summary>Row 6: the channel was dead.</summary>
    [Fact]
    public async Task OneUnauthorized_OnAPoll_TheChannelGoesOn()
    {
        _scene.Bot.Faults.Add(Fault.Error("getUpdates", 401, "Unauthorized"));
        _scene.Say(Bob, 1);
        await AnsweredAsync(Bob, 1);
        // The poll that waited has taken the message; the next one is refused.
        await TestTimeouts.Until(() => _gateway.LogLinesWith("does not accept the bot token").Length > 0, "the poll to be refused");
        _scene.Say(Bob, 2);

        await AnsweredAsync(Bob, 2);
        Assert.Equal([1, 2], _scene.AnsweredIn(Bob));
    }

    /// <summary>Row 7: 2 s, and 32 s in later versions. The pauses themselves, 1 to 4 s, are in PollBackoffTests.</summary>
    [Fact]
    public async Task Conflict_OnAPoll_TheChannelGoesOn()
    {
        _scene.Bot.Faults.Add(Fault.Error("getUpdates", 409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"));
        _scene.Say(Bob, 1);
        await AnsweredAsync(Bob, 1);
        await TestTimeouts.Until(() => _gateway.LogLinesWith("somebody else polls with this bot token").Length > 0, "the poll to be refused");
        _scene.Say(Bob, 2);

        await AnsweredAsync(Bob, 2);
        Assert.Equal(0, _scene.Bot.Conflicts);
    }

    /// <summary>Row 8: the message was lost, without a word.</summary>
    [Fact]
    public async Task FileThatCannotBeFetched_TheWordsArriveWithANotice()
    {
        _scene.Bot.Faults.Add(Fault.Error("file", 404, "Not Found", times: -1));
        var photo = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["file_id"] = _scene.Bot.AddFile([1, 2, 3]), ["file_unique_id"] = "u", ["width"] = 1, ["height"] = 1 });
        _scene.Bot.Enqueue(Updates.Of(Updates.Message(Bob, 1).With("photo", photo).With("caption", "message 42-1. what is this?")));

        await AnsweredAsync(Bob, 1);
        var asked = Assert.Single(_scene.Model.Requests).LastUserText;
        Assert.Contains("what is this?", asked, StringComparison.Ordinal);
        Assert.Contains("[media not available: image: could not be fetched from Telegram", asked, StringComparison.Ordinal);
    }

    /// <summary>Row 9: the older one was lost.</summary>
    [Fact]
    public async Task UpdatesOutOfOrder_InABatch_AreBothAnswered()
    {
        // A poll that takes them in one answer.
        _scene.Bot.Enqueue(
            Updates.Text(Bob, 2, "message 42-2.").With("update_id", 900_000_002),
            Updates.Text(Eve, 1, "message 43-1.", Updates.User(Eve, "Eve", "eve")).With("update_id", 900_000_001));

        await AnsweredAsync(Bob, 2);
        await AnsweredAsync(Eve, 1);
    }

    /// <summary>Row 16: the answer waited two seconds behind the sign and the typing. Here neither is ever answered, and the reply arrives all the same.</summary>
    [Fact]
    public async Task SignAndTyping_ThatAreNeverAnswered_DoNotHoldUpTheReply()
    {
        _scene.Bot.Faults.Add(Fault.Of(FaultKind.Hang, "setMessageReaction", -1), Fault.Of(FaultKind.Hang, "sendChatAction", -1));
        var gate = new TaskCompletionSource();
        _scene.Model.Enqueue(FakeReply.Script(new WaitStep(gate.Task), new TextStep("message 42-1. is done")));
        _scene.Say(Bob, 1);
        await _scene.Bot.WaitAsync(bot => bot.CallsOf("setMessageReaction").Count > 0 && bot.CallsOf("sendChatAction").Count > 0, TestTimeouts.Wait);
        gate.SetResult();

        await AnsweredAsync(Bob, 1);
    }

    private Task AnsweredAsync(long chat, int number) =>
        TestTimeouts.Until(() => Task.FromResult(_scene.AnsweredIn(chat).Contains(number)), () => $"message {chat}-{number} to be answered\n" + _gateway.LogLinesWith(""));
}
