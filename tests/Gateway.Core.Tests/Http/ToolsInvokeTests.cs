using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Tests.Agents;

namespace OpenClaw.Gateway.Core.Tests.Http;

public sealed class ToolsInvokeTests
{
    private const string Path = "tools/invoke";

    [Fact]
    public async Task Tool_IsCalledWithoutAModel()
    {
        await using var host = await ApiHost.StartAsync();
        await host.PostAsync("v1/chat/completions", """{"messages":[{"role":"user","content":"hi"}]}""", ("x-openclaw-session-key", "main"));

        var answer = await host.PostAsync(Path, """{"tool":"session_status"}""");

        Assert.Equal(200, answer.Status);
        Assert.True((bool)answer.Json["ok"]!);
        Assert.Equal("text", (string?)answer.Json["result"]!["content"]![0]!["type"]);
        Assert.Single(host.Model.Requests);
    }

    [Theory]
    [InlineData("""{"args":{}}""", 400, """{"error":{"message":"tools.invoke requires body.tool","type":"invalid_request_error","param":"tool"}}""")]
    [InlineData("[1]", 400, """{"error":{"message":"tools.invoke requires body.tool","type":"invalid_request_error","param":"tool"}}""")]
    [InlineData("""{"tool":"nope"}""", 404, """{"ok":false,"error":{"type":"not_found","message":"Tool not available: nope"}}""")]
    [InlineData("""{"tool":"exec","args":{"command":"echo hi"}}""", 404, """{"ok":false,"error":{"type":"not_found","message":"Tool not available: exec"}}""")]
    [InlineData("""{"tool":"Session_Status"}""", 404, """{"ok":false,"error":{"type":"not_found","message":"Tool not available: Session_Status"}}""")]
    [InlineData("""{"tool":"session_status","sessionKey":"agent:nobody:main"}""", 400, """{"ok":false,"error":{"type":"invalid_request","message":"Unknown sessionKey: agent:nobody:main"}}""")]
    public async Task BadCall_IsRefused(string body, int status, string text)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.PostAsync(Path, body);

        Assert.Equal((status, text), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task PolicyOfTheAgent_CountsHereToo()
    {
        await using var host = await ApiHost.StartAsync(sections: """tools: { deny: ["session_status"] }""");

        Assert.Equal(404, (await host.PostAsync(Path, """{"tool":"session_status"}""")).Status);
    }

    [Theory]
    [InlineData("", 404)]
    [InlineData("""tools: { allow: ["cron"] }""", 200)]
    [InlineData("""tools: { allow: ["exec", "cron"], deny: ["cron"] }""", 404)]
    public async Task DangerousTool_IsDeniedUnlessAllowed(string gateway, int status)
    {
        await using var host = await ApiHost.StartAsync(gateway: gateway);

        Assert.Equal(status, (await host.PostAsync(Path, """{"tool":"cron","action":"status"}""")).Status);
    }

    [Fact]
    public async Task FailingTool_Is400_AndAnActionIsAnArgumentWhereTheToolTakesOne()
    {
        JsonObject? got = null;
        var tool = new FakeTool("odd", (invocation, _) =>
        {
            got = invocation.Arguments;
            throw new InvalidOperationException("no such thing");
        }, """{"type":"object","properties":{"action":{"type":"string"}}}""");
        await using var host = await ApiHost.StartAsync(services: services => services.AddSingleton<IAgentToolSource>(new Source(tool)));

        var answer = await host.PostAsync(Path, """{"tool":"odd","action":"status"}""");

        Assert.Equal((400, """{"ok":false,"error":{"type":"tool_error","message":"no such thing"}}"""), (answer.Status, answer.Text));
        Assert.Equal("status", (string?)got!["action"]);
    }

    private sealed class Source(IAgentTool tool) : IAgentToolSource
    {
        public IEnumerable<IAgentTool> CreateTools(ToolContext context) => [tool];
    }
}
