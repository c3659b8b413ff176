using OpenClaw.Gateway.Client.Connections;

namespace OpenClaw.EndToEnd.Tests;

public sealed class TlsTests
{
    [Fact]
    public async Task Tls_InOneProcess_IsServedWithACertificateOfItsOwn_WhoseFingerprintIsPrinted()
    {
        await using var gateway = await GatewayProcess.StartAsync(gateway: "tls: { enabled: true }");
        var printed = gateway.LogLinesWith("SHA-256 fingerprint").Split("fingerprint: ")[1].Trim();
        var options = new GatewayConnectionOptions { Url = new Uri($"wss://127.0.0.1:{gateway.Port}/"), Token = GatewayProcess.Token, TokenIsExplicit = true, TlsFingerprint = printed };

        await using var connection = await GatewayConnection.OpenAsync(options);

        Assert.True((await connection.RequestAsync("health", "{}"u8.ToArray())).Ok);
        Assert.True(File.Exists(Path.Combine(gateway.StateDirectory, "gateway", "tls", "gateway-cert.pem")));
    }
}
