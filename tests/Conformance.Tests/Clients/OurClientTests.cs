using OpenClaw.Conformance.Tests.Gateways;
using OpenClaw.Conformance.Tests.Peer;

namespace OpenClaw.Conformance.Tests.Clients;

/// <summary>Our command line against the original's gateway.</summary>
public sealed class OurClientTests
{
    [PeerFact]
    public async Task Commands_AgainstTheOriginalsGateway_Work()
    {
        using var instance = new Instance();
        await using var gateway = await GatewayProcess.StartPeerAsync(instance);
        using var client = CommandLineClient.Ours();

        var health = await client.RunAsync(gateway.Port, "gateway", "health");
        var status = await client.CallAsync(gateway.Port, "status");
        var refused = await client.RunAsync(gateway.Port, "gateway", "call", "no.such.method");

        Assert.True(health.ExitCode == 0, health.ToString());
        Assert.Contains("OK (", health.Output, StringComparison.Ordinal);
        Assert.Equal("main", (string?)status["heartbeat"]!["defaultAgentId"]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("unknown method: no.such.method", refused.Error, StringComparison.Ordinal);
    }
}
