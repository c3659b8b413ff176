using System.Security.Cryptography;

namespace OpenClaw.Gateway.Protocol.Devices;

/// <summary>
/// A private key, held by OpenSSL and wiped when disposed. Signing is thread-safe and deterministic (RFC 8032 §5.1.6).
/// </summary>
public sealed class Ed25519PrivateKey : IDisposable
{
    private readonly SafeEvpKeyHandle _key;
    private readonly byte[] _publicKey = new byte[Ed25519.PublicKeySize];

    private Ed25519PrivateKey(ReadOnlySpan<byte> seed)
    {
        _key = LibCrypto.ImportPrivateKey(seed);
        LibCrypto.ExportPublicKey(_key, _publicKey);
    }

    /// <summary>The raw public key that belongs to this key, 32 bytes.</summary>
    public ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <summary>Makes a new key from the system's random source.</summary>
    /// <exception cref="PlatformNotSupportedException">OpenSSL is missing or refuses Ed25519.</exception>
    public static Ed25519PrivateKey Generate()
    {
        Span<byte> seed = stackalloc byte[Ed25519.PrivateKeySize];
        RandomNumberGenerator.Fill(seed);
        return Consume(seed);
    }

    /// <summary>Takes a raw 32-byte private key.</summary>
    /// <exception cref="ArgumentException"><paramref name="seed"/> is not 32 bytes long.</exception>
    /// <exception cref="PlatformNotSupportedException">OpenSSL is missing or refuses Ed25519.</exception>
    public static Ed25519PrivateKey FromSeed(ReadOnlySpan<byte> seed) =>
        seed.Length == Ed25519.PrivateKeySize
            ? new Ed25519PrivateKey(seed)
            : throw new ArgumentException("An Ed25519 private key has 32 bytes, not " + seed.Length, nameof(seed));

    /// <summary>Reads an unencrypted PKCS#8 PEM text (<c>BEGIN PRIVATE KEY</c>) of at most 1024 characters, as OpenSSL and Node write it.</summary>
    /// <returns>Null when the text holds no such key.</returns>
    /// <exception cref="PlatformNotSupportedException">OpenSSL is missing or refuses Ed25519.</exception>
    public static Ed25519PrivateKey? TryFromPem(ReadOnlySpan<char> pem)
    {
        Span<byte> seed = stackalloc byte[Ed25519.PrivateKeySize];
        return Ed25519Pem.TryReadPrivateKey(pem, seed) ? Consume(seed) : null;
    }

    /// <summary>Signs <paramref name="message"/>, which is hashed inside: pass it whole.</summary>
    /// <returns>64 bytes.</returns>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = new byte[Ed25519.SignatureSize];
        LibCrypto.Sign(_key, message, signature);
        return signature;
    }

    /// <summary>The private key as unencrypted PKCS#8 PEM with a trailing newline. A secret: write it only to files of mode 0600.</summary>
    public string ToPkcs8Pem()
    {
        Span<byte> seed = stackalloc byte[Ed25519.PrivateKeySize];
        LibCrypto.ExportPrivateKey(_key, seed);
        var pem = Ed25519Pem.WritePrivateKey(seed);
        CryptographicOperations.ZeroMemory(seed);
        return pem;
    }

    /// <summary>The public key as SPKI PEM with a trailing newline.</summary>
    public string ToSpkiPem() => Ed25519Pem.WritePublicKey(_publicKey);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static Ed25519PrivateKey Consume(Span<byte> seed)
    {
        try
        {
            return new Ed25519PrivateKey(seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }
}
