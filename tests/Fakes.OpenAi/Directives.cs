using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OpenClaw.Fakes.OpenAi;

/// <summary>
/// Reads what to do from the user's text:
/// <c>#tool exec {"command":"…"}</c> (also <c>#tool:exec</c>, several in one text run one after another), <c>#429</c> or any
/// other error status (<c>#err500</c>), <c>#flaky:2</c> (that many 500s first), <c>#cut</c>, <c>#slow</c>, <c>#hang</c>,
/// <c>#stream</c>, <c>#think</c>, <c>#thinktag</c>, <c>#noreply</c>, <c>#empty</c>, <c>#length</c>, <c>#malformed</c>,
/// <c>#say some text</c>. Anything else is echoed.
/// </summary>
internal sealed partial class Directives
{
    private readonly ConcurrentDictionary<string, int> _failures = new();

    public FakeReply Answer(RecordedRequest request)
    {
        var text = request.LastUserText;
        var done = request.PendingResults();
        var tools = ToolPattern().Matches(text);
        var ran = CountCalls(request);
        if (ran < tools.Count)
        {
            var call = tools[ran];
            return FakeReply.Tool(call.Groups["name"].Value, call.Groups["args"].Value);
        }
        if (done.Count > 0)
            return FakeReply.Text($"tool {done[0]} ", "finished");
        return Plain(text);
    }

    private FakeReply Plain(string text)
    {
        if (FlakyPattern().Match(text) is { Success: true } flaky)
            return Flaky(text, int.Parse(flaky.Groups[1].Value, CultureInfo.InvariantCulture));
        if (StatusPattern().Match(text) is { Success: true } status)
            return ErrorOf(int.Parse(status.Groups[1].Value, CultureInfo.InvariantCulture));
        if (SayPattern().Match(text) is { Success: true } say)
            return FakeReply.Text(say.Groups[1].Value);
        return Word(text) switch
        {
            "cut" => FakeReply.Script(new TextStep("partial answer "), new TextStep("then cut"), new CutStep()),
            "hang" => FakeReply.Script(new HangStep()),
            "slow" => Slow(TimeSpan.FromMilliseconds(250), 40),
            "stream" => FakeReply.Text("Hello", " from the", " fake model.", " This is", " streamed text", " in several pieces."),
            "think" => FakeReply.Script(new ReasoningStep("Let me "), new ReasoningStep("think."), new TextStep("The answer"), new TextStep(" is 42.")),
            "thinktag" => FakeReply.Text("<thi", "nk>secret</thi", "nk><final>vis", "ible</final>"),
            "noreply" => FakeReply.Text("NO_", "REPLY"),
            "empty" => FakeReply.Script(),
            "length" => FakeReply.Text("cut off by len") with { FinishReason = "length" },
            "malformed" => FakeReply.Script(new TextStep("ok so far"), new RawStep("data: {not json\n\n")),
            _ => FakeReply.Text($"echo: {text}"),
        };
    }

    private FakeReply Flaky(string text, int failures) =>
        _failures.AddOrUpdate(text, 1, static (_, n) => n + 1) is var attempt && attempt <= failures
            ? ErrorOf(500)
            : FakeReply.Text($"ok after {attempt} tries");

    private static FakeReply ErrorOf(int status) => status switch
    {
        400 => FakeReply.Error(400, "invalid request: messages.1 wrong shape"),
        401 => FakeReply.Error(401, "Incorrect API key provided"),
        402 => FakeReply.Error(402, "Insufficient credits"),
        429 => FakeReply.Error(429, "Rate limit exceeded", retryAfterSeconds: 1),
        503 => FakeReply.Error(503, "Service unavailable"),
        _ => FakeReply.Error(status, "Internal server error"),
    };

    private static FakeReply Slow(TimeSpan pause, int words) => FakeReply.Script(
        [.. Enumerable.Range(0, words).SelectMany(i => new FakeStep[] { new TextStep($"word{i} "), new PauseStep(pause) })]);

    /// <summary>Tool results since a person spoke last.</summary>
    private static int CountCalls(RecordedRequest request)
    {
        var calls = 0;
        foreach (var message in request.Messages.OfType<JsonObject>().Reverse())
        {
            var role = (string?)message["role"];
            var results = (message["content"] as JsonArray ?? []).Count(static p => (string?)p?["type"] == "tool_result");
            if (role == "user" && results == 0)
                break;
            calls += role == "tool" ? 1 : results;
        }
        return calls;
    }

    private static string? Word(string text) => WordPattern().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex("""#tool[: ]\s*(?<name>[a-z_]+)\s+(?<args>\{(?:[^{}]|(?<open>\{)|(?<-open>\}))*(?(open)(?!))\})""")]
    private static partial Regex ToolPattern();

    [GeneratedRegex(@"#(?:err)?([45]\d\d)\b")]
    private static partial Regex StatusPattern();

    [GeneratedRegex(@"#flaky:(\d+)")]
    private static partial Regex FlakyPattern();

    [GeneratedRegex(@"#say (.+?)(?=\n|$)")]
    private static partial Regex SayPattern();

    [GeneratedRegex("#([a-z]+)")]
    private static partial Regex WordPattern();
}
