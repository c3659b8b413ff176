using System.Net.WebSockets;
using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Connections;

public sealed class InvalidUtf8Tests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TextThatIsNotUtf8_Closes1007(bool afterHello)
    {
        await using var host = await GatewayTestHost.StartAsync();
        await using var client = await host.ConnectRawAsync();
        if (afterHello)
            await client.HelloAsync();

        await client.SendAsync([0x7B, 0xC3, 0x28, 0xFF, 0x7D], WebSocketMessageType.Text);

        var (code, reason, _) = await client.ReadToCloseAsync();
        Assert.Equal((1007, ""), (code, reason));
    }
}
