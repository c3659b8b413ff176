using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Channels.Abstractions.Settings;
using OpenClaw.Channels.Abstractions.Tests.Support;
using OpenClaw.Channels.Contract;
using OpenClaw.Testing;

namespace OpenClaw.Channels.Abstractions.Tests.Settings;

/// <summary>What the core tells a channel.</summary>
public sealed class SettingsWatchTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _stop = new();
    private ChannelRig _rig = null!;
    private SettingsWatch _watch = null!;
    private Task _running = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _rig = await ChannelRig.CreateAsync();
        _watch = new SettingsWatch(_rig.Bus, "memory", TimeProvider.System, NullLogger.Instance);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WithTimeout();
        _stop.Dispose();
        await _rig.DisposeAsync();
    }

    [Fact]
    public async Task WhatWasToldBefore_IsRead()
    {
        await _rig.TellAsync("memory", MemoryChannel.Settings(("a", "1")));
        Start();

        Assert.Equal("a", await NextAccountAsync());
    }

    [Fact]
    public async Task Change_IsRead_AndWhatIsTheSameIsNot()
    {
        Start();
        await _rig.TellAsync("memory", MemoryChannel.Settings(("a", "1")));
        Assert.Equal("a", await NextAccountAsync());

        await _rig.TellAsync("memory", MemoryChannel.Settings(("a", "1")));
        await _rig.TellAsync("other", MemoryChannel.Settings(("x", "1")));
        await _rig.TellAsync("memory", MemoryChannel.Settings(("b", "1")));

        Assert.Equal("b", await NextAccountAsync());
    }

    [Fact]
    public async Task WhatCannotBeRead_IsPassedOver()
    {
        Start();
        await _rig.Bus.Maps.SetAsync(ChannelNames.SettingsMap, "memory", "{"u8.ToArray());
        await _rig.TellAsync("memory", MemoryChannel.Settings(("a", "1")));

        Assert.Equal("a", await NextAccountAsync());
    }

    private void Start() => _running = _watch.RunAsync(_stop.Token);

    private async Task<string> NextAccountAsync() => (await _watch.Settings.ReadAsync().AsTask().WithTimeout()).Section.GetProperty("accounts").EnumerateObject().First().Name;
}
