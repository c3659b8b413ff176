using OpenClaw.Gateway.Client.Identity;
using OpenClaw.Gateway.Protocol.Devices;

namespace OpenClaw.Gateway.Client.Connections;

/// <summary>What one connect proves itself with.</summary>
internal sealed record Credentials(string? Token, string? Password, SignedDevice? Proof)
{
    /// <param name="options">The connection.</param>
    /// <param name="device">This device, if it shows itself.</param>
    /// <param name="token">Shared or device token.</param>
    /// <param name="challenge">The gateway's challenge, if it came in time.</param>
    public static Credentials Make(GatewayConnectionOptions options, DeviceKey? device, string? token, Challenge? challenge) => new(
        NullIfEmpty(token),
        NullIfEmpty(options.Password),
        device is null ? null : Sign(options, device, NullIfEmpty(token), challenge));

    private static SignedDevice Sign(GatewayConnectionOptions options, DeviceKey device, string? token, Challenge? challenge)
    {
        // By the gateway's clock where it tells it, so that this machine's may be wrong.
        var signedAtMs = challenge?.TimestampMs ?? options.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var payload = new DeviceSignaturePayload
        {
            DeviceId = device.Identity.DeviceId,
            ClientId = options.Client.Id,
            ClientMode = options.Client.Mode,
            Role = options.Role,
            Scopes = options.Scopes,
            SignedAtMs = signedAtMs,
            Token = token,
            Nonce = challenge?.Nonce,
        };
        return new SignedDevice(
            device.Identity.DeviceId,
            device.Identity.PublicKeyText,
            device.Sign(challenge is null ? payload.V1() : payload.V2()),
            signedAtMs,
            challenge?.Nonce);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>The <c>device</c> object of a connect.</summary>
internal sealed record SignedDevice(string DeviceId, string PublicKey, string Signature, long SignedAtMs, string? Nonce);
