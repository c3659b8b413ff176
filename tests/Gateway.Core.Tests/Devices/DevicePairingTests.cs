using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Devices;

public sealed class DevicePairingTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly DeviceStore _store;
    private readonly DevicePairing _pairing;

    public DevicePairingTests()
    {
        _store = new(_directory.Path, new LockFiles(TimeProvider.System, "host"), _clock, NullLogger<DeviceStore>.Instance);
        _pairing = new DevicePairing(_store, _clock);
    }

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Admit_SecondConnectionWithTheSameBootstrapToken_GetsTheTokensOfTheFirst()
    {
        var bootstrap = Bootstrap();
        var first = await _pairing.AdmitAsync(Claim("phone", "node") with { Approved = bootstrap }, default);
        _clock.Advance(TimeSpan.FromSeconds(1));

        var second = await _pairing.AdmitAsync(Claim("phone", "operator") with { Approved = bootstrap }, default);

        Assert.Equal(first.Token!.Token, Assert.Single(second.OtherTokens).Token);
        Assert.Equal(Assert.Single(first.OtherTokens).Token, second.Token!.Token);
        Assert.Empty(second.Approved);
    }

    [Fact]
    public async Task Admit_LaterBootstrapToken_GivesNewTokens()
    {
        var first = await _pairing.AdmitAsync(Claim("phone", "node") with { Approved = Bootstrap() }, default);
        _clock.Advance(TimeSpan.FromSeconds(1));

        var second = await _pairing.AdmitAsync(Claim("phone", "node") with { Approved = Bootstrap() }, default);

        Assert.NotEqual(first.Token!.Token, second.Token!.Token);
    }

    [Fact]
    public async Task Admit_TooManyWait_TheNextIsTurnedAway_AndThoseThatWaitAreKnown()
    {
        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        var pending = Enumerable.Range(0, DevicePairing.MaxPending).ToImmutableDictionary(
            static number => $"r{number}",
            number => new PairingRequest { RequestId = $"r{number}", DeviceId = $"d{number}", PublicKey = "k", Role = "operator", Ts = now });
        await _store.UpdateAsync(state => (state with { Pending = pending }, 0), default);

        var refused = await _pairing.AdmitAsync(Claim("another", "operator"), default);
        var waiting = await _pairing.AdmitAsync(Claim("d7", "operator"), default);

        Assert.True(refused.IsFull);
        Assert.Null(refused.Waiting);
        Assert.Equal("r7", waiting.Waiting!.RequestId);
    }

    private BootstrapToken Bootstrap() => new() { Token = "t", IssuedAtMs = _clock.GetUtcNow().ToUnixTimeMilliseconds(), Profile = BootstrapTokens.DefaultProfile };

    private static DeviceClaim Claim(string device, string role) => new() { DeviceId = device, PublicKey = "k", Role = role, Scopes = [], IsLocal = false };
}
