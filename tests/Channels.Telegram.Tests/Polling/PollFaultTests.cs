using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Telegram.Tests.Support;
using OpenClaw.Fakes.Telegram;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Telegram.Tests.Polling;

/// <summary>Polling goes on, whatever the API and the network do.</summary>
public sealed class PollFaultTests
{
    /// <summary>Row 6: the peer's channel was dead after it.</summary>
    [Fact]
    public async Task OneUnauthorized_AndItGoesOn()
    {
        await using var rig = await TelegramRig.CreateAsync();
        rig.Bot.Faults.Add(Fault.Error("getUpdates", 401, "Unauthorized"));

        await rig.ConnectAsync();
        rig.Bot.Enqueue(Updates.Text(42, 1, "after 401"));
        await rig.Rig.WaitForInboundAsync(1);
        var status = await rig.Rig.WaitForStatusAsync("telegram", status => status.Connected);

        Assert.False(status.HasGivenUp);
        Assert.Null(status.LastError);
    }

    [Fact]
    public async Task TokenThatIsNotAccepted_IsSaidAndTriedAgain()
    {
        await using var rig = await TelegramRig.CreateAsync();
        rig.Bot.IsTokenValid = false;

        await rig.ConnectAsync();
        var status = await rig.Rig.WaitForStatusAsync("telegram", status => status.LastError?.Contains("does not accept the bot token", StringComparison.Ordinal) == true);
        Assert.False(status.Connected);
        Assert.False(status.HasGivenUp);
        Assert.NotNull(status.NextAttemptAt);

        rig.Bot.IsTokenValid = true;
        rig.Bot.Enqueue(Updates.Text(42, 1, "at last"));
        await rig.Rig.WaitForInboundAsync(1);
    }

    /// <summary>Row 7: another process polls with the token, and stops.</summary>
    [Fact]
    public async Task Conflict_IsSaidAndHealed()
    {
        await using var rig = await TelegramRig.CreateAsync();
        rig.Bot.Faults.Add(Fault.Error("getUpdates", 409, "Conflict: terminated by other getUpdates request", times: 40));

        await rig.ConnectAsync();
        await rig.Rig.WaitForStatusAsync("telegram", status => status.LastError?.Contains("somebody else polls", StringComparison.Ordinal) == true);
        rig.Bot.Enqueue(Updates.Text(42, 1, "after 409"));
        await rig.Rig.WaitForInboundAsync(1);
    }

    [Fact]
    public async Task WebhookThatIsSetMeanwhile_IsDeleted()
    {
        await using var rig = await TelegramRig.StartAsync();
        await rig.Bot.WaitAsync(bot => bot.CallsOf("getUpdates").Count == 2, TestTimeouts.Wait);
        rig.Bot.Faults.Add(Fault.Error("getUpdates", 409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"));
        await rig.Rig.ActAsync("telegram", new RestartAction());

        rig.Bot.Enqueue(Updates.Text(42, 1, "polled"));
        await rig.Rig.WaitForInboundAsync(1);

        // One at each start, and one for the conflict.
        Assert.Equal(3, rig.Bot.CallsOf("deleteWebhook").Count);
    }

    [Theory]
    [InlineData(FaultKind.ServerErrorPage)]
    [InlineData(FaultKind.ForeignPage)]
    [InlineData(FaultKind.ResetBefore)]
    [InlineData(FaultKind.ResetAfter)]
    [InlineData(FaultKind.Truncated)]
    [InlineData(FaultKind.HalfJson)]
    [InlineData(FaultKind.RateLimit)]
    public async Task AnythingElse_IsTriedAgainAndNothingIsLost(FaultKind kind)
    {
        await using var rig = await TelegramRig.CreateAsync();
        rig.Bot.Faults.Add(new Fault(kind) { Method = "getUpdates", Times = 2, Status = 502 });
        rig.Bot.Enqueue(Updates.Text(42, 1, "first"));
        rig.Bot.Enqueue(Updates.Text(42, 2, "second"));

        await rig.ConnectAsync();
        await rig.Rig.WaitForInboundAsync(2);

        Assert.Equal(["first", "second"], rig.Rig.Inbound.Select(message => message.Text));
    }

    [Theory]
    [InlineData("getMe")]
    [InlineData("deleteWebhook")]
    [InlineData("deleteMyCommands")]
    [InlineData("setMyCommands")]
    public async Task FaultsOfTheStart_DelayIt(string method)
    {
        await using var rig = await TelegramRig.CreateAsync();
        rig.Bot.Faults.Add(Fault.Error(method, 500, "Internal Server Error", times: 2));

        await rig.ConnectAsync();
        rig.Bot.Enqueue(Updates.Text(42, 1, "hello"));
        await rig.Rig.WaitForInboundAsync(1);
    }

    [Fact]
    public async Task NothingListening_IsSaidWithoutTheToken()
    {
        await using var rig = await TelegramRig.CreateAsync();
        await rig.ConnectAsync(section => section["apiRoot"] = "http://127.0.0.1:1");

        var status = await rig.Rig.WaitForStatusAsync("telegram", status => status.LastError is not null);

        Assert.Equal("no connection to 127.0.0.1:1 (ConnectionRefused)", status.LastError);
    }

    /// <summary>Demands 3: what is not stored is not confirmed.</summary>
    [Fact]
    public async Task NothingCanBeStored_NothingIsConfirmed()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Rig.Bus.RefusesAppends = true;
        var id = rig.Bot.Enqueue(Updates.Text(42, 1, "kept"));
        await TestTimeouts.Until(() => rig.Rig.Bus.RefusedAppends > 0, "an attempt to store");
        var polls = rig.Bot.CallsOf("getUpdates").Count;
        await rig.Bot.WaitAsync(bot => bot.CallsOf("getUpdates").Count > polls + 2, TestTimeouts.Wait);

        Assert.True(rig.Bot.LastOffset is null || rig.Bot.LastOffset <= id);
        Assert.Equal(1, rig.Bot.Waiting);

        rig.Rig.Bus.RefusesAppends = false;
        await rig.Rig.WaitForInboundAsync(1);
        await TestTimeouts.Until(() => rig.Bot.LastOffset == id + 1, "the confirming offset");
    }

    /// <summary>A file is no part of what must be stored before the offset moves.</summary>
    [Fact]
    public async Task FileThatIsNotToBeHad_HoldsUpNothing()
    {
        await using var rig = await TelegramRig.StartAsync();
        rig.Bot.Faults.Add(Fault.Of(FaultKind.Hang, "getFile", -1), Fault.Of(FaultKind.Hang, "file", -1));
        var file = rig.Bot.AddFile([1, 2, 3]);
        var id = rig.Bot.Enqueue(Updates.Of(Updates.Message(42, 1).With("document", new System.Text.Json.Nodes.JsonObject { ["file_id"] = file })));

        await rig.Rig.WaitForInboundAsync(1);
        await TestTimeouts.Until(() => rig.Bot.LastOffset == id + 1, "the confirming offset");
    }
}
