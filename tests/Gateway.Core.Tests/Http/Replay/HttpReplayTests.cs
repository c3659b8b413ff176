using System.IO.Enumeration;
using System.Text;
using System.Text.Json;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Http.Replay;

/// <summary>The recorded requests, against this gateway. What differs on purpose is listed in <c>deviations.json</c>, and nothing else may.</summary>
public sealed class HttpReplayTests
{
    private static readonly IReadOnlyList<Deviation> Listed = Load();

    public static TheoryData<string> Recordings => [.. HttpRecording.Names];

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Recording_IsAnsweredAsRecorded(string name)
    {
        var recording = HttpRecording.Load(name);
        await using var model = await FakeModelServer.StartAsync();
        model.Enqueue(ReplyTo(recording));
        await using var gateway = await GatewayTestHost.StartAsync(ConfigOf(name, model));

        var ours = await AskAsync(gateway, recording);

        var differences = AnswerComparer.Compare(recording.Answer, ours).ToList();
        var mine = Listed.Where(deviation => deviation.Files.Any(file => name.StartsWith(file + "-", StringComparison.Ordinal))).ToList();
        var unlisted = differences.Where(difference => !mine.Exists(deviation => deviation.Covers(difference)));
        var stale = mine.Where(deviation => !differences.Exists(deviation.Covers)).Select(static deviation => $"listed, but does not occur: {deviation.Differs}");
        Assert.True(!unlisted.Concat(stale).Any(), $"{name}:\n{string.Join('\n', unlisted.Concat(stale))}\n{ours.Body}");
    }

    [Fact]
    public void Deviations_NameRecordings_AndGiveReasons()
    {
        Assert.All(Listed, static deviation => Assert.False(string.IsNullOrWhiteSpace(deviation.Reason)));
        Assert.All(Listed.SelectMany(static deviation => deviation.Files), static file => Assert.Contains(HttpRecording.Names, name => name.StartsWith(file + "-", StringComparison.Ordinal)));
    }

    private static FakeReply ReplyTo(HttpRecording recording)
    {
        var reply = recording.Body switch
        {
            { } body when body.Contains("LLMFAIL", StringComparison.Ordinal) => FakeReply.Error(400, "fake failure"),
            { } body when body.Contains("EMPTY", StringComparison.Ordinal) => FakeReply.Script(),
            { } body when body.Contains("CALLTOOL:get_weather", StringComparison.Ordinal) => FakeReply.Tool("get_weather", """{"city":"Bern"}""", "call_1"),
            _ => FakeReply.Text("Hello", " from", " fake", " LLM."),
        };
        return reply with { Usage = new FakeUsage(Prompt: 11, Completion: 7, Cached: 0) };
    }

    private static string ConfigOf(string name, FakeModelServer model)
    {
        var number = int.Parse(name[..name.IndexOf('-')]);
        var auth = number is >= 345 and <= 348 ? "mode: \"password\", password: \"pw1\", token: \"tok22000\"" : "token: \"tok22000\"";
        // The recorded gateway was set up with small limits for these. Number 37 names an address that a test must not look up.
        var responses = number is 37 or 347 or 348 ? ", maxBodyBytes: 20000, files: { maxBytes: 5 }, images: { allowUrl: false }" : "";
        return $$"""
            { gateway: { mode: "local", auth: { {{auth}} }, http: { endpoints: { chatCompletions: { enabled: true, maxBodyBytes: 1048576 }, responses: { enabled: true{{responses}} } } } },
              models: { providers: { fake: { baseUrl: "{{model.OpenAiBaseUrl}}", apiKey: "key-of-the-recording", api: "openai-completions", models: [{
                id: "m1", name: "M1", contextWindow: 128000, maxTokens: 8192, reasoning: false, input: ["text", "image"], cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 } }] } } },
              agents: { defaults: { model: { primary: "fake/m1" }, skipBootstrap: true }, list: [
                { id: "main", default: true }, { id: "beta" }, { id: "broken", model: "anthropic/claude-opus-4-6" },
                { id: "limited", tools: { allow: ["sessions_list", "group:web"], deny: ["web_fetch"] } }, { id: "mini", tools: { profile: "minimal" } }] },
              hooks: { enabled: true, token: "hooktok", {{(number is 330 or 331 ? "path: \"/myhooks\"," : "")}} presets: ["gmail"], mappings: [
                { match: { path: "gh" }, action: "agent", name: "GH {payload.repo}", messageTemplate: "Push", sessionKey: "hook:gh:r", deliver: false },
                { match: { path: "w" }, action: "wake", textTemplate: "woke", wakeMode: "next-heartbeat" },
                { match: { path: "empty" }, action: "wake", textTemplate: "" },
                { match: { path: "ingest", source: "srcA" }, action: "wake", textTemplate: "A", wakeMode: "next-heartbeat" },
                { match: { path: "tx" }, action: "agent", messageTemplate: "base", transform: { module: "t.mjs" } },
                { match: { path: "bad" }, action: "agent", messageTemplate: "x", transform: { module: "missing.mjs" } } ] } }
            """;
    }

    private static async Task<RecordedAnswer> AskAsync(GatewayTestHost gateway, HttpRecording recording)
    {
        using var http = new HttpClient { Timeout = TestTimeouts.Wait };
        using var request = new HttpRequestMessage(new HttpMethod(recording.Method), new Uri($"http://127.0.0.1:{gateway.Port}/{recording.Path}"));
        if (recording.Body is { } body)
            request.Content = new ByteArrayContent(body.StartsWith('@') ? Encoding.UTF8.GetBytes(new string('x', 2 << 20)) : Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in recording.Headers.Where(static header => header.Name != "Content-Type"))
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await http.SendAsync(request);
        var allow = response.Content.Headers.Allow;
        return new RecordedAnswer(
            (int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), allow.Count > 0 ? string.Join(", ", allow) : null, (await response.Content.ReadAsStringAsync()).Trim());
    }

    private static IReadOnlyList<Deviation> Load() =>
        JsonSerializer.Deserialize<IReadOnlyList<Deviation>>(
            File.ReadAllText(Path.Combine(RepositoryRoot.Path, "tests", "Gateway.Core.Tests", "Http", "Replay", "deviations.json")), JsonSerializerOptions.Web)!;

    /// <summary>A deliberate difference from the recordings.</summary>
    /// <param name="Files">Numbers of the recordings; it must show in each of them.</param>
    /// <param name="Differs">What differs, in the comparer's words; <c>*</c> stands for anything.</param>
    /// <param name="Reason">Why.</param>
    private sealed record Deviation(IReadOnlyList<string> Files, string Differs, string Reason)
    {
        public bool Covers(string difference) => FileSystemName.MatchesSimpleExpression(Differs.Replace("\\", "\\\\", StringComparison.Ordinal), difference, ignoreCase: false);
    }
}
