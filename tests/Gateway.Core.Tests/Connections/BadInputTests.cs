using System.Net.WebSockets;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Gateway.Protocol.Devices;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Core.Tests.Connections;

/// <summary>What each kind of bad input gets, and that another client is served all the same.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private GatewayTestHost _host = null!;
    private RawClient _bystander = null!;

    public async Task InitializeAsync()
    {
        _host = await GatewayTestHost.StartAsync();
        _bystander = await _host.ConnectRawAsync();
        await _bystander.HelloAsync();
    }

    public async Task DisposeAsync()
    {
        // Whatever the test did: this client is still served.
        Assert.True((bool)(await _bystander.RequestAsync("status"))["ok"]!);
        await _bystander.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("{not json", 1000, "")]
    [InlineData("", 1000, "")]
    [InlineData("[]", 1008, "invalid request frame")]
    [InlineData("""{"type":"event","event":"x"}""", 1008, "invalid request frame")]
    [InlineData("""{"type":"req","id":"a","method":"health"}""", 1008, "invalid handshake: first request must be connect")]
    public async Task FirstMessage_ThatIsNoConnect_Closes(string text, int code, string reason)
    {
        await using var client = await _host.ConnectRawAsync();
        await client.SendAsync(text);
        var (actual, why, _) = await client.ReadToCloseAsync();
        Assert.Equal((code, reason), (actual, why));
    }

    [Fact]
    public async Task FirstMessage_OverItsLimit_Closes1009()
    {
        await using var client = await _host.ConnectRawAsync();
        await client.SendAsync(new string(' ', ProtocolLimits.MaxHandshakeBytes + 1));
        Assert.Equal(1009, (await client.ReadToCloseAsync()).Code);
    }

    [Fact]
    public async Task Message_OverTheLimit_Closes1009()
    {
        await using var client = await ConnectedAsync();
        await client.SendAsync(new string(' ', ProtocolLimits.MaxPayloadBytes + 1));
        Assert.Equal(1009, (await client.ReadToCloseAsync()).Code);
    }

    [Theory]
    [InlineData("{not json")]
    [InlineData("")]
    public async Task Message_ThatIsNotJson_IsIgnored(string text)
    {
        await using var client = await ConnectedAsync();
        await client.SendAsync(text);
        Assert.True((bool)(await client.RequestAsync("last-heartbeat"))["ok"]!);
    }

    [Fact]
    public async Task BinaryGarbage_IsIgnored_AndBinaryJsonIsServed()
    {
        await using var client = await ConnectedAsync();
        await client.SendAsync([0xff, 0x00, 0xfe, 0x01], WebSocketMessageType.Binary);
        await client.SendAsync("""{"type":"req","id":"b","method":"last-heartbeat"}"""u8.ToArray(), WebSocketMessageType.Binary);
        Assert.True((bool)(await client.ReadUntilAsync(frame => (string?)frame["id"] == "b"))["ok"]!);
    }

    [Fact]
    public async Task DeepNesting_IsAnInvalidRequest_AndTheConnectionStays()
    {
        await using var client = await ConnectedAsync();
        await client.SendAsync($$"""{"type":"req","id":"deep","method":"status","params":{{new string('[', 100_000)}}{{new string(']', 100_000)}}}""");
        var refused = await client.ReadUntilAsync(frame => (string?)frame["id"] == "deep");
        Assert.False((bool)refused["ok"]!);
        Assert.Equal("INVALID_REQUEST", (string?)refused["error"]!["code"]);
        Assert.Equal("invalid request frame: at root: must NOT have more than 512 levels", (string?)refused["error"]!["message"]);
        var answer = await client.RequestAsync("last-heartbeat", id: "after");
        Assert.True((bool)answer["ok"]!);
    }

    [Fact]
    public async Task DuplicateKeys_TheLastOneCounts()
    {
        await using var client = await ConnectedAsync();
        await client.SendAsync("""{"type":"req","id":"first","method":"no.such","id":"last","method":"last-heartbeat"}""");
        Assert.True((bool)(await client.ReadUntilAsync(frame => (string?)frame["type"] == "res"))["ok"]!);
    }

    [Theory]
    [InlineData("no.such.method", "unknown method: no.such.method")]
    [InlineData("constructor", "unknown method: constructor")]
    [InlineData("__proto__", "unknown method: __proto__")]
    [InlineData("connect", "connect is only valid as the first request")]
    public async Task UnknownMethods_AreToldSo(string method, string message)
    {
        await using var client = await ConnectedAsync();
        Assert.Equal(message, (string?)(await client.RequestAsync(method))["error"]!["message"]);
    }

    [Fact]
    public async Task WrongTypes_AreNamed()
    {
        await using var client = await ConnectedAsync();
        var answer = await client.RequestAsync("chat.history", new JsonObject { ["sessionKey"] = 5, ["limit"] = "x", ["more"] = true });
        Assert.Equal(
            "invalid chat.history params: at root: unexpected property 'more'; at /sessionKey: must be string; at /limit: must be integer",
            (string?)answer["error"]!["message"]);
    }

    [Fact]
    public async Task MissingScope_IsNamed_BeforeTheMethodIsLookedUp()
    {
        await using var client = await _host.ConnectRawAsync();
        await client.HelloAsync(RawClient.ConnectParams(scopes: ["operator.read"]));
        Assert.Equal("missing scope: operator.admin", (string?)(await client.RequestAsync("no.such.method"))["error"]!["message"]);
        Assert.Equal("missing scope: operator.write", (string?)(await client.RequestAsync("chat.send"))["error"]!["message"]);
    }

    [Fact]
    public async Task ReplayedNonce_IsRefused()
    {
        using var key = Ed25519PrivateKey.Generate();
        await using var first = await _host.ConnectRawAsync();
        var proven = WithDevice(key, first.Nonce, TimeProvider.System.GetUtcNow());
        Assert.True((bool)(await first.HelloAsync(proven))["ok"]!);

        await using var second = await _host.ConnectRawAsync();
        var answer = await second.HelloAsync(proven);
        Assert.Equal("device nonce mismatch", (string?)answer["error"]!["message"]);
        Assert.Equal((1008, "device nonce mismatch"), Pair(await second.ReadToCloseAsync()));
    }

    [Theory]
    [InlineData(-601)]
    [InlineData(601)]
    public async Task StaleSignature_IsRefused(int seconds)
    {
        using var key = Ed25519PrivateKey.Generate();
        await using var client = await _host.ConnectRawAsync();
        var answer = await client.HelloAsync(WithDevice(key, client.Nonce, TimeProvider.System.GetUtcNow().AddSeconds(seconds)));
        Assert.Equal("device signature expired", (string?)answer["error"]!["message"]);
    }

    private static (int, string) Pair((int Code, string Reason, List<JsonObject> Frames) close) => (close.Code, close.Reason);

    internal static JsonObject WithDevice(Ed25519PrivateKey key, string nonce, DateTimeOffset signedAt)
    {
        var parameters = RawClient.ConnectParams();
        var identity = DeviceIdentity.Of(key);
        var payload = new DeviceSignaturePayload
        {
            DeviceId = identity.DeviceId,
            ClientId = "test",
            ClientMode = "test",
            Role = "operator",
            Scopes = [],
            SignedAtMs = signedAt.ToUnixTimeMilliseconds(),
            Token = GatewayTestHost.Token,
            Nonce = nonce,
        };
        parameters["device"] = new JsonObject
        {
            ["id"] = identity.DeviceId,
            ["publicKey"] = identity.PublicKeyText,
            ["signature"] = DeviceIdentity.Sign(key, payload.V2()),
            ["signedAt"] = payload.SignedAtMs,
            ["nonce"] = nonce,
        };
        return parameters;
    }

    private async Task<RawClient> ConnectedAsync()
    {
        var client = await _host.ConnectRawAsync();
        await client.HelloAsync();
        return client;
    }
}
