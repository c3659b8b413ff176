using OpenClaw.Channels.Abstractions.Accounts;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;
using OpenClaw.Channels.Abstractions.Settings;
using OpenClaw.Channels.Abstractions.Status;
using OpenClaw.Channels.Abstractions.Tests.Support;
using OpenClaw.Channels.Contract;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Abstractions.Tests.Hosting;

/// <summary>Accounts are kept connected, by a clock that the test moves.</summary>
public sealed class ChannelHostTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly MemoryChannel _channel = new();
    private ChannelRig _rig = null!;

    public async Task InitializeAsync() => _rig = await ChannelRig.CreateAsync(leases: new EndlessLeases());

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task ConnectionThatThrows_IsMadeAnewAfterAPause()
    {
        _channel.Run = static (_, _) => throw new InvalidOperationException("a bug");
        await StartAsync(("a", "1"));
        var status = await WaitForStatusAsync("a", status => status.NextAttemptAt is not null);
        Assert.Equal((false, "InvalidOperationException"), (status.Connected, status.LastError));
        Assert.True(status.NextAttemptAt > status.LastStopAt);
        Assert.True(_channel.Connections[0].IsDisposed);

        await AdvanceUntil(() => _channel.Connections.Count >= 4, "more connections");
    }

    [Fact]
    public async Task ConnectionThatSaysWhenToComeBack_IsObeyed()
    {
        _channel.Run = static (_, _) => Task.FromResult(new ConnectionEnd("conflict") { RetryAfter = TimeSpan.FromHours(2) });
        await StartAsync(("a", "1"));
        var status = await WaitForStatusAsync("a", status => status.NextAttemptAt is not null);

        Assert.True(status.NextAttemptAt - status.LastStopAt >= TimeSpan.FromHours(2).TotalMilliseconds);
        _time.Advance(TimeSpan.FromMinutes(110));
        Assert.Single(_channel.Connections);
    }

    [Fact]
    public async Task ConnectionThatGivesUp_WaitsForSomebody()
    {
        _channel.Run = static (_, _) => Task.FromResult(new ConnectionEnd("logged out") { IsFinal = true });
        await StartAsync(("a", "1"));
        var status = await WaitForStatusAsync("a", status => status.HasGivenUp);
        Assert.Equal("logged out", status.LastError);

        _time.Advance(TimeSpan.FromHours(10));
        Assert.Single(_channel.Connections);
        Assert.True((await _rig.ActAsync("memory", new RestartAction(), "a")).Ok);

        await TestTimeouts.Until(() => _channel.Connections.Count == 2, "another connection");
    }

    [Fact]
    public async Task Settings_ThatHoldTheChannel_KeepItsAccountsFromConnecting()
    {
        await StartAsync(("a", "1"));
        await WaitForStatusAsync("a", status => status.Connected);

        await _rig.TellAsync("memory", MemoryChannel.Settings(("a", "1")) with { Hold = "safe mode" });
        var held = await WaitForStatusAsync("a", status => status.LastError == "safe mode");
        await TestTimeouts.Until(() => _channel.Connections[0].IsDisposed, "the connection to end");
        await _rig.TellAsync("memory", MemoryChannel.Settings(("a", "1")));
        await WaitForStatusAsync("a", status => status.Connected);

        Assert.Equal((true, true, false), (held.Enabled, held.Configured, held.Running));
        Assert.Equal(2, _channel.Connections.Count);
    }

    [Fact]
    public async Task Settings_TouchTheAccountsThatTheyChange()
    {
        await StartAsync(("same", "1"), ("changed", "1"), ("gone", "1"));
        foreach (var id in (string[])["same", "changed", "gone"])
            await WaitForStatusAsync(id, status => status.Connected);

        await _rig.TellAsync("memory", MemoryChannel.Settings(("same", "1"), ("changed", "2"), ("new", "1")));
        await TestTimeouts.Until(() => _channel.Connections.Count == 5, "two more connections");
        await TestTimeouts.Until(async () => await _rig.FindStatusAsync("memory", "gone") is null, "the status to be gone");

        Assert.Equal(["changed/1", "changed/2", "gone/1", "new/1", "same/1"], _channel.Connections.Select(connection => $"{connection.Account.Id}/{connection.Account.Fingerprint}").Order());
        Assert.Equal(["changed/1", "gone/1"], _channel.Connections.Where(connection => connection.IsDisposed).Select(connection => $"{connection.Account.Id}/{connection.Account.Fingerprint}").Order());
    }

    [Theory]
    [InlineData("off", null, false, true)]
    [InlineData("bad", "no token", true, false)]
    public async Task AccountThatCannotConnect_SaysWhy(string fingerprint, string? error, bool enabled, bool configured)
    {
        await StartAsync(("a", fingerprint));
        var status = await WaitForStatusAsync("a", _ => true);

        Assert.Equal((error, enabled, configured, false), (status.LastError, status.Enabled, status.Configured, status.Running));
        Assert.Empty(_channel.Connections);
    }

    [Fact]
    public async Task SettingsThatTheChannelChokesOn_LeaveWhatWorks()
    {
        await StartAsync(("a", "1"));
        await WaitForStatusAsync("a", status => status.Connected);

        await _rig.TellAsync("memory", new ChannelSettings { Section = System.Text.Json.JsonSerializer.SerializeToElement(7) });
        await _rig.TellAsync("memory", MemoryChannel.Settings(("a", "1"), ("b", "1")));
        await WaitForStatusAsync("b", status => status.Connected);

        Assert.False(_channel.Connections[0].IsDisposed);
    }

    [Fact]
    public async Task SendThatThrows_IsAmbiguousAndTriedAgain()
    {
        var attempts = 0;
        _channel.Send = (_, _) => ++attempts == 1 ? throw new InvalidOperationException("a bug") : Task.FromResult<SendResult>(new SendResult.Delivered("7"));
        await StartAsync(("a", "1"));
        await _rig.SendAsync(new OutboundMessage { Id = "m", Channel = "memory", AccountId = "a", To = "x", Text = "hi", CreatedAtMs = 0 });

        var record = await _rig.WaitForRecordAsync("m", record => record.IsOver);

        Assert.Equal(("7", true, 2), (record.MessageId, record.MayBeDouble, record.Attempts));
    }

    [Fact]
    public async Task ChannelIsInTheDirectory()
    {
        await StartAsync();

        await TestTimeouts.Until(async () => await _rig.Bus.Maps.GetAsync(ChannelNames.DirectoryMap, "memory") is not null, "the entry");
    }

    /// <summary>Statuses are told after a moment by the clock, so it has to go on meanwhile.</summary>
    private async Task<AccountStatus> WaitForStatusAsync(string account, Func<AccountStatus, bool> condition)
    {
        AccountStatus? status = null;
        await AdvanceUntil(async () => (status = await _rig.FindStatusAsync("memory", account)) is not null && condition(status), $"the status of {account}");
        return status!;
    }

    private Task AdvanceUntil(Func<bool> condition, string what) => AdvanceUntil(() => Task.FromResult(condition()), what);

    private Task AdvanceUntil(Func<Task<bool>> condition, string what) => TestTimeouts.Until(
        () =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            return condition();
        },
        what);

    private async Task StartAsync(params (string, string)[] accounts)
    {
        await _rig.TellAsync("memory", MemoryChannel.Settings(accounts));
        await _rig.StartAsync(_channel, _time);
    }
}
