using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OpenClaw.Gateway.Edge.Tls;

/// <summary>The certificate of the public port: the user's own, or one that the gateway makes for itself once and keeps.</summary>
public static class EdgeCertificate
{
    /// <summary>The original's name of the certificate, in <c>gateway/tls</c> of the state directory.</summary>
    public const string CertificateFile = "gateway-cert.pem";

    /// <summary>The original's name of the key, in the same place.</summary>
    public const string KeyFile = "gateway-key.pem";

    /// <summary>Clients pin the certificate, so it is not renewed behind their back.</summary>
    private const int ValidYears = 10;

    /// <summary>Loads certificate and key; makes them first when they are missing and that is allowed.</summary>
    /// <param name="certPath">PEM certificate, with the chain behind it if there is one.</param>
    /// <param name="keyPath">PEM key.</param>
    /// <param name="autoGenerate">Whether a missing pair is made.</param>
    /// <param name="now">Time now, for the dates of a new certificate.</param>
    /// <exception cref="IOException">Files are missing or cannot be read or written; the message names them.</exception>
    public static X509Certificate2 LoadOrCreate(string certPath, string keyPath, bool autoGenerate, DateTimeOffset now)
    {
        try
        {
            if (!File.Exists(certPath))
            {
                if (!autoGenerate)
                    throw new IOException($"TLS is on, but there is no certificate at {certPath}, and gateway.tls.autoGenerate is off.");
                Create(certPath, keyPath, now);
            }
            if (!File.Exists(keyPath))
                throw new IOException($"TLS is on, but there is no key at {keyPath} for the certificate {certPath}.");
            using var pem = X509Certificate2.CreateFromPemFile(certPath, keyPath);
            // Windows cannot use a key that is in memory only.
            return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception e) when (e is CryptographicException or UnauthorizedAccessException)
        {
            throw new IOException($"The TLS certificate {certPath} with the key {keyPath} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>SHA-256 of the certificate in the form that browsers show: hex pairs with colons.</summary>
    /// <param name="certificate">The certificate.</param>
    public static string Fingerprint(X509Certificate2 certificate) =>
        string.Join(':', certificate.GetCertHash(HashAlgorithmName.SHA256).Select(static value => value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>Key first: a stop in between leaves a key, for which the next start makes the certificate.</summary>
    private static void Create(string certPath, string keyPath, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(keyPath))
            key.ImportFromPem(File.ReadAllText(keyPath));
        else
            Write(keyPath, key.ExportPkcs8PrivateKeyPem());
        var request = new CertificateRequest("CN=openclaw-gateway", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        if (Uri.CheckHostName(Environment.MachineName) is UriHostNameType.Dns)
            names.AddDnsName(Environment.MachineName);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(ValidYears));
        Write(certPath, certificate.ExportCertificatePem());
    }

    private static void Write(string path, string text)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(text + "\n"));
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }
}
