using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using OpenClaw.Conformance.Tests.Gateways;
using OpenClaw.Conformance.Tests.Peer;
using OpenClaw.Conformance.Tests.Processes;

namespace OpenClaw.Conformance.Tests.Clients;

/// <summary>The original's node host at our gateway, and the node commands of either command line at the other's gateway.</summary>
public sealed class NodeHostTests
{
    [PeerFact]
    public async Task PeerNode_AtOurGateway_PairsAndRunsCommands_AndIsMissedWhenItHangs()
    {
        using var instance = new Instance();
        using var nodeHome = new Instance();
        await using var gateway = await GatewayProcess.StartOursAsync(instance);
        using var client = CommandLineClient.Ours();
        var port = gateway.Port.ToString(CultureInfo.InvariantCulture);
        using var node = ProgramRun.Start(PeerInstallation.Program, nodeHome.Environment(gateway.Port), "node", "run", "--host", "127.0.0.1", "--port", port, "--display-name", "Peer Node");
        try
        {
            node.OutputDataReceived += static (_, _) => { };
            node.ErrorDataReceived += static (_, _) => { };
            node.BeginOutputReadLine();
            node.BeginErrorReadLine();
            var row = await ConnectedAsync(client, gateway.Port, true);
            var id = (string)row["nodeId"]!;
            Assert.True((bool)row["paired"]!);
            Assert.Contains("system.run", row["commands"]!.AsArray().Select(command => (string)command!));

            var found = await SucceedAsync(client, gateway.Port, "nodes", "invoke", "--node", "peer node", "--command", "system.which", "--params", """{"bins":["sh"]}""");
            Assert.EndsWith("/sh", (string?)found["payload"]!["bins"]!["sh"], StringComparison.Ordinal);

            var denied = await client.RunAsync(gateway.Port, "nodes", "invoke", "--node", id, "--command", "system.run", "--params", """{"command":["echo","hi"]}""");
            Assert.Equal((1, true), (denied.ExitCode, denied.Error.Contains("SYSTEM_RUN_DENIED: approval required", StringComparison.Ordinal)));
            var approvals = await client.CallAsync(gateway.Port, "exec.approvals.node.get", $$"""{"nodeId":"{{id}}"}""");
            var file = new JsonObject { ["version"] = 1, ["defaults"] = new JsonObject { ["security"] = "full", ["ask"] = "off" } };
            await client.CallAsync(gateway.Port, "exec.approvals.node.set", new JsonObject { ["nodeId"] = id, ["baseHash"] = (string)approvals["hash"]!, ["file"] = file }.ToJsonString());
            var ran = await SucceedAsync(client, gateway.Port, "nodes", "invoke", "--node", id, "--command", "system.run", "--params", """{"command":["echo","hi"]}""");
            Assert.Equal("hi\n", (string?)ran["payload"]!["stdout"]);

            // Its network is there and its program is not: nothing tells the gateway but the missing pong.
            using (var stop = Process.Start("kill", ["-STOP", node.Id.ToString(CultureInfo.InvariantCulture)]))
                await stop.WaitForExitAsync();
            var hanging = await client.RunAsync(gateway.Port, "nodes", "invoke", "--node", id, "--command", "system.which", "--params", """{"bins":["sh"]}""", "--invoke-timeout", "100000");
            Assert.Equal((1, true), (hanging.ExitCode, hanging.Error.Contains("node disconnected (system.which)", StringComparison.Ordinal)));
            await ConnectedAsync(client, gateway.Port, false);
        }
        finally
        {
            node.Kill(entireProcessTree: true);
        }
    }

