using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Channels.Telegram.Accounts;
using OpenClaw.Channels.Telegram.Api;
using OpenClaw.Channels.Telegram.Outbound;
using OpenClaw.Channels.Telegram.Tests.Support;
using OpenClaw.Fakes.Telegram;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Telegram.Tests.Outbound;

/// <summary>Answers that are shown while they are written.</summary>
public sealed class AnswerDraftTests : IAsyncLifetime
{
    private TelegramRig _rig = null!;

    private FakeBot Bot => _rig.Bot;

    public async Task InitializeAsync()
    {
        _rig = await TelegramRig.CreateAsync();
        Bot.HasTopics = true;
        await _rig.ConnectAsync();
        await _rig.Rig.WaitForStatusAsync("telegram", static status => status.Connected);
    }

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Draft_InATopicOfAPrivateChat_IsShownUntilTheAnswerComes()
    {
        Assert.True((await ShowAsync("a **bold**")).Ok);
        Assert.True((await ShowAsync("a **bold** word")).Ok);
        Assert.Equal("a bold word", Bot.Chat(TelegramRig.Bob).Draft);

        var record = await _rig.SendAsync(Answer("m1", "a **bold** word."));

        Assert.Equal(OutboxState.Delivered, record.State);
        Assert.Null(Bot.Chat(TelegramRig.Bob).Draft);
        Assert.Equal("a bold word.", Assert.Single(Bot.Sent).Text);
        var drafts = Bot.CallsOf("sendMessageDraft");
        Assert.All(drafts, static call => Assert.Equal("7", call.Parameters["message_thread_id"]!.ToString()));
        // The same draft, so that Telegram moves from one to the other.
        Assert.Equal(AnswerDrafts.IdOf("run").ToString(System.Globalization.CultureInfo.InvariantCulture), Assert.Single(drafts.Select(static call => call.Parameters["draft_id"]!.ToString()).Distinct()));
    }

    [Theory]
    [InlineData("-1001", "7")]
    [InlineData("42", null)]
    [InlineData("@bob_b", "7")]
    [InlineData("no chat", "7")]
    public async Task Draft_WhereTheApiTakesNone_IsNoCall(string to, string? thread)
    {
        var result = await _rig.Rig.ActAsync("telegram", new PreviewAction(to, thread, "run", "text"));

        Assert.False(result.Ok);
        Assert.Empty(Bot.CallsOf("sendMessageDraft"));
    }

    [Fact]
    public async Task Draft_OfABotWithoutTopics_IsNoCall()
    {
        Bot.HasTopics = false;
        var calls = Bot.CallsOf("getMe").Count;
        await _rig.Rig.ActAsync("telegram", new RestartAction());
        await Bot.WaitAsync(bot => bot.CallsOf("getMe").Count > calls, TestTimeouts.Wait);
        // One that is allowed has been answered by then: it is said before the first poll.
        var polls = Bot.CallsOf("getUpdates").Count;
        await Bot.WaitAsync(bot => bot.CallsOf("getUpdates").Count > polls, TestTimeouts.Wait);

        Assert.False((await ShowAsync("text")).Ok);
        Assert.Empty(Bot.CallsOf("sendMessageDraft"));
    }

    [Fact]
    public async Task Draft_OfTooMuch_IsNoCall()
    {
        Assert.False((await ShowAsync(new string('x', 4097))).Ok);
        Assert.Empty(Bot.CallsOf("sendMessageDraft"));
    }

    /// <summary>An answer that begins with marks has nothing to show yet, which is no reason to show none of it.</summary>
    [Theory]
    [InlineData("", "text", "text")]
    [InlineData(" \n", "text", "text")]
    [InlineData("```csharp\n", "```csharp\nvar a", "var a")]
    [InlineData("# ", "# Title", "Title")]
    [InlineData("> ", "> quoted **bol", "quoted **bol")]
    public async Task Draft_OfMarksWithoutWords_IsNoCallAndNoEnd(string first, string next, string shown)
    {
        Assert.True((await ShowAsync(first)).Ok);
        Assert.Empty(Bot.CallsOf("sendMessageDraft"));
        Assert.True((await ShowAsync(next)).Ok);
        Assert.Equal(shown, Bot.Chat(TelegramRig.Bob).Draft?.Trim());
    }

    [Fact]
    public async Task Draft_ThatIsNeverAnswered_DoesNotHoldUpTheAnswer()
    {
        Bot.Faults.Add(Fault.Of(FaultKind.Hang, "sendMessageDraft"));
        var draft = ShowAsync("half");
        await Bot.WaitAsync(static bot => bot.CallsOf("sendMessageDraft").Count == 1, TestTimeouts.Wait);

        var record = await _rig.SendAsync(Answer("m1", "whole"));

        Assert.Equal((OutboxState.Delivered, 1), (record.State, record.Attempts));
        Assert.False((await draft.WithTimeout()).Ok);
        Assert.Equal("whole", Assert.Single(Bot.Sent).Text);
    }

