using System.Text.Json.Nodes;
using OpenClaw.Conformance.Tests.Gateways;
using OpenClaw.Conformance.Tests.Peer;
using OpenClaw.Conformance.Tests.Processes;

namespace OpenClaw.Conformance.Tests.Clients;

/// <summary>The device commands of either command line against the other's gateway, and on one state directory.</summary>
public sealed class DeviceCommandTests
{
    private const string Phone = "7aee2da676ffce2062d201fd3fe066c5c98e40d87278c6ac910a65ee65846226";

    [PeerFact]
    public async Task PeerCommands_AgainstOurGateway_ListApproveRejectRotateAndRevoke()
    {
        using var instance = new Instance();
        await using var gateway = await GatewayProcess.StartOursAsync(instance);
        using var client = CommandLineClient.OfPeer();

        await DriveAsync(client, gateway, instance);
    }

    [PeerFact]
    public async Task OurCommands_AgainstThePeersGateway_DoTheSame()
    {
        using var instance = new Instance();
        await using var gateway = await GatewayProcess.StartPeerAsync(instance);
        using var client = CommandLineClient.Ours();

        await DriveAsync(client, gateway, instance);
    }

    [PeerFact]
    public async Task ApprovedByUsOnTheFiles_IsPairedForThePeersGateway()
    {
        using var instance = new Instance();
        WritePending(instance, "waiting");
        var offline = await ProgramRun.RunAsync(GatewayProcess.Ours, instance.Environment(Instance.FreePort()), ["devices", "approve", "waiting"]);
        Assert.True(offline.ExitCode == 0, offline.ToString());

        await using var gateway = await GatewayProcess.StartPeerAsync(instance);
        using var client = CommandLineClient.OfPeer();
        var list = CommandLineClient.JsonOf(await client.RunAsync(gateway.Port, "devices", "list", "--json"));

        Assert.Empty(list["pending"]!.AsArray());
        var phone = Assert.Single(list["paired"]!.AsArray(), row => (string?)row!["deviceId"] == Phone)!;
        Assert.Equal(["operator.read"], phone["tokens"]![0]!["scopes"]!.AsArray().Select(scope => (string)scope!));
    }

    private static async Task DriveAsync(CommandLineClient client, GatewayProcess gateway, Instance instance)
    {
        WritePending(instance, "turned-away");
        var pending = await SucceedAsync(client.RunAsync(gateway.Port, "devices", "list"));
        Assert.Contains("Pending (1)", pending.Output, StringComparison.Ordinal);
        Assert.Contains("Rejected " + Phone, (await SucceedAsync(client.RunAsync(gateway.Port, "devices", "reject", "turned-away"))).Output, StringComparison.Ordinal);

        WritePending(instance, "let-in");
        Assert.Contains("Approved " + Phone, (await SucceedAsync(client.RunAsync(gateway.Port, "devices", "approve", "let-in"))).Output, StringComparison.Ordinal);
        var again = await client.RunAsync(gateway.Port, "devices", "approve", "let-in");
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("unknown requestId", again.Error, StringComparison.Ordinal);

        var rotated = CommandLineClient.JsonOf(await SucceedAsync(client.RunAsync(gateway.Port, "devices", "rotate", "--device", Phone, "--role", "operator")));
        var stored = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(instance.StateDirectory, "devices", "paired.json")))![Phone]!;
        Assert.Equal((string?)stored["tokens"]!["operator"]!["token"], (string?)rotated["token"]);

        await SucceedAsync(client.RunAsync(gateway.Port, "devices", "revoke", "--device", Phone, "--role", "operator"));
        var list = CommandLineClient.JsonOf(await SucceedAsync(client.RunAsync(gateway.Port, "devices", "list", "--json")));
        var phone = Assert.Single(list["paired"]!.AsArray(), row => (string?)row!["deviceId"] == Phone)!;
        Assert.NotNull(phone["tokens"]![0]!["revokedAtMs"]);
        Assert.Contains("(revoked)", (await SucceedAsync(client.RunAsync(gateway.Port, "devices", "list"))).Output, StringComparison.Ordinal);
    }

    private static async Task<CommandResult> SucceedAsync(Task<CommandResult> running)
    {
        var result = await running;
        Assert.True(result.ExitCode == 0, result.ToString());
        return result;
    }

    private static void WritePending(Instance instance, string requestId)
    {
        var directory = Path.Combine(instance.StateDirectory, "devices");
        Directory.CreateDirectory(directory);
        var request = new JsonObject
        {
            ["requestId"] = requestId,
            ["deviceId"] = Phone,
            ["publicKey"] = "GsM_FJtMbS5rs2LR9KNQmwBZmcS9bcajbVqqG74CyEI",
            ["platform"] = "ios",
            ["role"] = "operator",
            ["roles"] = new JsonArray("operator"),
            ["scopes"] = new JsonArray("operator.read"),
            ["silent"] = false,
            ["isRepair"] = false,
            ["ts"] = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        File.WriteAllText(Path.Combine(directory, "pending.json"), new JsonObject { [requestId] = request }.ToJsonString());
    }
}
