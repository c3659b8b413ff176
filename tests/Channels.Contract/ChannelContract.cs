using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Contract;

/// <summary>What every channel promises, whatever its provider does. Each channel's tests inherit this with a fake of its provider.</summary>
public abstract partial class ChannelContract : IAsyncLifetime
{
    private IContractProvider _provider = null!;
    private ChannelRig _rig = null!;

    /// <summary>Starts the provider.</summary>
    protected abstract Task<IContractProvider> CreateProviderAsync();

    public async Task InitializeAsync()
    {
        _provider = await CreateProviderAsync();
        _rig = await ChannelRig.CreateAsync();
        await _rig.TellAsync(_provider.ChannelId, _provider.Settings);
    }

    public async Task DisposeAsync()
    {
        await _rig.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Connect_ReceivesAndSends()
    {
        await StartAsync();
        _provider.Say(1, "hello");
        await _rig.WaitForInboundAsync(1);
        var record = await SendAsync("m1", "answer");

        Assert.Equal(OutboxState.Delivered, record.State);
        Assert.Equal(["answer"], _provider.Delivered);
        Assert.Equal("hello", Assert.Single(_rig.Inbound).Text);
    }

    [Fact]
    public async Task Connect_WhatWaitedForIt_IsSentOnce()
    {
        await _rig.SendAsync(Message("m1", "early"));
        await StartAsync();
        await _rig.WaitForRecordAsync("m1", record => record.IsOver);

        Assert.Equal(["early"], _provider.Delivered);
    }

    [Fact]
    public async Task Reconnect_LosesNothing()
    {
        await StartAsync();
        _provider.BreakReceiving(3);
        await _rig.ActAsync(_provider.ChannelId, new RestartAction());
        _provider.Say(1, "meanwhile");
        await _rig.WaitForInboundAsync(1);

        Assert.Equal("meanwhile", _rig.Inbound[0].Text);
        await _rig.WaitForStatusAsync(_provider.ChannelId, status => status.Connected);
    }

    [Fact]
    public async Task DuplicateInbound_IsOneMessage()
    {
        await StartAsync();
        _provider.Say(1, "once");
        await _rig.WaitForInboundAsync(1);
        _provider.SayAgain(1, "once");
        _provider.Say(2, "next");
        await _rig.WaitForInboundAsync(2);

        Assert.Equal(["once", "next"], _rig.Inbound.Select(message => message.Text));
    }

    [Fact]
    public async Task DuplicateInbound_AfterARestart_IsOneMessage()
    {
        var host = await StartAsync();
        _provider.Say(1, "once");
        await _rig.WaitForInboundAsync(1);
        await _rig.StopAsync(host);
        _provider.SayAgain(1, "once");
        _provider.Say(2, "next");
        await StartAsync();
        await _rig.WaitForInboundAsync(2);

        Assert.Equal(["once", "next"], _rig.Inbound.Select(message => message.Text));
    }

    [Fact]
    public async Task OutOfOrderInbound_BothComeIn()
    {
        await StartAsync();
        _provider.SaySwapped(1, "older", "newer");
        await _rig.WaitForInboundAsync(2);

        Assert.Equal(["newer", "older"], _rig.Inbound.Select(message => message.Text).Order());
    }

    [Fact]
    public async Task Inbound_WhileNothingCanBeStored_ComesInLater()
    {
        await StartAsync();
        _rig.Bus.RefusesAppends = true;
        _provider.Say(1, "kept");
        await TestTimeouts.Until(() => _rig.Bus.RefusedAppends > 0, "an attempt to store");
        _rig.Bus.RefusesAppends = false;
        await _rig.WaitForInboundAsync(1);

        Assert.Equal("kept", Assert.Single(_rig.Inbound).Text);
    }

    [Fact]
    public async Task AmbiguousSend_IsRepeatedAndNoted()
    {
        await StartAsync();
        _provider.LoseNextAnswer();
        var record = await SendAsync("m1", "answer");

        Assert.Equal((OutboxState.Delivered, true), (record.State, record.MayBeDouble));
        Assert.Equal(["answer", "answer"], _provider.Delivered);
    }

    [Fact]
    public async Task RateLimit_IsObeyedAndIsNoAttempt()
    {
        await StartAsync();
        _provider.LimitNextSend(TimeSpan.FromSeconds(1));
        var before = TimeProvider.System.GetTimestamp();
        var record = await SendAsync("m1", "answer");

        Assert.Equal((OutboxState.Delivered, false), (record.State, record.MayBeDouble));
        // Not a bound on speed but on haste.
        Assert.True(TimeProvider.System.GetElapsedTime(before) >= TimeSpan.FromSeconds(1));
        Assert.Equal(["answer"], _provider.Delivered);
    }

    [Fact]
    public async Task Refusal_HoldsUpNothing()
    {
        await StartAsync();
        _provider.RefuseNextSend();
        await _rig.SendAsync(Message("m1", "refused"));
        await _rig.SendAsync(Message("m2", "after it"));
        var refused = await _rig.WaitForRecordAsync("m1", record => record.IsOver);
        await _rig.WaitForRecordAsync("m2", record => record.IsOver);

        Assert.Equal(OutboxState.Failed, refused.State);
        Assert.Equal(["after it"], _provider.Delivered);
    }

    [Fact]
    public async Task Send_KeepsTheOrderOfAChat()
    {
        await StartAsync();
        _provider.LimitNextSend(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 8; i++)
            await _rig.SendAsync(Message($"m{i}", $"{i}"));
        await _rig.WaitForRecordAsync("m7", record => record.IsOver);

        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"{i}"), _provider.Delivered);
    }

    [Fact]
    public async Task Logout_IsSaidAndHealsWithoutARestart()
    {
        _provider.AcceptsCredentials = false;
        await StartHostAsync();
        var status = await _rig.WaitForStatusAsync(_provider.ChannelId, status => status.LastError is not null);
        Assert.False(status.Connected);

        _provider.AcceptsCredentials = true;
        await _rig.ActAsync(_provider.ChannelId, new RestartAction());
        await _rig.WaitForStatusAsync(_provider.ChannelId, status => status.Connected);
        _provider.Say(1, "hello");
        await _rig.WaitForInboundAsync(1);
    }

    [Fact]
    public async Task Cancellation_OfTheHost_EndsTheConnection()
    {
        var host = await StartAsync();
        await _rig.StopAsync(host);

        await TestTimeouts.Until(() => _provider.Receivers == 0, "no receiver");
        Assert.Null(await _rig.FindStatusAsync(_provider.ChannelId) is { Running: true } running ? running : null);
    }

    [Fact]
    public async Task Shutdown_LetsASendThatHasBegunFinish()
    {
        // A clock that stands still: however slow the machine is, the time that a send is given is not over.
        await using var rig = await ChannelRig.CreateAsync(leases: new EndlessLeases());
        await rig.TellAsync(_provider.ChannelId, _provider.Settings);
        var host = await rig.StartAsync(_provider.CreateChannel(rig), new ManualTimeProvider());
        await TestTimeouts.Until(() => _provider.Receivers == 1, "a receiver");
        var gate = _provider.HoldNextSend();
        await rig.SendAsync(Message("m1", "answer"));
        await TestTimeouts.Until(() => _provider.SendAttempts == 1, "the attempt");
        var stopping = rig.StopAsync(host);
        gate.SetResult();
        await stopping;
        var record = await rig.WaitForRecordAsync("m1", record => record.IsOver);

        Assert.Equal((OutboxState.Delivered, false), (record.State, record.MayBeDouble));
        Assert.Equal(["answer"], _provider.Delivered);
    }

    [Fact]
    public async Task TwoProcesses_HaveOneReceiver()
    {
        await StartAsync();
        await _rig.StartAsync(_provider.CreateChannel(_rig));
        await TestTimeouts.Until(() => _rig.Bus.RefusedLeases > 0, "the second to want the account too");
        _provider.Say(1, "hello");
        await _rig.WaitForInboundAsync(1);
        await SendAsync("m1", "answer");

        // Between two polls there is none.
        await TestTimeouts.Until(() => _provider.Receivers == 1, "one receiver");
        Assert.Equal(["answer"], _provider.Delivered);
    }

    [Fact]
    public async Task Takeover_TheOtherGoesOn()
    {
        var first = await StartAsync();
        await _rig.StartAsync(_provider.CreateChannel(_rig));
        await _rig.StopAsync(first);
        _provider.Say(1, "to the second");
        await _rig.WaitForInboundAsync(1);
        await SendAsync("m1", "answer");

        await TestTimeouts.Until(() => _provider.Receivers == 1, "one receiver");
        Assert.Equal(["answer"], _provider.Delivered);
    }

    /// <summary>A process that was stopped, as by SIGSTOP, wakes with a lease that has run out, and has not noticed.</summary>
    [Fact]
    public async Task Takeover_OfAProcessThatDoesNotKnow_ItSendsNothing()
    {
        await StartAsync();
        _rig.Bus.IsClosed = true;
        _rig.Bus.RunOut();
        await _rig.SendAsync(Message("m1", "late"));
        await _rig.WaitForRecordAsync("m1", record => record is { State: OutboxState.Queued, Attempts: > 0 });

        Assert.Equal(0, _provider.SendAttempts);
        Assert.False((await _rig.ActAsync(_provider.ChannelId, new TypingAction(_provider.Chat, null))).Ok);

        await _rig.Bus.TellOwnersAsync();
        _rig.Bus.IsClosed = false;
        await _rig.WaitForRecordAsync("m1", record => record.State is OutboxState.Delivered);
        Assert.Equal(["late"], _provider.Delivered);
    }

    private OutboundMessage Message(string id, string text) =>
        new() { Id = id, Channel = _provider.ChannelId, AccountId = "default", To = _provider.Chat, Text = text, CreatedAtMs = 0 };

    private Task<Abstractions.Hosting.ChannelHost> StartHostAsync() => _rig.StartAsync(_provider.CreateChannel(_rig));

    private async Task<Abstractions.Hosting.ChannelHost> StartAsync()
    {
        var host = await StartHostAsync();
        await TestTimeouts.Until(() => _provider.Receivers == 1, "a receiver");
        return host;
    }

    private async Task<OutboxRecord> SendAsync(string id, string text)
    {
        await _rig.SendAsync(Message(id, text));
        return await _rig.WaitForRecordAsync(id, record => record.IsOver);
    }
}
