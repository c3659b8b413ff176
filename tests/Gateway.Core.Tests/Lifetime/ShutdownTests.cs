using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Lifetime;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Lifetime;

public sealed class ShutdownTests
{
    [Theory]
    [InlineData(StopKind.Stop, "gateway stopping", null)]
    [InlineData(StopKind.Restart, "gateway restarting", 1500)]
    public async Task Stop_TellsEveryClientThenCloses1012_AlsoThoseStillInHandshake(StopKind kind, string reason, int? restartExpectedMs)
    {
        await using var host = await GatewayTestHost.StartAsync();
        var clients = new List<RawClient>();
        for (var i = 0; i < 20; i++)
        {
            clients.Add(await host.ConnectRawAsync());
            await clients[i].HelloAsync();
        }
        await using var early = await host.ConnectRawAsync();

        var stopping = host.Services.GetRequiredService<GatewayLifetime>().StopAsync(kind);
        foreach (var client in clients)
        {
            var shutdown = await client.EventAsync("shutdown");
            Assert.Equal(reason, (string?)shutdown["payload"]!["reason"]);
            Assert.Equal(restartExpectedMs, (int?)shutdown["payload"]!["restartExpectedMs"]);
            var (code, text, _) = await client.ReadToCloseAsync();
            Assert.Equal((1012, "service restart"), (code, text));
            await client.DisposeAsync();
        }
        Assert.Equal(1012, (await early.ReadToCloseAsync()).Code);
        await early.DisposeAsync();
        await stopping.WithTimeout();
    }
}