    [PeerFact]
    public async Task OurNode_AtThePeersGateway_PairsAndRunsCommands()
    {
        using var instance = new Instance();
        using var nodeHome = new Instance();
        await using var gateway = await GatewayProcess.StartPeerAsync(instance);
        using var client = CommandLineClient.OfPeer();
        var port = gateway.Port.ToString(CultureInfo.InvariantCulture);
        using var node = ProgramRun.Start(GatewayProcess.Ours, nodeHome.Environment(gateway.Port), "node", "run", "--host", "127.0.0.1", "--port", port, "--display-name", "Our Node");
        try
        {
            node.OutputDataReceived += static (_, _) => { };
            node.ErrorDataReceived += static (_, _) => { };
            node.BeginOutputReadLine();
            node.BeginErrorReadLine();
            var id = (string)(await ConnectedAsync(client, gateway.Port, true))["nodeId"]!;
            var found = await SucceedAsync(client, gateway.Port, "nodes", "invoke", "--node", "our node", "--command", "system.which", "--params", """{"bins":["sh"]}""");
            Assert.EndsWith("/sh", (string?)found["payload"]!["bins"]!["sh"], StringComparison.Ordinal);

            var denied = await client.RunAsync(gateway.Port, "nodes", "run", "--node", id, "--security", "deny", "echo", "hi");
            Assert.Contains("security=deny", denied.Error, StringComparison.Ordinal);
            var approvals = await client.CallAsync(gateway.Port, "exec.approvals.node.get", $$"""{"nodeId":"{{id}}"}""");
            var file = new JsonObject { ["version"] = 1, ["defaults"] = new JsonObject { ["security"] = "full", ["ask"] = "off" } };
            await client.CallAsync(gateway.Port, "exec.approvals.node.set", new JsonObject { ["nodeId"] = id, ["baseHash"] = (string)approvals["hash"]!, ["file"] = file }.ToJsonString());
            var ran = await SucceedAsync(client, gateway.Port, "nodes", "invoke", "--node", id, "--command", "system.run", "--params", """{"command":["/bin/sh","-lc","echo hi"],"rawCommand":"echo hi"}""");
            Assert.Equal(("hi\n", 0), ((string?)ran["payload"]!["stdout"], (int)ran["payload"]!["exitCode"]!));
        }
        finally
        {
            node.Kill(entireProcessTree: true);
        }
    }

    [PeerFact]
    public async Task OurNodeCommands_AtThePeersGateway_AskApproveAndList()
    {
        using var instance = new Instance();
        await using var gateway = await GatewayProcess.StartPeerAsync(instance);
        using var client = CommandLineClient.Ours();
        await DriveAsync(client, gateway.Port);
    }

    [PeerFact]
    public async Task PeersNodeCommands_AtOurGateway_DoTheSame()
    {
        using var instance = new Instance();
        await using var gateway = await GatewayProcess.StartOursAsync(instance);
        using var client = CommandLineClient.OfPeer();
        await DriveAsync(client, gateway.Port);
    }

    private static async Task DriveAsync(CommandLineClient client, int port)
    {
        var asked = await client.CallAsync(port, "node.pair.request", """{"nodeId":"shelf-pi","displayName":"Shelf Pi"}""");
        var id = (string)asked["request"]!["requestId"]!;
        Assert.Contains("Shelf Pi", (await client.RunAsync(port, "nodes", "pending")).Output, StringComparison.Ordinal);
        var approved = await SucceedAsync(client, port, "nodes", "approve", id);
        Assert.Equal("shelf-pi", (string?)approved["node"]!["nodeId"]);
        var again = await client.RunAsync(port, "nodes", "reject", id);
        Assert.Equal((1, true), (again.ExitCode, again.Error.Contains("nodes reject failed: Error: unknown requestId", StringComparison.Ordinal)));
        var list = await SucceedAsync(client, port, "nodes", "list", "--json");
        Assert.Equal((string?)approved["node"]!["token"], (string?)Assert.Single(list["paired"]!.AsArray())!["token"]);
        var status = await client.RunAsync(port, "nodes", "status");
        Assert.Contains("Known: 0 · Paired: 0 · Connected: 0", status.Output, StringComparison.Ordinal);
    }

    private static async Task<JsonObject> SucceedAsync(CommandLineClient client, int port, params string[] arguments)
    {
        var result = await client.RunAsync(port, arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
        return CommandLineClient.JsonOf(result);
    }

    /// <summary>Waits until the one node is, or is not, connected.</summary>
    private static async Task<JsonObject> ConnectedAsync(CommandLineClient client, int port, bool connected)
    {
        using var limit = new CancellationTokenSource(ProgramRun.Limit);
        while (true)
        {
            var nodes = (await SucceedAsync(client, port, "nodes", "status", "--json"))["nodes"]!.AsArray();
            if (nodes.Count == 1 && (bool)nodes[0]!["connected"]! == connected)
                return nodes[0]!.AsObject();
            Assert.False(limit.IsCancellationRequested, nodes.ToJsonString());
        }
    }
}
