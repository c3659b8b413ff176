using System.Text.Json.Nodes;
using OpenClaw.Gateway.Protocol.Devices;

namespace OpenClaw.Gateway.Core.Tests.Support;

/// <summary>A device with a key of its own, which signs its connects as the stock clients do.</summary>
internal sealed class TestDevice : IDisposable
{
    private readonly Ed25519PrivateKey _key;

    public TestDevice(int number)
    {
        var seed = new byte[32];
        BitConverter.TryWriteBytes(seed, number);
        _key = Ed25519PrivateKey.FromSeed(seed);
        Identity = DeviceIdentity.Of(_key);
    }

    public DeviceIdentity Identity { get; }

    public string Id => Identity.DeviceId;

    /// <summary>Params of a connect on the socket with this challenge.</summary>
    public JsonObject ConnectParams(RawClient socket, string? token = GatewayTestHost.Token, string[]? scopes = null, string role = "operator", int protocol = 3, string? bootstrapToken = null)
    {
        var parameters = RawClient.ConnectParams(token, protocol, protocol, scopes: scopes, role: role);
        var signed = new DeviceSignaturePayload
        {
            DeviceId = Id,
            ClientId = "test",
            ClientMode = "test",
            Role = role,
            Scopes = scopes ?? [],
            SignedAtMs = (long)socket.Challenge["payload"]!["ts"]!,
            Token = token ?? bootstrapToken,
            Nonce = socket.Nonce,
        };
        if (bootstrapToken is not null)
            parameters["auth"] = new JsonObject { ["bootstrapToken"] = bootstrapToken };
        parameters["device"] = new JsonObject
        {
            ["id"] = Id,
            ["publicKey"] = Identity.PublicKeyText,
            ["signature"] = DeviceIdentity.Sign(_key, signed.V2()),
            ["signedAt"] = signed.SignedAtMs,
            ["nonce"] = signed.Nonce,
        };
        return parameters;
    }

    /// <summary>Connects and returns the socket with the answer.</summary>
    /// <param name="host">The gateway.</param>
    /// <param name="remote">Comes through a proxy that the gateway does not know, so it is not local.</param>
    /// <param name="token">Shared token or device token.</param>
    /// <param name="scopes">Scopes to ask for.</param>
    /// <param name="role">Role to ask for.</param>
    public async Task<(RawClient Client, JsonObject Answer)> ConnectAsync(
        GatewayTestHost host, bool remote = false, string? token = GatewayTestHost.Token, string[]? scopes = null, string role = "operator")
    {
        var client = await host.ConnectRawAsync(options =>
        {
            if (remote)
                options.SetRequestHeader("X-Forwarded-For", "203.0.113.9");
        });
        return (client, await client.HelloAsync(ConnectParams(client, token, scopes, role)));
    }

    public void Dispose() => _key.Dispose();
}
