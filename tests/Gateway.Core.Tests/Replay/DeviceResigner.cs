using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Protocol.Devices;

namespace OpenClaw.Gateway.Core.Tests.Replay;

/// <summary>
/// Recorded device proofs are bound to the recorded nonce and time. This makes fresh ones with the same faults: what was right in
/// the recording is right again, what was wrong stays as it was.
/// </summary>
internal sealed class DeviceResigner(TimeProvider time) : IDisposable
{
    private readonly Dictionary<string, Ed25519PrivateKey> _keys = [];

    /// <param name="parameters">The connect's params, changed in place.</param>
    /// <param name="recorded">The recorded <c>device</c>.</param>
    /// <param name="recordedChallenge">Payload of the recorded challenge.</param>
    /// <param name="recordedToken">The recorded <c>auth.token</c>, which the recorded signature covers.</param>
    /// <param name="nonce">The nonce of the challenge to answer now.</param>
    /// <param name="ids">Takes note of the device's new id and key.</param>
    public void Resign(JsonObject parameters, JsonObject recorded, JsonElement recordedChallenge, string? recordedToken, string nonce, RecordedValues ids)
    {
        var device = parameters["device"]!.AsObject();
        var recordedKey = (string)recorded["publicKey"]!;
        var hasIdentity = DeviceIdentity.TryParse(recordedKey, out var identity);
        var key = Key((string)recorded["id"]!);
        if (hasIdentity)
        {
            var fresh = DeviceIdentity.Of(key);
            device["publicKey"] = recordedKey.Contains("BEGIN", StringComparison.Ordinal) ? key.ToSpkiPem() : fresh.PublicKeyText;
            ids.Note(identity!.PublicKeyText, fresh.PublicKeyText);
            ids.Note(identity.DeviceId, fresh.DeviceId);
            if ((string)recorded["id"]! == identity.DeviceId)
                device["id"] = fresh.DeviceId;
        }
        if ((string?)recorded["nonce"] == recordedChallenge.GetProperty("nonce").GetString())
            device["nonce"] = nonce;
        device["signedAt"] = time.GetUtcNow().ToUnixTimeMilliseconds() + (long)recorded["signedAt"]! - recordedChallenge.GetProperty("ts").GetInt64();
        if (hasIdentity && Signs(identity!, parameters, recorded, recordedToken))
            device["signature"] = DeviceIdentity.Sign(key, SignedText(parameters, device, (string?)parameters["auth"]?["token"]));
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
            key.Dispose();
    }

    private Ed25519PrivateKey Key(string recordedDeviceId)
    {
        if (!_keys.TryGetValue(recordedDeviceId, out var key))
            _keys[recordedDeviceId] = key = Ed25519PrivateKey.FromSeed(SHA256.HashData(Encoding.UTF8.GetBytes(recordedDeviceId)));
        return key;
    }

    private static bool Signs(DeviceIdentity identity, JsonObject parameters, JsonObject device, string? token) =>
        identity.Verify(SignedText(parameters, device, token), (string?)device["signature"]);

    private static string SignedText(JsonObject parameters, JsonObject device, string? token)
    {
        var payload = new DeviceSignaturePayload
        {
            DeviceId = (string)device["id"]!,
            ClientId = (string)parameters["client"]!["id"]!,
            ClientMode = (string)parameters["client"]!["mode"]!,
            Role = (string?)parameters["role"] ?? "operator",
            Scopes = [.. parameters["scopes"]?.AsArray().Select(scope => (string)scope!) ?? []],
            SignedAtMs = (long)device["signedAt"]!,
            Token = token,
            Nonce = (string?)device["nonce"],
        };
        return payload.Nonce is null ? payload.V1() : payload.V2();
    }
}
