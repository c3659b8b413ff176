using System.Text.Json.Nodes;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Agents.Tools.Sessions;

/// <summary>A gateway whose scripted model asks for the state of sessions.</summary>
internal sealed class StatusHost : IAsyncDisposable
{
    private readonly GatewayTestHost _gateway;
    private readonly RawClient _client;
    private int _runs;

    private StatusHost(FakeModelServer model, GatewayTestHost gateway, RawClient client) => (Model, _gateway, _client) = (model, gateway, client);

    public FakeModelServer Model { get; }

    public string StateDirectory => _gateway.StateDirectory;

    public static async Task<StatusHost> StartAsync(string tools = "", string defaults = "", string more = "", Action<string>? seed = null)
    {
        var model = await FakeModelServer.StartAsync();
        var gateway = await GatewayTestHost.StartAsync(
            $$"""
            {
              gateway: { mode: "local", auth: { token: "{{GatewayTestHost.Token}}" } },
              models: { providers: {
                fake: { baseUrl: "{{model.OpenAiBaseUrl}}", apiKey: "sk-fake-secret-99", api: "openai-completions", models: [
                  { id: "fake-1", name: "fake-1", contextWindow: 32000 }, { id: "fake-2", name: "fake-2", contextWindow: 64000 }] },
                locked: { baseUrl: "https://models.example.test/v1", api: "openai-completions", models: [{ id: "far", name: "far" }] } } },
              agents: { defaults: { model: { primary: "fake/fake-1" }, skipBootstrap: true, {{defaults}} }, list: [{ id: "main", default: true }, { id: "other" }] },
              tools: { {{tools}} },
              {{more}}
            }
            """,
            time: new ManualTimeProvider(),
            seed: seed);
        var client = await gateway.ConnectRawAsync();
        await client.HelloAsync();
        return new StatusHost(model, gateway, client);
    }

    public Task<JsonObject> RequestAsync(string method, JsonObject parameters) => _client.RequestAsync(method, parameters);

    /// <summary>Lets the model call the tool once in a run; what it got back.</summary>
    public async Task<StatusAnswer> AskAsync(string arguments = "{}", string session = "agent:main:main")
    {
        var usage = new FakeUsage(Prompt: 1500, Completion: 20, Cached: 0);
        Model.Enqueue(FakeReply.Tool("session_status", arguments) with { Usage = usage }, FakeReply.Text("done") with { Usage = usage });
        await RunAsync(session);
        var history = await RequestAsync("chat.history", new JsonObject { ["sessionKey"] = session });
        var result = history["payload"]!["messages"]!.AsArray().Last(static message => (string?)message!["role"] == "toolResult")!;
        return new StatusAnswer(Model.Requests[^1].Texts("tool")[^1], result["details"], (bool)result["isError"]!);
    }

    /// <summary>One turn by the method that waits in line; the answer's payload.</summary>
    public async Task<JsonNode> RunAsync(string session = "agent:main:main")
    {
        var id = $"run-{++_runs}";
        await RequestAsyncWithId(id, new JsonObject { ["message"] = $"go {_runs}", ["sessionKey"] = session, ["idempotencyKey"] = id });
        var answer = await _client.ReadUntilAsync(frame => (string?)frame["type"] == "res" && (string?)frame["id"] == id);
        Assert.Equal("ok", (string?)answer["payload"]?["status"]);
        return answer["payload"]!;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _gateway.DisposeAsync();
        await Model.DisposeAsync();
    }

    private Task<JsonObject> RequestAsyncWithId(string id, JsonObject parameters) => _client.RequestAsync("agent", parameters, id);
}

/// <summary>What the tool said to the model, and to clients.</summary>
internal sealed record StatusAnswer(string Text, JsonNode? Details, bool IsError)
{
    public string Line(string sign) => Text.Split('\n').Single(line => line.StartsWith(sign, StringComparison.Ordinal));
}
