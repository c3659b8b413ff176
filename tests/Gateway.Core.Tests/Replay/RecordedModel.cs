using System.Text.Json;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Replay;

/// <summary>Makes a model server say what the recorded one said, run by run.</summary>
internal static class RecordedModel
{
    public static string Config(Uri baseUrl) => $$"""
        {
          gateway: { mode: "local", auth: { token: "tok-c" } },
          models: { providers: { mock: { baseUrl: "{{baseUrl}}", apiKey: "k", api: "openai-completions", models: [{
            id: "m1", name: "m1", contextWindow: 32000, maxTokens: 4096, reasoning: false, input: ["text"], cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 } }] } } },
          agents: { defaults: { model: { primary: "mock/m1" } } },
        }
        """;

    public static IEnumerable<FakeReply> Replies(Transcript transcript)
    {
        foreach (var run in transcript.Lines.Where(line => line.Connection == "op" && IsAgentEvent(line.Frame)).GroupBy(line => Payload(line).GetProperty("runId").GetString()))
        {
            var events = run.Select(Payload).ToList();
            // Tool events that nobody saw still took two numbers.
            if (events.FirstOrDefault(static e => Stream(e) == "assistant").GetProperty("seq").GetInt32() == 4)
                yield return FakeReply.Tool("session_status", "{}", "call_1") with { Usage = Usage };
            var words = events.Where(static e => Stream(e) == "assistant").Select(static e => (FakeStep)new TextStep(e.GetProperty("data").GetProperty("delta").GetString()!.Trim() + " "));
            var aborted = !events.Any(static e => Stream(e) == "lifecycle" && e.GetProperty("data").GetProperty("phase").GetString() == "end");
            yield return FakeReply.Script([.. aborted ? words.Append(new HangStep()) : words]) with { Usage = Usage };
        }
    }

    private static FakeUsage Usage => new(Prompt: 10, Completion: 5, Cached: 0);

    private static bool IsAgentEvent(JsonElement? frame) =>
        frame is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty("event", out var name) && name.GetString() == "agent";

    private static JsonElement Payload(TranscriptLine line) => line.Frame!.Value.GetProperty("payload");

    private static string? Stream(JsonElement payload) => payload.GetProperty("stream").GetString();
}
