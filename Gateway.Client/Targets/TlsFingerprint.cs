using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpenClaw.Gateway.Client.Targets;

/// <summary>SHA-256 fingerprints of certificates: 64 lower-case hex digits.</summary>
public static class TlsFingerprint
{
    // A certificate chain of a few keys; larger files are something else.
    private const long MaxFileBytes = 1024 * 1024;

    /// <summary>
    /// Brings the spellings people paste (<c>SHA256:AA:BB…</c>, <c>sha-256 aabb…</c>, upper case, colons, spaces) into the one form.
    /// Empty when there are no hex digits.
    /// </summary>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rest = text.AsSpan().Trim();
        foreach (var prefix in (ReadOnlySpan<string>)["sha256", "sha-256"])
        {
            if (rest.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                rest = rest[prefix.Length..];
                break;
            }
        }
        Span<char> hex = stackalloc char[128];
        var length = 0;
        foreach (var c in rest)
        {
            if (!char.IsAsciiHexDigit(c))
                continue;
            // Longer than any fingerprint: it will match nothing, which is right.
            if (length == hex.Length)
                break;
            hex[length++] = char.ToLowerInvariant(c);
        }
        return hex[..length].ToString();
    }

    /// <summary>The fingerprint of <paramref name="certificate"/>.</summary>
    public static string Of(X509Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));
    }

    /// <summary>The fingerprint of the first certificate in a PEM file; null when there is no such file or no certificate in it.</summary>
    public static string? OfPemFile(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length > MaxFileBytes)
                return null;
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(path);
            return Of(certificate);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return null;
        }
    }
}
