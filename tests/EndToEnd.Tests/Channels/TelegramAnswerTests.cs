using System.Text.Json.Nodes;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Fakes.Telegram;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests.Channels;

/// <summary>What a person sees of an answer that is written, and of a list with pages: the published program against a Bot API and a model over sockets.</summary>
public sealed class TelegramAnswerTests : IAsyncLifetime
{
    private const long Bob = 42;
    private const int Topic = 7;

    private TelegramScene _scene = null!;
    private GatewayProcess _gateway = null!;

    private FakeBot Bot => _scene.Bot;

    public async Task InitializeAsync()
    {
        _scene = await TelegramScene.StartAsync();
        Bot.HasTopics = true;
        _gateway = await GatewayProcess.StartAsync(_scene.Sections);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _scene.DisposeAsync();
    }

    [Fact]
    public async Task Answer_InATopicOfAPrivateChat_IsADraftWhileItIsWritten_AndThenAMessageOnce()
    {
        var rest = new TaskCompletionSource();
        _scene.Model.Enqueue(FakeReply.Script(new TextStep("**The first** half"), new WaitStep(rest.Task), new TextStep(" and the rest.")), FakeReply.Text("next"));
        Say(1, "hello");
        await DraftAsync("The first half");
        Assert.Empty(Bot.Sent);
        rest.SetResult();
        await SentAsync(1);
        Say(2, "again");
        await SentAsync(2);

        Assert.Equal(["The first half and the rest.", "next"], Bot.Sent.Select(static sent => sent.Text));
        Assert.Null(Bot.Chat(Bob).Draft);
        Assert.All(Bot.CallsOf("sendMessage"), static call => Assert.Equal("7", call["message_thread_id"]));
    }

    /// <summary>The draft goes by itself; the answer is written anew.</summary>
    [Fact]
    public async Task Kill_WithADraftOnTheScreen_TheAnswerComesOnce()
    {
        _scene.Model.Enqueue(FakeReply.Script(new TextStep("half"), new HangStep()), FakeReply.Text("whole"), FakeReply.Text("next"));
        Say(1, "hello");
        await DraftAsync("half");
        await _gateway.KillAsync();
        await _gateway.LaunchAsync();
        await SentAsync(1);
        Say(2, "again");
        await SentAsync(2);

        Assert.Equal(["whole", "next"], Bot.Sent.Select(static sent => sent.Text));
        // After a restart too it is the draft that was there.
        Assert.Single(Bot.CallsOf("sendMessageDraft").Where(static call => call["text"] is "half" or "whole").Select(static call => call["draft_id"]).Distinct());
    }

    [Fact]
    public async Task Commands_ArePagesThatAreTurnedInPlace()
    {
        Say(1, "/commands");
        await SentAsync(1);
        var list = Bot.Sent[0];
        Assert.StartsWith("Commands, page 1 of ", list.Text, StringComparison.Ordinal);
        Assert.Contains("\"commands_page_2\"", Bot.CallsOf("sendMessage")[0]["reply_markup"], StringComparison.Ordinal);

        Bot.Enqueue(new JsonObject
        {
            ["callback_query"] = new JsonObject
            {
                ["id"] = "press",
                ["from"] = Updates.User(Bob),
                ["data"] = "commands_page_2",
                ["message"] = InTopic(Updates.Message(Bob, list.MessageId, Updates.User(Bot.Id, "Fake"))).With("text", list.Text),
            },
        });
        await TestTimeouts.Until(() => Bot.CallsOf("editMessageText").Count == 1 && Bot.CallsOf("answerCallbackQuery").Count == 1, "the page to be turned");

        var edit = Bot.CallsOf("editMessageText")[0];
        Assert.Equal($"{list.MessageId}", edit["message_id"]);
        Assert.StartsWith("Commands, page 2 of ", edit["text"], StringComparison.Ordinal);
        Assert.Contains("\"commands_page_1\"", edit["reply_markup"], StringComparison.Ordinal);
        Assert.Equal("press", Bot.CallsOf("answerCallbackQuery")[0]["callback_query_id"]);
        Assert.Single(Bot.Sent);
        Assert.Empty(_scene.Model.Requests);
    }

    private void Say(int id, string text) => Bot.Enqueue(Updates.Of(InTopic(Updates.Message(Bob, id)).With("text", text)));

    private static JsonObject InTopic(JsonObject message) => message.With("message_thread_id", Topic).With("is_topic_message", true);

    private Task DraftAsync(string text) => Bot.WaitAsync(bot => bot.Chat(Bob).Draft == text, TestTimeouts.Wait);

    private Task SentAsync(int count) => Bot.WaitAsync(bot => bot.SentCount == count, TestTimeouts.Wait);
}
