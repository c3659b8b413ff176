using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OpenClaw.Cli.Tests.Support;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.NodeHost;

/// <summary><c>openclaw node run</c> at a gateway, each a process of its own with a home of its own.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed partial class NodeHostTests : IAsyncLifetime
{
    private readonly CliHome _gatewayHome = new();
    private readonly CliHome _nodeHome = new();
    private OpenClawProcess? _gateway;
    private OpenClawProcess? _node;
    private int _port;

    private OpenClawProcess Node => _node!;

    public async Task InitializeAsync()
    {
        _port = _gatewayHome.WriteConfig();
        _gateway = await StartGatewayAsync();
        _nodeHome.Variables["OPENCLAW_GATEWAY_TOKEN"] = "test-token";
        _node = OpenClawProcess.Start(_nodeHome, "node", "run", "--host", "127.0.0.1", "--port", _port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--display-name", "Attic");
        await _node.WaitForAsync("node host connected");
    }

    public async Task DisposeAsync()
    {
        await _node!.DisposeAsync();
        await _gateway!.DisposeAsync();
        _nodeHome.Dispose();
        _gatewayHome.Dispose();
    }

    [Fact]
    public async Task Node_IsListed_AndFindsPrograms()
    {
        var row = Assert.Single(JsonNode.Parse((await _gatewayHome.RunAsync("nodes", "status", "--json")).Out)!["nodes"]!.AsArray())!;
        Assert.Equal(("Attic", true, true), ((string?)row["displayName"], (bool)row["connected"]!, (bool)row["paired"]!));
        Assert.Equal(["system.execApprovals.get", "system.execApprovals.set", "system.run", "system.which"], row["commands"]!.AsArray().Select(command => (string)command!));

        var found = await InvokeAsync("system.which", """{"bins":["sh","no-such-program"]}""");

        Assert.EndsWith("/sh", (string?)Assert.Single(found["bins"]!.AsObject()).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NeedsApproval_UntilTheNodesFileSaysOtherwise()
    {
        var denied = await TryInvokeAsync("system.run", """{"command":["echo","hi"]}""");
        Assert.Equal((1, "nodes invoke failed: Error: SYSTEM_RUN_DENIED: approval required\n"), (denied.ExitCode, denied.Error));

        await AllowEverythingAsync();
        var ran = await InvokeAsync("system.run", """{"command":["/bin/sh","-c","echo $GREETING; pwd; exit 4"],"cwd":"/","env":{"GREETING":"hi","LD_PRELOAD":"/x.so"}}""");

        Assert.Equal((4, false, "hi\n/\n", ""), ((int)ran["exitCode"]!, (bool)ran["success"]!, (string)ran["stdout"]!, (string)ran["stderr"]!));
        // Both are told to the main session, for its next turn.
        var told = JsonNode.Parse((await _gatewayHome.RunAsync("gateway", "call", "status", "--json")).Out)!["queuedSystemEvents"]!.AsArray();
        Assert.Empty(told);
        await InvokeAsync("system.run", """{"command":["echo","done"],"sessionKey":"main","runId":"r-1"}""");
        told = JsonNode.Parse((await _gatewayHome.RunAsync("gateway", "call", "status", "--json")).Out)!["queuedSystemEvents"]!.AsArray();
        Assert.Contains("Exec finished (node, id=r-1, code 0)", (string?)Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approvals_OfTheNode_AreChangedFromTheGateway()
    {
        var program = (string)(await InvokeAsync("system.which", """{"bins":["touch"]}"""))["bins"]!["touch"]!;
        await _gatewayHome.RunAsync("approvals", "allowlist", "add", program, "--node", "attic");

        var ran = await InvokeAsync("system.run", """{"command":["touch","made"]}""");

        Assert.True((bool)ran["success"]!, ran.ToJsonString());
        Assert.True(File.Exists(Path.Combine(_nodeHome.Path, "made")));
        var shown = await _gatewayHome.RunAsync("approvals", "get", "--node", "attic");
        Assert.Contains(program, shown.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ManyBytesThatNeedEscapes_StillFitIntoAnAnswer()
    {
        await AllowEverythingAsync();

        var ran = await InvokeAsync("system.run", """{"command":["/bin/sh","-c","head -c 250000 /dev/zero"]}""");

        Assert.StartsWith("... (truncated) ", (string?)ran["stdout"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TheSameKeyTwice_RunsOnce()
    {
        await AllowEverythingAsync();
        string[] again = ["--idempotency-key", "once"];

        var first = await InvokeAsync("system.run", """{"command":["/bin/sh","-c","echo run >> counted; wc -l < counted"]}""", again);
        var second = await InvokeAsync("system.run", """{"command":["/bin/sh","-c","echo run >> counted; wc -l < counted"]}""", again);

        Assert.Equal(("1", "1"), (((string)first["stdout"]!).Trim(), ((string)second["stdout"]!).Trim()));
    }

    [Fact]
    public async Task NodesRun_PrintsWhatTheProgramPrints_AndFailsAsItDoes()
    {
        var denied = await _gatewayHome.RunAsync("nodes", "run", "--node", "attic", "echo", "hi");
        Assert.Equal((1, "nodes run failed: Error: SYSTEM_RUN_DENIED: approval required\n"), (denied.ExitCode, denied.Error));
        await AllowEverythingAsync();

        var ran = await _gatewayHome.RunAsync("nodes", "run", "--node", "attic", "--env", "GREETING=hi", "--cwd", "/", "--raw", "echo $GREETING; pwd; echo oops >&2");
        Assert.Equal((0, "hi\n/\n", "oops\n"), (ran.ExitCode, ran.Out, ran.Error));
        var failed = await _gatewayHome.RunAsync("nodes", "run", "--node", "attic", "--", "/bin/sh", "-c", "exit 3");
        Assert.Equal((3, "nodes run failed: Error: run exit 3\n"), (failed.ExitCode, failed.Error));
        var slow = await _gatewayHome.RunAsync("nodes", "run", "--node", "attic", "--command-timeout", "100", "sleep", "1000");
        Assert.Equal((1, "nodes run failed: Error: run timed out\n"), (slow.ExitCode, slow.Error));
    }

    [Fact]
    public async Task NodesRun_Asking_RunsWhatAPersonApproved()
    {
        var run = _gatewayHome.RunAsync("nodes", "run", "--node", "attic", "--ask", "always", "--raw", "echo asked");
        await ApproveNextAsync();

        var ran = await run.WithTimeout();

        Assert.Equal((0, "asked\n"), (ran.ExitCode, ran.Out));
    }

    [Fact]
    public async Task CommandsThatTheNodeLacks_AreRefusedByTheGateway()
    {
        var result = await _gatewayHome.RunAsync("nodes", "canvas", "navigate", "--node", "attic", "--url", "https://example.org");

        Assert.Equal((1, "nodes navigate failed: Error: node command not allowed\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task GatewayThatComesBack_FindsItsNodeAgain()
    {
        await _gateway!.DisposeAsync();
        await Node.WaitForAsync("node host not connected");

        _gateway = await StartGatewayAsync();
        await Node.WaitForAsync("node host connected", 2);

        await InvokeAsync("system.which", """{"bins":["sh"]}""");
    }

    [Fact]
    public async Task Stop_KillsWhatRuns()
    {
        await AllowEverythingAsync();
        var running = TryInvokeAsync("system.run", """{"command":["/bin/sh","-c","echo $$ > pid; exec sleep 1000"]}""");
        var pidFile = Path.Combine(_nodeHome.Path, "pid");
        await TestTimeouts.Until(() => File.Exists(pidFile) && File.ReadAllText(pidFile).EndsWith('\n'), "the command runs");

        Node.Signal(OpenClawProcess.SigTerm);

        Assert.Equal(0, await Node.WaitForExitAsync());
        await TestTimeouts.Until(() => !Directory.Exists("/proc/" + File.ReadAllText(pidFile).Trim()), "the command is gone");
        Assert.Contains("node disconnected (system.run)", (await running.WithTimeout()).Error, StringComparison.Ordinal);
    }

    /// <summary>Decides, as soon as there is something to decide.</summary>
    private async Task ApproveNextAsync()
    {
        await using var person = await GatewayConnection.OpenAsync(new GatewayConnectionOptions { Url = new Uri($"ws://127.0.0.1:{_port}"), Token = "test-token" });
        // It may have been asked before this connection was there; then the log of the gateway knows the id.
        await TestTimeouts.Until(() => ApprovalId().IsMatch(_gateway!.Out + _gateway.Error), "the question");
        var id = ApprovalId().Match(_gateway!.Out + _gateway.Error).Groups[1].Value;
        var answer = await person.RequestAsync("exec.approval.resolve", System.Text.Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","decision":"allow-once"}"""));
        Assert.True(answer.Ok);
    }

    private async Task<OpenClawProcess> StartGatewayAsync()
    {
        var gateway = OpenClawProcess.Start(_gatewayHome, "gateway");
        await gateway.WaitForAsync("listening on ws://127.0.0.1:");
        return gateway;
    }

    private Task AllowEverythingAsync()
    {
        Directory.CreateDirectory(_nodeHome.State);
        return File.WriteAllTextAsync(Path.Combine(_nodeHome.State, "exec-approvals.json"), """{"version":1,"defaults":{"security":"full","ask":"off"}}""");
    }

    private Task<CommandResult> TryInvokeAsync(string command, string parameters, params string[] more) =>
        _gatewayHome.RunAsync(["nodes", "invoke", "--node", "attic", "--command", command, "--params", parameters, .. more]);

    private async Task<JsonNode> InvokeAsync(string command, string parameters, params string[] more)
    {
        var result = await TryInvokeAsync(command, parameters, more);
        Assert.True(result.ExitCode == 0, result.ToString());
        return JsonNode.Parse(result.Out)!["payload"]!;
    }

    [GeneratedRegex("Approval ([0-9a-f-]{36}): a command")]
    private static partial Regex ApprovalId();
}
