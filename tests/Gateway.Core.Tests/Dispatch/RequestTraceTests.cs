using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Dispatch;

public sealed class RequestTraceTests
{
    private static readonly ActivityTraceId Trace = ActivityTraceId.CreateFromString("5bf7651916cd43dd8448eb211c80319d");

    [Fact]
    public async Task Message_CarriesItsTrace_ThroughTheJournalToTheModel()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name.StartsWith("OpenClaw.", StringComparison.Ordinal) || source.Name is "System.Net.Http" or "Microsoft.AspNetCore",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var model = await FakeModelServer.StartAsync();
        await using var host = await GatewayTestHost.StartAsync($$"""
            {
              gateway: { mode: "local", auth: { token: "{{GatewayTestHost.Token}}" } },
              models: { providers: { fake: { baseUrl: "{{model.OpenAiBaseUrl}}", apiKey: "k", api: "openai-completions", models: [{ id: "m", name: "m" }] } } },
              agents: { defaults: { model: { primary: "fake/m" } } },
            }
            """);
        await using var client = await host.ConnectRawAsync(options => options.SetRequestHeader("traceparent", $"00-{Trace}-b7ad6b7169203331-01"));
        await client.HelloAsync();

        await client.RequestAsync("chat.send", new JsonObject { ["sessionKey"] = "main", ["message"] = "hello", ["idempotencyKey"] = "one" });
        await TestTimeouts.Until(() => Mine(spans).Any(span => span.OperationName == "agent.run"), "the run's span");

        var mine = Mine(spans);
        Assert.Single(mine, span => span.OperationName == "chat.send");
        Assert.Contains(mine, span => span.Source.Name == "System.Net.Http");
        // The run is below the delivery, whose parent came out of the journal; the delivery ends after the run.
        Assert.NotEqual(mine.Single(span => span.OperationName == "chat.send").SpanId, mine.Single(span => span.OperationName == "agent.run").ParentSpanId);
        Assert.StartsWith($"00-{Trace}-", model.Requests[0].Headers["traceparent"], StringComparison.Ordinal);
    }

    private static Activity[] Mine(ConcurrentQueue<Activity> spans) => [.. spans.Where(span => span.TraceId == Trace)];
}
