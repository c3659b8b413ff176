using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Methods;

public sealed class SystemEventTests
{
    [Fact]
    public async Task LongText_ReachesTheSessionWhole_AndIsCutInThePresenceRow()
    {
        await using var host = await GatewayTestHost.StartAsync();
        await using var client = await host.ConnectRawAsync();
        await client.HelloAsync();
        var text = new string('t', 5000);

        Assert.True((bool)(await client.RequestAsync("system-event", new JsonObject { ["text"] = text, ["deviceId"] = "d" }))["ok"]!);

        var status = await client.RequestAsync("status");
        Assert.Equal([text], status["payload"]!["queuedSystemEvents"]!.AsArray().Select(item => (string)item!));
        var rows = (await client.RequestAsync("system-presence"))["payload"]!.AsArray();
        Assert.Equal(text[..512], (string)rows.Single(row => (string?)row!["deviceId"] == "d")!["text"]!);
    }
}