    [Fact]
    public async Task Draft_BehindItsAnswer_IsNotShown()
    {
        await _rig.SendAsync(Answer("m1", "whole"));

        Assert.False((await ShowAsync("half")).Ok);
        Assert.True((await _rig.Rig.ActAsync("telegram", new PreviewAction("42", "7", "next run", "next"))).Ok);
        Assert.Equal("next", Bot.Chat(TelegramRig.Bob).Draft);
    }

    [Fact]
    public async Task Draft_ThatIsLimited_IsNotRepeatedAndLimitsNoAnswer()
    {
        Bot.Faults.Add(Fault.RateLimit("sendMessageDraft", 60));

        var draft = await ShowAsync("half");
        var record = await _rig.SendAsync(Answer("m1", "whole"));

        Assert.False(draft.Ok);
        Assert.Single(Bot.CallsOf("sendMessageDraft"));
        Assert.Equal((OutboxState.Delivered, 1), (record.State, record.Attempts));
    }

    [Fact]
    public async Task Draft_AfterALimit_IsNoCallOfAnyAnswer()
    {
        Bot.Faults.Add(Fault.RateLimit("sendMessageDraft", 60));
        await ShowAsync("half");

        var next = await _rig.Rig.ActAsync("telegram", new PreviewAction("42", "7", "next run", "next"));

        Assert.False(next.Ok);
        Assert.Single(Bot.CallsOf("sendMessageDraft"));
    }

    /// <summary>The run is over and its preview given up, but the API has the draft: it would come behind the answer.</summary>
    [Fact]
    public async Task Draft_ThatHasLeft_IsThereBeforeItsAnswer()
    {
        var arrives = new TaskCompletionSource();
        Bot.Faults.Add(Fault.Of(FaultKind.Slow, "sendMessageDraft") with { Gate = arrives.Task });
        var time = new ManualTimeProvider();
        using var api = Api(time);
        await using var drafts = new AnswerDrafts(api, time) { AreTaken = true };
        using var runEnds = new CancellationTokenSource();
        var shown = drafts.ShowAsync(new PreviewAction("42", "7", "run", "half"), runEnds.Token);
        await Bot.WaitAsync(static bot => bot.CallsOf("sendMessageDraft").Count == 1, TestTimeouts.Wait);
        await runEnds.CancelAsync();

        var ending = drafts.EndAsync("run", TelegramTarget.Parse("42", "7")!, CancellationToken.None);
        arrives.SetResult();
        await ending.WithTimeout();

        Assert.Equal("half", Bot.Chat(TelegramRig.Bob).Draft);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => shown);
    }

    [Fact]
    public async Task Draft_ThatHangs_IsGivenUpAfterAMoment()
    {
        Bot.Faults.Add(Fault.Of(FaultKind.Hang, "sendMessageDraft"));
        var time = new ManualTimeProvider();
        using var api = Api(time);
        await using var drafts = new AnswerDrafts(api, time) { AreTaken = true };
        var shown = drafts.ShowAsync(new PreviewAction("42", "7", "run", "half"), CancellationToken.None);
        await Bot.WaitAsync(static bot => bot.CallsOf("sendMessageDraft").Count == 1, TestTimeouts.Wait);

        await drafts.EndAsync("run", TelegramTarget.Parse("42", "8")!, CancellationToken.None);
        var ending = drafts.EndAsync(null, TelegramTarget.Parse("42", "7")!, CancellationToken.None);
        Assert.False(ending.IsCompleted);
        time.Advance(AnswerDrafts.EndPatience);
        await ending.WithTimeout();

        Assert.False((await shown.WithTimeout()).Ok);
    }

    private BotApi Api(TimeProvider time) => new(
        new TelegramAccount("default") { Fingerprint = "", Token = Bot.Token, ApiRoot = _rig.Server.Address.ToString().TrimEnd('/') }, time, TimeSpan.FromSeconds(2));

    [Fact]
    public async Task Draft_IsNoMessageOfTheOutbox()
    {
        await ShowAsync("half");

        Assert.Empty(Bot.Sent);
        Assert.Empty(await OutboxRecords.ListAsync(_rig.Rig.Bus, CancellationToken.None));
    }

    private Task<ActionResult> ShowAsync(string text) => _rig.Rig.ActAsync("telegram", new PreviewAction("42", "7", "run", text));

    private static OutboundMessage Answer(string id, string text) => TelegramRig.Message(id, text) with { ThreadId = "7", RunId = "run" };
}
