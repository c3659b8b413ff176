using System.Text.Json.Nodes;
using OpenClaw.Conformance.Tests.Gateways;
using OpenClaw.Conformance.Tests.Peer;

namespace OpenClaw.Conformance.Tests.Clients;

/// <summary>How the original's command line gets in, and what it tells its user when it does not.</summary>
public sealed class PeerAdmissionTests
{
    [PeerFact]
    public async Task FirstConnect_PairsTheDevice_AndItsTokenAloneOpensTheNext()
    {
        using var instance = new Instance();
        await using var gateway = await GatewayProcess.StartOursAsync(instance);
        using var client = CommandLineClient.OfPeer();

        var first = await client.RunAsync(gateway.Port, "gateway", "health");
        // The original prefers the device token it was given over the secret in its environment, so the wrong one does no harm.
        var second = await client.RunAsAsync("not the token", gateway.Port, "gateway", "health");

        Assert.True(first.ExitCode == 0, first.ToString());
        Assert.True(second.ExitCode == 0, second.ToString());
        var paired = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(instance.StateDirectory, "devices", "paired.json")))!.AsObject();
        var given = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(client.StateDirectory, "identity", "device-auth.json")))!;
        var row = Assert.Single(paired);
        Assert.Equal((string?)row.Value!["tokens"]!["operator"]!["token"], (string?)given["tokens"]!["operator"]!["token"]);
    }

    [PeerFact]
    public async Task WrongToken_IsRefusedInTheWordsTheUserKnows()
    {
        using var instance = new Instance();
        await using var gateway = await GatewayProcess.StartOursAsync(instance);
        using var client = CommandLineClient.OfPeer();

        var result = await client.RunAsAsync("not the token", gateway.Port, "gateway", "call", "health");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("gateway closed (1008): unauthorized: gateway token mismatch (set gateway.remote.token to match gateway.auth.token)", result.Error, StringComparison.Ordinal);
    }

    [PeerFact]
    public async Task Agent_WithoutAnyModel_StillGetsAnAnswer()
    {
        using var instance = new Instance();
        await using var gateway = await GatewayProcess.StartOursAsync(instance);
        using var client = CommandLineClient.OfPeer();

        var result = await client.RunAsync(gateway.Port, "agent", "--message", "hi", "--session-id", "x");

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("No model is configured", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("falling back to embedded", result.Error, StringComparison.Ordinal);
    }

    [PeerFact]
    public async Task GatewayStopped_FailsAtOnce()
    {
        using var instance = new Instance();
        int port;
        await using (var gateway = await GatewayProcess.StartOursAsync(instance))
        {
            port = gateway.Port;
        }
        using var client = CommandLineClient.OfPeer();

        var result = await client.RunAsync(port, "gateway", "health");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("gateway closed (1006", result.Error, StringComparison.Ordinal);
    }
}
