using System.Text.Json.Nodes;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests;

/// <summary>A client's trace goes with its message: through the edge, the core, the queue on Redis and the run, to the model.</summary>
public sealed class TraceTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    [DistributedFact]
    public async Task ChatTurn_IsOneTraceFromTheEdgeToTheModel()
    {
        await using var collector = await TraceCollector.StartAsync();
        await using var model = await FakeModelServer.StartAsync();
        await using var gateway = await DistributedGateway.StartAsync(
            $$"""
            models: { providers: { fake: { baseUrl: "{{model.OpenAiBaseUrl}}", apiKey: "k", api: "openai-completions", models: [{ id: "m", name: "m" }] } } },
            agents: { defaults: { model: { primary: "fake/m" } } },
            """,
            "",
            collector.Variables);
        using (var socket = await RawSocket.OpenAsync(gateway.WebSocketUri, ("traceparent", $"00-{TraceId}-b7ad6b7169203331-01")))
        {
            Assert.True((bool?)(await socket.ConnectAsync())["ok"]);
            Assert.True((bool?)(await socket.CallAsync("chat.send", new JsonObject { ["sessionKey"] = "main", ["message"] = "hello", ["idempotencyKey"] = "one" }))["ok"]);
            await TestTimeouts.Until(() => model.Requests.Count > 0, "the model is asked");
        }

        var asked = model.Requests.First(request => request.LastUserText.Contains("hello", StringComparison.Ordinal));
        Assert.StartsWith($"00-{TraceId}-", asked.Headers["traceparent"], StringComparison.Ordinal);
        foreach (var span in (string[])["chat.send", "bus.deliver", "agent.run"])
            await TestTimeouts.Until(() => collector.Has("core", span, TraceId), $"the core's span {span}");
        await TestTimeouts.Until(() => collector.Has("edge", "GET", TraceId), "the edge's span");
    }
}
