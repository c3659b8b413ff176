using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Handshake;

public sealed class HandshakeTests
{
    [Fact]
    public async Task Connect_WithToken_GetsHelloOkThenHealth()
    {
        await using var host = await GatewayTestHost.StartAsync();
        await using var client = await host.ConnectRawAsync();

        var hello = await client.HelloAsync();

        Assert.True((bool)hello["ok"]!);
        var payload = hello["payload"]!;
        Assert.Equal("hello-ok", (string)payload["type"]!);
        Assert.Equal(3, (int)payload["protocol"]!);
        Assert.Equal(30000, (int)payload["policy"]!["tickIntervalMs"]!);
        Assert.Contains(payload["snapshot"]!["presence"]!.AsArray(), row => (string?)row!["mode"] == "test");
        var health = await client.EventAsync("health");
        Assert.True((bool)health["payload"]!["ok"]!);
        Assert.NotNull(health["stateVersion"]);
    }

    [Theory]
    [InlineData("not json", 1000, "")]
    [InlineData("", 1000, "")]
    [InlineData("null", 1008, "invalid request frame")]
    [InlineData("[]", 1008, "invalid request frame")]
    [InlineData("""{"type":"event","event":"x"}""", 1008, "invalid request frame")]
    [InlineData("""{"type":"req","id":7,"method":"connect"}""", 1008, "invalid request frame")]
    [InlineData("""{"type":"req","id":"1","method":"connect","x":1}""", 1008, "invalid request frame")]
    [InlineData("""{"type":"req","id":"1","method":"health"}""", 1008, "invalid handshake: first request must be connect")]
    public async Task FirstFrame_NotAConnect_ClosesAsDocumented(string frame, int code, string reason)
    {
        await using var host = await GatewayTestHost.StartAsync();
        await using var client = await host.ConnectRawAsync();

        await client.SendAsync(frame);

        var (actualCode, actualReason, _) = await client.ReadToCloseAsync();
        Assert.Equal((code, reason), (actualCode, actualReason));
    }

    [Fact]
    public async Task Connect_WrongToken_IsRefusedAThousandTimes_AndOthersAreServed()
    {
        await using var host = await GatewayTestHost.StartAsync();
        await using var other = await host.ConnectRawAsync();
        await other.HelloAsync();
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            await using var client = await host.ConnectRawAsync();
            var answer = await client.HelloAsync(RawClient.ConnectParams(token: "wrong"));
            Assert.Equal("unauthorized: gateway token mismatch (provide gateway auth token)", (string)answer["error"]!["message"]!);
            var (code, reason, _) = await client.ReadToCloseAsync();
            Assert.Equal((1008, "unauthorized: gateway token mismatch (provide gateway auth token)"), (code, reason));
        }
        Assert.True((bool)(await other.RequestAsync("system-presence"))["ok"]!);
    }

    [Fact]
    public async Task Connect_Oversize_Closes1009()
    {
        await using var host = await GatewayTestHost.StartAsync();
        await using var client = await host.ConnectRawAsync();

        await client.SendAsync(new string(' ', 600_000));

        var (code, reason, _) = await client.ReadToCloseAsync();
        Assert.Equal((1009, ""), (code, reason));
    }

    [Fact]
    public async Task Connect_BinaryMessage_IsReadAsJson()
    {
        await using var host = await GatewayTestHost.StartAsync();
        await using var client = await host.ConnectRawAsync();
        var frame = new JsonObject { ["type"] = "req", ["id"] = "1", ["method"] = "connect", ["params"] = RawClient.ConnectParams() };

        await client.SendAsync(Encoding.UTF8.GetBytes(frame.ToJsonString()), WebSocketMessageType.Binary);

        Assert.True((bool)(await client.ReadUntilAsync(f => (string?)f["type"] == "res"))["ok"]!);
    }

    [Fact]
    public async Task Connect_RequestsSentBeforeHello_AreAnsweredAfterIt_InTheirOrder()
    {
        await using var host = await GatewayTestHost.StartAsync();
        await using var client = await host.ConnectRawAsync();
        var connect = new JsonObject { ["type"] = "req", ["id"] = "0", ["method"] = "connect", ["params"] = RawClient.ConnectParams() };

        await client.SendAsync(connect.ToJsonString());
        for (var id = 1; id <= 3; id++)
            await client.SendAsync($$"""{"type":"req","id":"{{id}}","method":"last-heartbeat"}""");

        for (var id = 0; id <= 3; id++)
        {
            var answer = await client.ReadUntilAsync(f => (string?)f["type"] == "res");
            Assert.Equal((id.ToString(System.Globalization.CultureInfo.InvariantCulture), true), ((string)answer["id"]!, (bool)answer["ok"]!));
        }
    }

    [Fact]
    public async Task Connect_RefusedWithRequestsBehindIt_AnswersNoneOfThem()
    {
        await using var host = await GatewayTestHost.StartAsync();
        await using var client = await host.ConnectRawAsync();
        var connect = new JsonObject { ["type"] = "req", ["id"] = "0", ["method"] = "connect", ["params"] = RawClient.ConnectParams(token: "wrong") };

        await client.SendAsync(connect.ToJsonString());
        await client.SendAsync("""{"type":"req","id":"1","method":"last-heartbeat"}""");

        var (code, _, frames) = await client.ReadToCloseAsync();
        Assert.Equal(1008, code);
        Assert.Equal("0", (string)Assert.Single(frames)["id"]!);
    }
}
