using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Core.Sessions.Locking;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Devices;

public sealed class DeviceStoreTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Update_DeviceWithUnknownProperties_KeepsThem()
    {
        await File.WriteAllTextAsync(_directory["paired.json"], """
            {"d1":{"deviceId":"d1","publicKey":"k","futureField":{"a":1},"createdAtMs":1,"approvedAtMs":2,
             "tokens":{"operator":{"token":"t","role":"operator","scopes":["operator.admin"],"createdAtMs":3,"futureToken":true}}}}
            """);

        using (var store = Open())
        {
            await store.UpdateAsync(state => (state with { Paired = state.Paired.SetItem("d1", state.Paired["d1"] with { DisplayName = "laptop" }) }, 0), default);
        }

        var written = await File.ReadAllTextAsync(_directory["paired.json"]);
        Assert.Contains("\"displayName\": \"laptop\"", written, StringComparison.Ordinal);
        Assert.Contains("\"futureField\"", written, StringComparison.Ordinal);
        Assert.Contains("\"futureToken\": true", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_FileThatDoesNotParse_IsMovedAsideNotLost()
    {
        await File.WriteAllTextAsync(_directory["pending.json"], "{\"torn");
        using var store = Open();

        var pending = await store.UpdateAsync(state => (state, state.Pending.Count), default);

        Assert.Equal(0, pending);
        var aside = Assert.Single(Directory.GetFiles(_directory.Path));
        Assert.Equal("{\"torn", await File.ReadAllTextAsync(aside));
    }

    private DeviceStore Open() => new(_directory.Path, new LockFiles(TimeProvider.System, "host"), TimeProvider.System, NullLogger<DeviceStore>.Instance);
}
