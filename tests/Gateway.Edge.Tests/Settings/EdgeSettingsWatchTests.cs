using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.InProcess;
using OpenClaw.Gateway.Edge.Settings;
using OpenClaw.Gateway.Protocol.Services;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Edge.Tests.Settings;

public sealed class EdgeSettingsWatchTests
{
    [Fact]
    public async Task Settings_FollowTheBus_AndStayWhenTheyCannotBeRead()
    {
        using var directory = new TempDirectory();
        await using var services = new ServiceCollection().AddInProcessBus(bus => bus.StateDirectory = directory.Path).BuildServiceProvider();
        var bus = services.GetRequiredService<IBus>();
        await TellAsync(bus, new EdgeSettings { BasePath = "/one" });
        var store = new EdgeSettingsStore();
        Assert.Single(store.Reasons());
        using var watch = new EdgeSettingsWatch(bus, store, TimeProvider.System, NullLogger<EdgeSettingsWatch>.Instance);

        await watch.StartAsync(CancellationToken.None);
        await TestTimeouts.Until(() => store.Current.BasePath == "/one", "what was told before");
        await bus.Maps.SetAsync(EdgeSettings.Map, EdgeSettings.Key, "not json"u8.ToArray());
        await bus.Maps.RemoveAsync(EdgeSettings.Map, EdgeSettings.Key);
        await TellAsync(bus, new EdgeSettings { BasePath = "/two", TrustedProxies = ["10.0.0.1"] });
        await TestTimeouts.Until(() => store.Current.BasePath == "/two", "what is told now");
        await watch.StopAsync(CancellationToken.None);

        Assert.Empty(store.Reasons());
        Assert.Equal(["10.0.0.1"], store.Current.TrustedProxies);
    }

    private static async Task TellAsync(IBus bus, EdgeSettings settings) =>
        await bus.Maps.SetAsync(EdgeSettings.Map, EdgeSettings.Key, JsonSerializer.SerializeToUtf8Bytes(settings, ServicesJsonContext.Default.EdgeSettings));
}
