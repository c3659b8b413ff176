using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Contract;

/// <summary>What happens to a send, and to the channel's files, when something ends in the midst of them.</summary>
public abstract partial class ChannelContract
{
    /// <summary>The provider never answers: the host stops all the same when the time of a begun send is over, and the message is not lost.</summary>
    [Fact]
    public async Task Shutdown_WithASendThatNeverEnds_IsOverInItsTime_AndTheNextHostSends()
    {
        await using var rig = await ChannelRig.CreateAsync(leases: new EndlessLeases());
        await rig.TellAsync(_provider.ChannelId, _provider.Settings);
        var time = new ManualTimeProvider();
        var host = await rig.StartAsync(_provider.CreateChannel(rig), time);
        await TestTimeouts.Until(() => _provider.Receivers == 1, "a receiver");
        _provider.HoldNextSend();
        await rig.SendAsync(Message("m1", "answer"));
        await TestTimeouts.Until(() => _provider.SendAttempts == 1, "the attempt");

        var stopping = rig.StopAsync(host);
        await TestTimeouts.Until(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return stopping.IsCompleted;
            },
            "the host to stop");
        await stopping;
        Assert.NotEqual(OutboxState.Delivered, (await rig.FindRecordAsync("m1"))?.State);

        await rig.StartAsync(_provider.CreateChannel(rig));
        var record = await rig.WaitForRecordAsync("m1", static record => record.IsOver);
        Assert.Equal((OutboxState.Delivered, true), (record.State, record.MayBeDouble));
        Assert.All(_provider.Delivered, static text => Assert.Equal("answer", text));
        Assert.InRange(_provider.Delivered.Count, 1, 2);
    }

    /// <summary>The account goes to somebody else in the midst of a send: what became of it is a doubt, and the message is sent again.</summary>
    [Fact]
    public async Task Cancellation_OfASend_IsADoubt_AndTheMessageIsSentAgain()
    {
        await StartAsync();
        var gate = _provider.HoldNextSend();
        await _rig.SendAsync(Message("m1", "answer"));
        await TestTimeouts.Until(() => _provider.SendAttempts == 1, "the attempt");

        _rig.Bus.IsClosed = true;
        _rig.Bus.RunOut();
        await _rig.Bus.TellOwnersAsync();
        _rig.Bus.IsClosed = false;
        // The first attempt waits still: that there is a second means that it was given up.
        await TestTimeouts.Until(() => _provider.SendAttempts == 2, "the second attempt");
        gate.SetResult();
        var record = await _rig.WaitForRecordAsync("m1", static record => record.IsOver);

        Assert.Equal((OutboxState.Delivered, true), (record.State, record.MayBeDouble));
        Assert.All(_provider.Delivered, static text => Assert.Equal("answer", text));
        Assert.InRange(_provider.Delivered.Count, 1, 2);
    }

    [Fact]
    public async Task Ambiguity_AgainAndAgain_IsSetAside_AndHoldsUpNothing()
    {
        await StartAsync();
        for (var i = 0; i < 3; i++)
            _provider.LoseNextAnswer();
        await _rig.SendAsync(Message("m1", "doubtful"));
        await _rig.SendAsync(Message("m2", "after it"));
        var doubtful = await _rig.WaitForRecordAsync("m1", static record => record.IsOver);
        var after = await _rig.WaitForRecordAsync("m2", static record => record.IsOver);

        Assert.Equal((OutboxState.Ambiguous, true, true), (doubtful.State, doubtful.IsSetAside, doubtful.MayBeDouble));
        Assert.Equal((OutboxState.Delivered, false), (after.State, after.MayBeDouble));
        Assert.Equal(["doubtful", "doubtful", "doubtful", "after it"], _provider.Delivered);
    }

    /// <summary>A new connection is made while a message is being sent over the old one: it is there once, and what is behind it comes after it.</summary>
    [Fact]
    public async Task Reconnect_InTheMidstOfASend_LetsItFinish()
    {
        // A clock that stands still: the time that a begun send is given is not over, however slow the machine is.
        await using var rig = await ChannelRig.CreateAsync(leases: new EndlessLeases());
        await rig.TellAsync(_provider.ChannelId, _provider.Settings);
        await rig.StartAsync(_provider.CreateChannel(rig), new ManualTimeProvider());
        await TestTimeouts.Until(() => _provider.Receivers == 1, "a receiver");
        var gate = _provider.HoldNextSend();
        await rig.SendAsync(Message("m1", "first"));
        await rig.SendAsync(Message("m2", "second"));
        await TestTimeouts.Until(() => _provider.SendAttempts == 1, "the attempt");

        Assert.True((await rig.ActAsync(_provider.ChannelId, new RestartAction())).Ok);
        await TestTimeouts.Until(() => _provider.Receivers == 0, "the old connection to end");
        gate.SetResult();
        var first = await rig.WaitForRecordAsync("m1", static record => record.IsOver);
        await rig.WaitForRecordAsync("m2", static record => record.IsOver);

        Assert.Equal((OutboxState.Delivered, false), (first.State, first.MayBeDouble));
        Assert.Equal(["first", "second"], _provider.Delivered);
    }

    /// <summary>Killed while it wrote: each of its files is half there, with the one that was to take its place beside it.</summary>
    [Fact]
    public async Task Crash_InTheMidstOfWritingItsFiles_ConnectsAndLosesNothing()
    {
        var host = await StartAsync();
        _provider.Say(1, "before");
        await _rig.WaitForInboundAsync(1);
        await TestTimeouts.Until(() => FilesOfTheChannel().Count > 0, "a file of the channel");
        await _rig.StopAsync(host);
        foreach (var file in FilesOfTheChannel())
        {
            var bytes = await File.ReadAllBytesAsync(file);
            await File.WriteAllBytesAsync(file, bytes[..(bytes.Length / 2)]);
            await File.WriteAllBytesAsync(file + ".tmp", bytes[..(bytes.Length / 2)]);
        }

        await StartAsync();
        _provider.SayAgain(1, "before");
        _provider.Say(2, "after");
        await _rig.WaitForInboundAsync(2);
        var record = await SendAsync("m1", "answer");

        Assert.Equal(["before", "after"], _rig.Inbound.Select(static message => message.Text));
        Assert.Equal(OutboxState.Delivered, record.State);
    }

    /// <summary>What the channel keeps, without what the bus does.</summary>
    private List<string> FilesOfTheChannel() =>
        [.. Directory.EnumerateFiles(_rig.StateDirectory, "*", SearchOption.AllDirectories).Where(file => !file.StartsWith(Path.Combine(_rig.StateDirectory, "queue"), StringComparison.Ordinal) && !file.EndsWith(".tmp", StringComparison.Ordinal))];
}
