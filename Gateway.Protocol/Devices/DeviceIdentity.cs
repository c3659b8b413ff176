using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace OpenClaw.Gateway.Protocol.Devices;

/// <summary>
/// Who a device is: its Ed25519 public key, and the id that follows from it. Immutable; equal when the keys are equal.
/// </summary>
public sealed class DeviceIdentity : IEquatable<DeviceIdentity>
{
    /// <summary>Characters of key text that are looked at; a PEM text has about 113, a raw key 43.</summary>
    public const int MaxKeyTextLength = Ed25519Pem.MaxLength;

    private readonly byte[] _publicKey;

    private DeviceIdentity(byte[] publicKey)
    {
        _publicKey = publicKey;
        DeviceId = Convert.ToHexStringLower(SHA256.HashData(publicKey));
        PublicKeyText = KeyText.Encode(publicKey);
    }

    /// <summary>SHA-256 of the raw public key in lower-case hex: 64 characters.</summary>
    public string DeviceId { get; }

    /// <summary>The raw public key in base64url without padding: 43 characters. The form that is stored and sent.</summary>
    public string PublicKeyText { get; }

    /// <summary>The raw public key, 32 bytes.</summary>
    public ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <summary>
    /// Reads the <c>device.publicKey</c> of a connect: base64url or base64 of the 32 raw bytes, or an SPKI PEM text,
    /// recognised by containing <c>-----BEGIN</c>. At most <see cref="MaxKeyTextLength"/> characters.
    /// </summary>
    /// <returns>False for any other text, and for keys that <see cref="Ed25519.Verify"/> never accepts.</returns>
    public static bool TryParse([NotNullWhen(true)] string? publicKey, [NotNullWhen(true)] out DeviceIdentity? identity)
    {
        identity = null;
        if (publicKey is null || publicKey.Length > MaxKeyTextLength)
            return false;
        var raw = new byte[Ed25519.PublicKeySize];
        var read = publicKey.Contains("-----BEGIN", StringComparison.Ordinal)
            ? Ed25519Pem.TryReadPublicKey(publicKey, raw)
            : KeyText.TryDecode(publicKey, raw);
        if (!read || !PointEncoding.IsTrustworthy(raw))
            return false;
        identity = new DeviceIdentity(raw);
        return true;
    }

    /// <summary>The public half of <paramref name="key"/>.</summary>
    public static DeviceIdentity Of(Ed25519PrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new DeviceIdentity(key.PublicKey.ToArray());
    }

    /// <summary>Signs a <see cref="DeviceSignaturePayload"/> text.</summary>
    /// <returns>base64url without padding, 86 characters.</returns>
    public static string Sign(Ed25519PrivateKey key, string payload)
    {
        ArgumentNullException.ThrowIfNull(key);
        return KeyText.Encode(key.Sign(Encoding.UTF8.GetBytes(payload)));
    }

    /// <summary>
    /// Whether <paramref name="signature"/> (base64url or base64 of 64 bytes) is this device's signature of <paramref name="payload"/>.
    /// Anything else is false.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">OpenSSL is missing or refuses Ed25519.</exception>
    public bool Verify(string payload, string? signature)
    {
        Span<byte> bytes = stackalloc byte[Ed25519.SignatureSize];
        return KeyText.TryDecode(signature, bytes) && Ed25519.Verify(_publicKey, Encoding.UTF8.GetBytes(payload), bytes);
    }

    /// <inheritdoc/>
    public bool Equals(DeviceIdentity? other) => other is not null && PublicKey.SequenceEqual(other.PublicKey);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DeviceIdentity);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_publicKey);

    /// <inheritdoc/>
    public override string ToString() => DeviceId;
}
