using System.Text.Json.Nodes;
using OpenClaw.Cli.Tests.Support;

namespace OpenClaw.Cli.Tests.Commands.Devices;

/// <summary>The device commands against a running gateway.</summary>
[Collection(nameof(RunningGatewayCollection))]
public sealed class DevicesTests(RunningGateway gateway)
{
    [Fact]
    public async Task List_ShowsTheCommandLinesOwnDevice()
    {
        var json = await gateway.Home.RunAsync("devices", "list", "--json");
        var text = await gateway.Home.RunAsync("devices", "list");

        Assert.Equal("", json.Error);
        var device = Assert.Single(JsonNode.Parse(json.Out)!["paired"]!.AsArray())!;
        Assert.Equal("cli", (string?)device["clientId"]);
        Assert.Contains("Paired (1)\n┌", text.Out, StringComparison.Ordinal);
        Assert.All(text.Out.Split('\n'), line => Assert.True(line.Length <= 120, line));
    }

    [Fact]
    public async Task Approve_UnknownRequest_FailsInTheGatewaysWords()
    {
        var result = await gateway.Home.RunAsync("devices", "approve", "nope");

        Assert.Equal((1, "Error: unknown requestId\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task Rotate_OwnToken_PrintsIt()
    {
        var list = await gateway.Home.RunAsync("devices", "list", "--json");
        var device = (string)JsonNode.Parse(list.Out)!["paired"]![0]!["deviceId"]!;

        var result = await gateway.Home.RunAsync("devices", "rotate", "--device", device, "--role", "operator");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(device, (string?)JsonNode.Parse(result.Out)!["deviceId"]);
        // The stored token is dead now; the shared secret of the configuration takes its place.
        Assert.Equal(0, (await gateway.Home.RunAsync("devices", "list")).ExitCode);
    }
}
