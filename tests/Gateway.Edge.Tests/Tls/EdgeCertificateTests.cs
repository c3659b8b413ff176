using OpenClaw.Gateway.Edge.Tls;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Edge.Tests.Tls;

public sealed class EdgeCertificateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void LoadOrCreate_Twice_GivesTheSameCertificate_WithPrivateFiles()
    {
        using var directory = new TempDirectory();

        using var first = Load(directory);
        using var second = Load(directory);

        Assert.Equal(first.Thumbprint, second.Thumbprint);
        Assert.True(first.HasPrivateKey);
        Assert.Matches("^([0-9A-F]{2}:){31}[0-9A-F]{2}$", EdgeCertificate.Fingerprint(first));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(directory["tls/key.pem"]));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory["tls"]));
        }
        Assert.Equal(2, Directory.GetFiles(directory["tls"]).Length);
    }

    [Fact]
    public void LoadOrCreate_AfterAStopBetweenKeyAndCertificate_UsesTheKey()
    {
        using var directory = new TempDirectory();
        Load(directory).Dispose();
        var key = File.ReadAllText(directory["tls/key.pem"]);
        File.Delete(directory["tls/cert.pem"]);

        Load(directory).Dispose();

        Assert.Equal(key, File.ReadAllText(directory["tls/key.pem"]));
    }

    [Fact]
    public void LoadOrCreate_WithoutWhatItNeeds_NamesTheFile()
    {
        using var directory = new TempDirectory();
        Assert.Contains("cert.pem", Assert.Throws<IOException>(() => Load(directory, autoGenerate: false)).Message, StringComparison.Ordinal);
        Load(directory).Dispose();
        File.WriteAllText(directory["tls/key.pem"], "nonsense");
        Assert.Contains("key.pem", Assert.Throws<IOException>(() => Load(directory)).Message, StringComparison.Ordinal);
        File.Delete(directory["tls/key.pem"]);
        Assert.Contains("key.pem", Assert.Throws<IOException>(() => Load(directory)).Message, StringComparison.Ordinal);
    }

    private static System.Security.Cryptography.X509Certificates.X509Certificate2 Load(TempDirectory directory, bool autoGenerate = true) =>
        EdgeCertificate.LoadOrCreate(directory["tls/cert.pem"], directory["tls/key.pem"], autoGenerate, Now);
}
