using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Telegram.Polling;
using OpenClaw.Channels.Telegram.Tests.Support;
using OpenClaw.Fakes.Telegram;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Telegram.Tests.Polling;

/// <summary>A bot has one poll at the API, whatever becomes of polls: a second one would end the first, and with two processes both for ever.</summary>
public sealed class OnePollerTests
{
    private const int Times = 100;

    /// <summary>
    /// A stall is noticed after the poll's own time and the watchdog's (30 s and 10 s for a user, 0 and 50 ms here: a poll after a failure asks for an answer
    /// at once).
    /// </summary>
    private static readonly PollSettings Impatient = TelegramRig.Quick with { Watchdog = TimeSpan.FromMilliseconds(50) };

    [Fact]
    public async Task HundredPollsThatHang_LeaveOnePoller_AndNeverTwo()
    {
        await using var rig = await TelegramRig.CreateAsync();
        rig.Bot.Faults.Add(Fault.Of(FaultKind.Hang, "getUpdates", Times));
        await rig.ConnectAsync(settings: Impatient with { ClosePatience = TestTimeouts.Wait });

        await rig.Bot.WaitAsync(bot => bot.CallsOf("getUpdates").Count > Times, TestTimeouts.Wait);
        rig.Bot.Enqueue(Updates.Text(TelegramRig.Bob, 1, "still there?"));
        await rig.Rig.WaitForInboundAsync(1);

        await TestTimeouts.Until(() => rig.Bot.Polling == 1, "one poll");
        Assert.Equal(0, rig.Bot.Conflicts);
        Assert.True(rig.StalledPolls >= Times, $"{rig.StalledPolls} polls are counted as stalled");
    }

    /// <summary>The other side never learns that we have gone: only the next poll ends the one before.</summary>
    [Fact]
    public async Task HundredPollsOverDeadConnections_LeaveOnePoller()
    {
        await using var rig = await TelegramRig.CreateAsync();
        rig.Bot.Faults.Add(Fault.Of(FaultKind.HalfOpen, "getUpdates", Times));
        await rig.ConnectAsync(settings: Impatient with { ClosePatience = TimeSpan.FromMilliseconds(10) });

        await rig.Bot.WaitAsync(bot => bot.CallsOf("getUpdates").Count > Times, TestTimeouts.Wait);
        rig.Bot.Enqueue(Updates.Text(TelegramRig.Bob, 1, "still there?"));
        await rig.Rig.WaitForInboundAsync(1);

        await TestTimeouts.Until(() => rig.Bot.Polling == 1, "one poll");
    }

    [Fact]
    public async Task HundredRestartsOfTheChannel_CauseNoConflict()
    {
        await using var rig = await TelegramRig.CreateAsync();
        await rig.TellAsync();
        for (var i = 1; i <= Times; i++)
        {
            var host = await rig.Rig.StartAsync(rig.CreateChannel(TelegramRig.Quick with { ClosePatience = TestTimeouts.Wait }));
            rig.Bot.Enqueue(Updates.Text(TelegramRig.Bob, i, $"message {i}"));
            await rig.Rig.WaitForInboundAsync(i);
            await LongPollAsync(rig);
            await rig.Rig.StopAsync(host);
        }

        Assert.Equal(0, rig.Bot.Conflicts);
        Assert.Equal(Enumerable.Range(1, Times).Select(i => $"message {i}"), rig.Rig.Inbound.Select(message => message.Text));
    }

    [Fact]
    public async Task HundredRestartsOfTheConnection_CauseNoConflict()
    {
        await using var rig = await TelegramRig.StartAsync(settings: TelegramRig.Quick with { ClosePatience = TestTimeouts.Wait });
        for (var i = 1; i <= Times; i++)
        {
            await LongPollAsync(rig);
            var starts = rig.Bot.CallsOf("getMe").Count;
            Assert.True((await rig.Rig.ActAsync("telegram", new RestartAction())).Ok);
            await rig.Bot.WaitAsync(bot => bot.CallsOf("getMe").Count > starts, TestTimeouts.Wait);
        }

        await LongPollAsync(rig);
        Assert.Equal(0, rig.Bot.Conflicts);
    }

    /// <summary>A poll waits that will wait for long: it is the one that a stop has to end.</summary>
    private static Task LongPollAsync(TelegramRig rig) =>
        TestTimeouts.Until(() => rig.Bot.Polling == 1 && rig.Bot.CallsOf("getUpdates") is [.., var last] && last["timeout"] == "30", "a long poll");
}
