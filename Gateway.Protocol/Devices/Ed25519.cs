namespace OpenClaw.Gateway.Protocol.Devices;

/// <summary>
/// Ed25519 signatures (RFC 8032) through the system's OpenSSL. Stateless and thread-safe.
/// </summary>
public static class Ed25519
{
    /// <summary>Bytes of a raw public key (RFC 8032 §5.1.5).</summary>
    public const int PublicKeySize = 32;

    /// <summary>Bytes of a raw private key, called the seed (RFC 8032 §5.1.5).</summary>
    public const int PrivateKeySize = 32;

    /// <summary>Bytes of a signature (RFC 8032 §5.1.6).</summary>
    public const int SignatureSize = 64;

    /// <summary>Whether a usable libcrypto was found. When false every operation throws <see cref="PlatformNotSupportedException"/>.</summary>
    public static bool IsSupported => LibCrypto.IsLoaded;

    /// <summary>
    /// Whether <paramref name="signature"/> is the signature of <paramref name="message"/> by the owner of <paramref name="publicKey"/>.
    /// Sizes other than 32 and 64 bytes, keys that are no canonical curve point encoding and keys of small order
    /// (for which a signature can be made without a private key) give false.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">OpenSSL is missing or refuses Ed25519.</exception>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureSize || !PointEncoding.IsTrustworthy(publicKey))
            return false;
        using var key = LibCrypto.ImportPublicKey(publicKey);
        return LibCrypto.Verify(key, message, signature);
    }
}
