using System.Security.Cryptography;

namespace OpenClaw.Gateway.Protocol.Devices;

/// <summary>
/// PEM texts of Ed25519 keys (RFC 8410). Both DER forms have a fixed header and 32 key bytes, so no ASN.1 reader is needed,
/// and nothing but exactly that form is taken.
/// </summary>
internal static class Ed25519Pem
{
    /// <summary>Characters of PEM text looked at. The real texts have 113 and 119.</summary>
    public const int MaxLength = 1024;

    private const string PublicLabel = "PUBLIC KEY";
    private const string PrivateLabel = "PRIVATE KEY";

    // SEQUENCE { SEQUENCE { OID 1.3.101.112 } BIT STRING (32 bytes) }
    private static ReadOnlySpan<byte> SpkiHeader => [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

    // SEQUENCE { INTEGER 0, SEQUENCE { OID 1.3.101.112 }, OCTET STRING { OCTET STRING (32 bytes) } }
    private static ReadOnlySpan<byte> Pkcs8Header =>
        [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

    public static bool TryReadPublicKey(ReadOnlySpan<char> pem, Span<byte> rawKey) => TryRead(pem, PublicLabel, SpkiHeader, rawKey);

    public static bool TryReadPrivateKey(ReadOnlySpan<char> pem, Span<byte> seed) => TryRead(pem, PrivateLabel, Pkcs8Header, seed);

    public static string WritePublicKey(ReadOnlySpan<byte> rawKey) => Write(PublicLabel, SpkiHeader, rawKey);

    public static string WritePrivateKey(ReadOnlySpan<byte> seed) => Write(PrivateLabel, Pkcs8Header, seed);

    private static bool TryRead(ReadOnlySpan<char> pem, string label, ReadOnlySpan<byte> header, Span<byte> key)
    {
        if (pem.Length > MaxLength || !PemEncoding.TryFind(pem, out var fields) || !pem[fields.Label].SequenceEqual(label))
            return false;
        Span<byte> der = stackalloc byte[header.Length + key.Length];
        // A block of another size is another kind of key; decoding it would only be work for whoever sent it.
        if (fields.DecodedDataLength != der.Length || !Convert.TryFromBase64Chars(pem[fields.Base64Data], der, out var written) || written != der.Length)
            return false;
        var matches = der.StartsWith(header);
        if (matches)
            der[header.Length..].CopyTo(key);
        CryptographicOperations.ZeroMemory(der);
        return matches;
    }

    private static string Write(string label, ReadOnlySpan<byte> header, ReadOnlySpan<byte> key)
    {
        Span<byte> der = stackalloc byte[header.Length + key.Length];
        header.CopyTo(der);
        key.CopyTo(der[header.Length..]);
        var pem = PemEncoding.WriteString(label, der) + "\n";
        CryptographicOperations.ZeroMemory(der);
        return pem;
    }
}
