using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Nodes;

public sealed class NodeCommandPolicyTests
{
    private static readonly string[] All = ["system.run", "canvas.eval", "camera.list", "camera.snap", "contacts.search", "system.notify", "my.own"];

    [Theory]
    [InlineData("iOS 18", null, "camera.list canvas.eval contacts.search system.notify")]
    [InlineData("Android 15", null, "camera.list canvas.eval contacts.search")]
    [InlineData("macos", null, "camera.list canvas.eval contacts.search system.notify system.run")]
    [InlineData("darwin", null, "camera.list canvas.eval contacts.search system.notify system.run")]
    [InlineData("win32", null, "system.notify system.run")]
    [InlineData(" linux ", null, "system.notify system.run")]
    [InlineData("toaster", "iPad", "camera.list canvas.eval contacts.search system.notify")]
    [InlineData("toaster", "Windows PC", "system.notify system.run")]
    [InlineData("toaster", null, "camera.list canvas.eval system.notify system.run")]
    public async Task List_ShowsWhatThePlatformMayDo(string platform, string? family, string allowed)
    {
        await using var host = await GatewayTestHost.StartAsync();
        await using var node = await ConnectAsync(host, platform, family);
        await using var client = await host.OperatorAsync();

        Assert.Equal(allowed.Split(' '), Commands(await client.RowAsync("test")));
    }

    [Fact]
    public async Task Configuration_AllowsMoreAndLess_AndHoldsForConnectedNodesAtOnce()
    {
        await using var host = await GatewayTestHost.StartAsync();
        await using var node = await ConnectAsync(host, "linux", null);
        await using var client = await host.OperatorAsync();
        await client.InvokeAsync("1", "test", "camera.snap");
        Assert.Equal("command not allowlisted", Reason(await client.AnswerAsync("1")));

        await host.ConfigureAsync(
            $$"""{ gateway: { mode: "local", auth: { token: "{{GatewayTestHost.Token}}" }, nodes: { allowCommands: [" camera.snap ", "my.own", "not.declared"], denyCommands: ["system.run", "my.own"] } } }""");

        Assert.Equal(["camera.snap", "system.notify"], Commands(await client.RowAsync("test")));
        await client.InvokeAsync("2", "test", "system.run");
        Assert.Equal("command not allowlisted", Reason(await client.AnswerAsync("2")));
        await client.InvokeAsync("3", "test", "not.declared");
        Assert.Equal("command not declared by node", Reason(await client.AnswerAsync("3")));
        await client.InvokeAsync("4", "test", "camera.snap");
        Assert.Equal("camera.snap", (string?)(await node.RequestedAsync())["command"]);
    }

    [Fact]
    public async Task NodeWithoutCommands_MayBeAskedForNone()
    {
        await using var host = await GatewayTestHost.StartAsync();
        await using var node = await host.ConnectRawAsync();
        await node.HelloAsync(RawClient.ConnectParams(role: "node"));
        await using var client = await host.OperatorAsync();

        await client.InvokeAsync("1", "test", "system.run");

        Assert.Equal("node did not declare commands", Reason(await client.AnswerAsync("1")));
    }

    private static async Task<RawClient> ConnectAsync(GatewayTestHost host, string platform, string? family)
    {
        var node = await host.ConnectRawAsync();
        var parameters = RawClient.ConnectParams(role: "node");
        parameters["client"]!["platform"] = platform;
        if (family is not null)
            parameters["client"]!["deviceFamily"] = family;
        parameters["commands"] = new JsonArray([.. All.Select(command => JsonValue.Create(command))]);
        await node.HelloAsync(parameters);
        return node;
    }

    private static IEnumerable<string> Commands(JsonObject row) => row["commands"]!.AsArray().Select(command => (string)command!);

    private static string? Reason(JsonObject answer) => (string?)answer["error"]!["details"]!["reason"];
}
