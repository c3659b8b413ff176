using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Sessions;
using OpenClaw.Gateway.Protocol.Schema;
using OpenClaw.Gateway.Core.Tests.Agents.Tools.Sessions;

namespace OpenClaw.Gateway.Core.Tests.Agents.Runs;

public sealed class PromptReportTests
{
    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    [Fact]
    public async Task Agent_TellsTheSizesOfThePromptThatWasSent()
    {
        await using var host = await StatusHost.StartAsync(defaults: "bootstrapMaxChars: 200", seed: static state =>
        {
            Directory.CreateDirectory(Path.Combine(state, "workspace"));
            File.WriteAllText(Path.Combine(state, "workspace", "AGENTS.md"), new string('a', 500));
        });

        var answer = await host.RunAsync();

        var report = answer["result"]!["meta"]!["systemPromptReport"]!;
        var request = host.Model.Requests[^1];
        Assert.Equal(request.Texts("system")[0].Length, (int)report["systemPrompt"]!["chars"]!);
        Assert.Equal((int)report["systemPrompt"]!["chars"]!, (int)report["systemPrompt"]!["projectContextChars"]! + (int)report["systemPrompt"]!["nonProjectContextChars"]!);
        Assert.Equal(("run", "fake", "fake-1", "agent:main:main", 200), ((string)report["source"]!, (string)report["provider"]!, (string)report["model"]!, (string)report["sessionKey"]!, (int)report["bootstrapMaxChars"]!));
        Assert.Equal(Path.Combine(host.StateDirectory, "workspace"), (string)report["workspaceDir"]!);
        Assert.Equal((string?)answer["result"]!["meta"]!["agentMeta"]!["sessionId"], (string?)report["sessionId"]);
        var files = report["injectedWorkspaceFiles"]!.AsArray().ToDictionary(static file => (string)file!["name"]!);
        Assert.Equal((500, true, false), ((int)files["AGENTS.md"]!["rawChars"]!, (bool)files["AGENTS.md"]!["truncated"]!, (bool)files["AGENTS.md"]!["missing"]!));
        Assert.True((bool)files["SOUL.md"]!["missing"]!);
        var offered = request.Body["tools"]!.AsArray().Select(static tool => (string)tool!["function"]!["name"]!);
        Assert.Equal(offered, report["tools"]!["entries"]!.AsArray().Select(static tool => (string)tool!["name"]!));
        Assert.Equal(
            request.Body["tools"]!.AsArray().Sum(static tool => tool!["function"]!["parameters"]!.ToJsonString(Unescaped).Length),
            (int)report["tools"]!["schemaChars"]!);
        Assert.Equal(2, (int)report["tools"]!["entries"]!.AsArray().Single(static tool => (string)tool!["name"]! == "session_status")!["propertiesCount"]!);
    }

    [Fact]
    public async Task Agent_KeepsTheReportWithTheSession_ForThePageOfItsUse()
    {
        await using var host = await StatusHost.StartAsync();

        var told = (await host.RunAsync())["result"]!["meta"]!["systemPromptReport"]!;

        var usage = await host.RequestAsync("sessions.usage", new JsonObject { ["includeContextWeight"] = true });
        Assert.Null(SchemaValidator.Validate(ProtocolJson.SchemaOf<SessionUsageResult>(), JsonDocument.Parse(usage["payload"]!.ToJsonString()).RootElement));
        Assert.True(JsonNode.DeepEquals(told, usage["payload"]!["sessions"]![0]!["contextWeight"]));
    }
}
