using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Channels.Telegram.Tests.Support;
using OpenClaw.Fakes.Telegram;

namespace OpenClaw.Channels.Telegram.Tests.Outbound;

/// <summary>What becomes of a message when the API does not simply take it. The rows are those of the peer's failures.</summary>
public sealed class SendOutcomeTests
{
    /// <summary>Row 3: the peer lost the reply.</summary>
    [Fact]
    public async Task RateLimited_IsSentAfterTheFullTime()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Faults.Add(Fault.RateLimit("sendMessage", seconds: 1));

        var before = TimeProvider.System.GetTimestamp();
        var record = await rig.SendAsync("hello");

        Assert.Equal((OutboxState.Delivered, false), (record.State, record.MayBeDouble));
        // Not a bound on speed but on haste.
        Assert.True(TimeProvider.System.GetElapsedTime(before) >= TimeSpan.FromSeconds(1));
        Assert.Equal("hello", Assert.Single(rig.Bot.Sent).Text);
    }

    /// <summary>Row 4: the peer lost the reply.</summary>
    [Theory]
    [InlineData(FaultKind.BadRequest)]
    [InlineData(FaultKind.ServerErrorPage)]
    public async Task ServerError_IsSentAgain(FaultKind kind)
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Faults.Add(new Fault(kind) { Method = "sendMessage", Status = 502, Description = "Bad Gateway" });

        var record = await rig.SendAsync("hello");

        Assert.Equal((OutboxState.Delivered, false), (record.State, record.MayBeDouble));
        Assert.Equal("hello", Assert.Single(rig.Bot.Sent).Text);
    }

    /// <summary>Row 5: the peer lost the reply. Whether it is there nobody can know, so it may be there twice, and that is noted.</summary>
    [Theory]
    [InlineData(FaultKind.ResetBefore, 1)]
    [InlineData(FaultKind.ResetAfter, 2)]
    public async Task SocketDropped_IsSentAgainAndNoted(FaultKind kind, int there)
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Faults.Add(Fault.Of(kind, "sendMessage"));

        var record = await rig.SendAsync("hello");

        Assert.Equal((OutboxState.Delivered, true), (record.State, record.MayBeDouble));
        Assert.Equal(there, rig.Bot.Sent.Count);
    }

    /// <summary>As much of the answer comes as to know that it is there.</summary>
    [Fact]
    public async Task HalfAnAnswerThatSaysOk_IsDeliveredOnce()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Faults.Add(Fault.Of(FaultKind.HalfJson, "sendMessage"));

        var record = await rig.SendAsync("hello");

        Assert.Equal((OutboxState.Delivered, "1", false), (record.State, record.MessageId, record.MayBeDouble));
        Assert.Single(rig.Bot.Sent);
        Assert.Single(rig.Bot.CallsOf("sendMessage"));
    }

    /// <summary>How much of it arrives before the reset is the network's to say.</summary>
    [Fact]
    public async Task AnswerThatIsCut_IsDeliveredAndNeverDoubledUnnoted()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Faults.Add(Fault.Of(FaultKind.Truncated, "sendMessage"));

        var record = await rig.SendAsync("hello");

        Assert.Equal(OutboxState.Delivered, record.State);
        Assert.Equal(rig.Bot.Sent.Count > 1, record.MayBeDouble);
    }

    [Fact]
    public async Task ForeignPage_IsNoAnswer()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Faults.Add(Fault.Of(FaultKind.ForeignPage, "sendMessage"));

        var record = await rig.SendAsync("hello");

        Assert.Equal(OutboxState.Delivered, record.State);
        Assert.Single(rig.Bot.Sent);
        Assert.Equal(2, rig.Bot.CallsOf("sendMessage").Count);
    }

    [Fact]
    public async Task MarksThatTheApiDoesNotTake_AreLeftOut()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Faults.Add(Fault.BadRequest("sendMessage", "can't parse entities: Unsupported start tag \"x\" at byte offset 0"));

        await rig.SendAsync("**bold** [link](https://e.org) a < b");

        Assert.Equal(["<b>bold</b> <a href=\"https://e.org\">link</a> a &lt; b", "bold link a < b"], rig.Bot.CallsOf("sendMessage").Select(call => call["text"]));
        Assert.Null(rig.Bot.CallsOf("sendMessage")[1]["parse_mode"]);
    }

    /// <summary>Hundreds of tables of two lines: set off from each other they are longer than a message may be.</summary>
    [Fact]
    public async Task TextThatItsMarksMakeTooLong_GoesAsItWasWritten()
    {
        await using var rig = await TelegramRig.StartAsync();
        var text = string.Concat(Enumerable.Repeat("a|b\n--|--\n\n", 360)).Trim();

        Assert.Equal(OutboxState.Delivered, (await rig.SendAsync(text)).State);

        Assert.Equal((text, null), (rig.Bot.CallsOf("sendMessage")[0]["text"], rig.Bot.CallsOf("sendMessage")[0]["parse_mode"]));
    }

    [Fact]
    public async Task TopicThatIsGone_IsLeftOut()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Chat(-1005).IsForum = true;

        await rig.SendAsync(TelegramRig.Message("m", "hello", "-1005") with { ThreadId = "77" });

        Assert.Equal(["77", null], rig.Bot.CallsOf("sendMessage").Select(call => call["message_thread_id"]));
        Assert.Single(rig.Bot.Sent);
    }

    [Fact]
    public async Task GeneralTopic_IsNotNamed()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Chat(-1005).IsForum = true;

        await rig.SendAsync(TelegramRig.Message("m", "hello", "-1005") with { ThreadId = "1" });

        Assert.Null(Assert.Single(rig.Bot.CallsOf("sendMessage"))["message_thread_id"]);
    }

    [Fact]
    public async Task AnsweredMessageThatIsGone_IsLeftOut()
    {
        await using var rig = await TelegramRig.StartAsync();

        await rig.SendAsync(TelegramRig.Message("m", "hello") with { ReplyToId = "999" });

        Assert.Equal(["999", null], rig.Bot.CallsOf("sendMessage").Select(call => call["reply_to_message_id"]));
        Assert.Single(rig.Bot.Sent);
    }

    [Fact]
    public async Task GroupThatBecameAnother_IsFollowed()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Chat(-5);
        rig.Bot.Chat(-1005);
        rig.Bot.Faults.Add(Fault.BadRequest("sendMessage", "group chat was upgraded to a supergroup chat") with { MigrateToChatId = -1005 });

        await rig.SendAsync(TelegramRig.Message("m", "hello", "-5"));

        Assert.Equal(-1005, Assert.Single(rig.Bot.Sent).ChatId);
    }

    [Fact]
    public async Task ChatThatIsUnknown_IsRefusedWithAWordOfHelp()
    {
        await using var rig = await TelegramRig.StartAsync();

        var record = await rig.SendAsync(TelegramRig.Message("m", "hello", "777"));

        Assert.Equal((OutboxState.Failed, 1), (record.State, record.Attempts));
        Assert.Contains("has not started the bot", record.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UserWhoBlockedTheBot_IsRefused()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Chat(TelegramRig.Bob).IsBlocked = true;

        var record = await rig.SendAsync("hello");

        Assert.Equal((OutboxState.Failed, "Forbidden: bot was blocked by the user"), (record.State, record.Error));
    }

    [Fact]
    public async Task TokenThatIsNotAccepted_IsNotTheMessagesFault()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Faults.Add(Fault.Error("sendMessage", 401, "Unauthorized"));

        var record = await rig.SendAsync("hello");

        Assert.Equal(OutboxState.Delivered, record.State);
        Assert.Equal(2, record.Attempts);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("nowhere at all", "receiver")]
    public async Task WhatCannotBeSent_IsRefusedUnsent(string variant, string word)
    {
        await using var rig = await TelegramRig.StartAsync();

        var record = await rig.SendAsync(TelegramRig.Message("m", variant.Length == 0 ? " \n" : "hello", variant.Length == 0 ? "42" : variant));

        Assert.Equal(OutboxState.Failed, record.State);
        Assert.Contains(word, record.Error, StringComparison.Ordinal);
        Assert.Empty(rig.Bot.CallsOf("sendMessage"));
    }

    [Fact]
    public async Task MessagesOfAChat_KeepTheirOrderWhateverHappens()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Faults.Add(Fault.Of(FaultKind.ServerErrorPage, "sendMessage"), Fault.RateLimit("sendMessage", 1));

        for (var i = 0; i < 12; i++)
            await rig.Rig.SendAsync(TelegramRig.Message($"m{i}", $"{i}"));
        await rig.Rig.WaitForRecordAsync("m11", record => record.IsOver);

        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"{i}"), rig.Bot.Sent.Select(sent => sent.Text));
    }
}
