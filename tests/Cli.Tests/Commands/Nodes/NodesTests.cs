using System.Text.Json.Nodes;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands.Nodes;

/// <summary>The node commands against a running gateway.</summary>
[Collection(nameof(RunningGatewayCollection))]
public sealed class NodesTests(RunningGateway gateway)
{
    [Fact]
    public async Task Request_IsShownAsPending_AndApprovedOnce()
    {
        var asked = await gateway.Home.RunAsync("gateway", "call", "node.pair.request", "--params", """{"nodeId":"shelf-pi","displayName":"Shelf Pi"}""", "--json");
        var id = (string)JsonNode.Parse(asked.Out)!["request"]!["requestId"]!;

        var pending = await gateway.Home.RunAsync("nodes", "pending");
        Assert.StartsWith("Pending\n┌", pending.Out, StringComparison.Ordinal);
        Assert.Contains("Shelf Pi", pending.Out, StringComparison.Ordinal);

        var approved = await gateway.Home.RunAsync("nodes", "approve", id);
        Assert.Matches("^[0-9a-f]{32}$", (string?)JsonNode.Parse(approved.Out)!["node"]!["token"]);
        var again = await gateway.Home.RunAsync("nodes", "approve", id);
        Assert.Equal((1, "nodes approve failed: Error: unknown requestId\n"), (again.ExitCode, again.Error));

        Assert.Equal("node rename ok: shelf-pi -> Attic Pi\n", (await gateway.Home.RunAsync("nodes", "rename", "--node", "shelf-pi", "--name", " Attic Pi ")).Out);
        var list = await gateway.Home.RunAsync("nodes", "list");
        Assert.StartsWith("Pending: 0 · Paired: 1\n\nPaired\n┌", list.Out, StringComparison.Ordinal);
        Assert.Contains("Attic Pi", list.Out, StringComparison.Ordinal);
        Assert.DoesNotContain((string)JsonNode.Parse(approved.Out)!["node"]!["token"]!, list.Out, StringComparison.Ordinal);
        Assert.StartsWith("Pending: 0 · Paired: 1\n{", (await gateway.Home.RunAsync("nodes", "list", "--json")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_NobodyConnected_SaysSo()
    {
        Assert.Equal("Known: 0 · Paired: 0 · Connected: 0\n", (await gateway.Home.RunAsync("nodes", "status")).Out);
        Assert.Empty(JsonNode.Parse((await gateway.Home.RunAsync("nodes", "status", "--json")).Out)!["nodes"]!.AsArray());
    }

    [Theory]
    [InlineData("describe")]
    [InlineData("invoke", "--command", "system.which")]
    public async Task NodeThatNobodyKnows_IsNamedInTheError(string verb, params string[] more)
    {
        var result = await gateway.Home.RunAsync(["nodes", verb, "--node", "nobody", .. more]);

        Assert.Equal((1, $"nodes {verb} failed: Error: unknown node: nobody\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Invoke_ParamsThatAreNoJson_FailBeforeAnythingIsSent()
    {
        var result = await gateway.Home.RunAsync("nodes", "invoke", "--node", "nobody", "--command", "system.which", "--params", "{");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("nodes invoke failed: Error: --params is no JSON", result.Error, StringComparison.Ordinal);
    }
}
