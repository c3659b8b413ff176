using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Client.Targets;
using OpenClaw.Gateway.Client.Tests.Fakes;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Client.Tests.Targets;

public sealed class TlsFingerprintTests : IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly X509Certificate2 _certificate = SelfSigned();

    public void Dispose()
    {
        _certificate.Dispose();
        _temp.Dispose();
    }

    [Theory]
    [InlineData("AA:bb:0C", "aabb0c")]
    [InlineData(" sha256:AABB ", "aabb")]
    [InlineData("SHA-256 aa bb", "aabb")]
    [InlineData("sha256aabb", "aabb")]
    [InlineData("", "")]
    [InlineData("xyz", "")]
    public void Normalize_Spellings_BecomeOne(string text, string expected) => Assert.Equal(expected, TlsFingerprint.Normalize(text));

    [Fact]
    public void Normalize_HugeText_IsCut() => Assert.Equal(128, TlsFingerprint.Normalize(new string('a', 1_000_000)).Length);

    [Fact]
    public void OfPemFile_GivesTheCertificatesFingerprint()
    {
        var path = _temp["cert.pem"];
        File.WriteAllText(path, _certificate.ExportCertificatePem());

        Assert.Equal(_certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant(), TlsFingerprint.OfPemFile(path));
    }

    [Fact]
    public void OfPemFile_NothingUsable_IsNull()
    {
        File.WriteAllText(_temp["text.pem"], "no certificate");

        Assert.Null(TlsFingerprint.OfPemFile(_temp["text.pem"]));
        Assert.Null(TlsFingerprint.OfPemFile(_temp["missing.pem"]));
        Assert.Null(TlsFingerprint.OfPemFile(_temp.Path));
    }

    [Fact]
    public async Task Connect_PinnedCertificate_IsAcceptedThoughNobodySignedIt()
    {
        await using var gateway = await StartTlsAsync();
        await using var connection = await GatewayConnection
            .OpenAsync(gateway.Options() with { TlsFingerprint = "SHA256:" + _certificate.GetCertHashString(HashAlgorithmName.SHA256) }).WithTimeout();

        Assert.True((await connection.RequestAsync("a", default).WithTimeout()).Ok);
    }

    [Fact]
    public async Task Connect_AnotherCertificate_IsAMismatch()
    {
        await using var gateway = await StartTlsAsync();

        var error = await Assert.ThrowsAsync<GatewayTlsException>(
            () => GatewayConnection.OpenAsync(gateway.Options() with { TlsFingerprint = new string('a', 64), Details = "Source: x" }).WithTimeout());

        Assert.Equal("gateway tls fingerprint mismatch\nSource: x", error.Message);
    }

    [Fact]
    public async Task Connect_UnsignedCertificateWithoutPin_IsRefused()
    {
        await using var gateway = await StartTlsAsync();

        var error = await Assert.ThrowsAsync<GatewayClosedException>(() => gateway.OpenAsync());

        Assert.NotNull(error.Close.NetworkError);
        Assert.Contains("certificate", error.Close.NetworkError, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("ws://127.0.0.1:1", "aa", "gateway tls fingerprint requires wss:// gateway url")]
    [InlineData("wss://127.0.0.1:1", "?", "gateway tls fingerprint missing")]
    public async Task Connect_PinThatCannotBeChecked_IsRefusedBeforeAnythingIsSent(string url, string pin, string message)
    {
        var options = new GatewayConnectionOptions { Url = new Uri(url), TlsFingerprint = pin };

        var error = await Assert.ThrowsAsync<GatewayTlsException>(() => GatewayConnection.OpenAsync(options).WithTimeout());

        Assert.Equal(message, error.Message);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=openclaw-gateway", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private Task<FakeGateway> StartTlsAsync() => FakeGateway.StartAsync(
        listen => Microsoft.AspNetCore.Hosting.ListenOptionsHttpsExtensions.UseHttps(listen, _certificate),
        async c =>
        {
            await c.GreetAsync();
            await c.OkAsync(await c.ReceiveAsync());
            await c.DrainAsync();
        });
}
