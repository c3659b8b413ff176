using System.Text.Json.Nodes;
using OpenClaw.Conformance.Tests.Gateways;
using OpenClaw.Conformance.Tests.Peer;

namespace OpenClaw.Conformance.Tests.Clients;

/// <summary>The questions of the first run, asked by our gateway and answered by the original's command line.</summary>
public sealed class WizardTests
{
    [PeerFact]
    public async Task TheOriginal_StartsAnswersLooksAndCancels_AndNothingWasChanged()
    {
        using var instance = new Instance();
        await using var gateway = await GatewayProcess.StartOursAsync(instance);
        using var client = CommandLineClient.OfPeer();
        var configuration = Path.Combine(instance.StateDirectory, "openclaw.json");
        var before = await File.ReadAllTextAsync(configuration);

        var started = await client.CallAsync(gateway.Port, "wizard.start", """{"mode":"local"}""");
        var session = (string)started["sessionId"]!;
        var second = await client.RunAsync(gateway.Port, "gateway", "call", "wizard.start", "--params", "{}", "--json");
        var next = await client.CallAsync(gateway.Port, "wizard.next", Answer(session, started));
        var status = await client.CallAsync(gateway.Port, "wizard.status", $$"""{"sessionId":"{{session}}"}""");
        var cancelled = await client.CallAsync(gateway.Port, "wizard.cancel", $$"""{"sessionId":"{{session}}"}""");
        var late = await client.RunAsync(gateway.Port, "gateway", "call", "wizard.next", "--params", Answer(session, next), "--json");

        Assert.Equal(("running", false), ((string?)started["status"], (bool)started["done"]!));
        Assert.NotEqual((string?)started["step"]!["id"], (string?)next["step"]!["id"]);
        Assert.Contains("wizard already running", second.Error, StringComparison.Ordinal);
        Assert.Equal("running", (string?)status["status"]);
        Assert.Equal("cancelled", (string?)cancelled["status"]);
        Assert.Contains("wizard not found", late.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(configuration));
    }

    private static string Answer(string session, JsonObject told) => new JsonObject
    {
        ["sessionId"] = session,
        ["answer"] = new JsonObject { ["stepId"] = (string)told["step"]!["id"]!, ["value"] = true },
    }.ToJsonString();
}
