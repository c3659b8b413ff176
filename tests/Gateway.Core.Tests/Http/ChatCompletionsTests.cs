using System.Text.Json.Nodes;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Http;

public sealed class ChatCompletionsTests : IAsyncLifetime
{
    private const string Path = "v1/chat/completions";
    private const string Weather = """{"type":"function","function":{"name":"get_weather","description":"Weather of a city","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}""";
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Message_IsAnsweredWithUsage()
    {
        var answer = await _host.PostAsync(Path, Chat("hi"));

        Assert.Equal(200, answer.Status);
        Assert.Equal("application/json; charset=utf-8", answer.ContentType);
        var choice = answer.Json["choices"]![0]!;
        Assert.Equal(("chat.completion", "openclaw", "echo: hi", "stop"), ((string?)answer.Json["object"], (string?)answer.Json["model"], (string?)choice["message"]!["content"], (string?)choice["finish_reason"]));
        Assert.Equal("""{"prompt_tokens":30,"completion_tokens":5,"total_tokens":35,"prompt_tokens_details":{"cached_tokens":10}}""", answer.Json["usage"]!.ToJsonString());
    }

    [Fact]
    public async Task Stream_HasRoleDeltasStopUsageAndEnd()
    {
        _host.Model.Enqueue(FakeReply.Text("Hello", " there"));

        var answer = await _host.PostAsync(Path, Chat("hi", """ "stream":true,"stream_options":{"include_usage":true} """));

        Assert.Equal("text/event-stream; charset=utf-8", answer.ContentType);
        Assert.True(answer.IsDone);
        var chunks = answer.Events;
        Assert.Equal("assistant", (string?)chunks[0]["choices"]![0]!["delta"]!["role"]);
        Assert.Equal("Hello there", string.Concat(chunks.SkipLast(1).Select(static chunk => (string?)chunk["choices"]![0]!["delta"]!["content"])));
        Assert.Equal("stop", (string?)chunks[^2]["choices"]![0]!["finish_reason"]);
        Assert.Equal((0, 35), (chunks[^1]["choices"]!.AsArray().Count, (int)chunks[^1]["usage"]!["total_tokens"]!));
        Assert.All(chunks.SkipLast(1), static chunk => Assert.True(chunk.AsObject().TryGetPropertyValue("usage", out var none) && none is null));
    }

    [Fact]
    public async Task Stream_SendsADeltaBeforeTheAnswerIsComplete()
    {
        var rest = new TaskCompletionSource();
        _host.Model.Enqueue(FakeReply.Script(new TextStep("first"), new WaitStep(rest.Task), new TextStep(" second")));
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(Chat("hi", "\"stream\":true")) };

        using var response = await _host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var early = await reader.ReadLineAsync().WithTimeout() + await reader.ReadLineAsync().WithTimeout() + await reader.ReadLineAsync().WithTimeout();
        rest.SetResult();

        Assert.Contains("\"content\":\"first\"", early, StringComparison.Ordinal);
        Assert.Contains("second", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClientTool_ReachesTheModelAndComesBackAsACall(bool stream)
    {
        _host.Model.Enqueue(FakeReply.Tool("get_weather", """{"city":"Bern"}""", "call_7"));

        var answer = await _host.PostAsync(Path, Chat("weather?", $"\"stream\":{(stream ? "true" : "false")},\"tools\":[{Weather}]"));

        var sent = Assert.Single(_host.Model.Requests[0].Body["tools"]!.AsArray(), static tool => (string?)tool!["function"]!["name"] == "get_weather");
        Assert.Equal("Weather of a city", (string?)sent!["function"]!["description"]);
        var last = stream ? answer.Events[^1] : answer.Json;
        var call = (stream ? answer.Events[^2]["choices"]![0]!["delta"]! : answer.Json["choices"]![0]!["message"]!)["tool_calls"]![0]!;
        Assert.Equal("tool_calls", (string?)last["choices"]![0]!["finish_reason"]);
        Assert.Equal(("call_7", "get_weather", """{"city":"Bern"}"""), ((string?)call["id"], (string?)call["function"]!["name"], (string?)call["function"]!["arguments"]));
    }

    [Fact]
    public async Task ToldConversation_ReachesTheModelMessageByMessage()
    {
        var answer = await _host.PostAsync(Path, $$$"""
            {"tools":[{{{Weather}}}],"messages":[{"role":"system","content":"Be terse."},{"role":"user","content":"weather?"},
             {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Bern\"}"}}]},
             {"role":"tool","tool_call_id":"c1","content":"72F"}]}
            """);

        Assert.Equal("tool get_weather finished", (string?)answer.Json["choices"]![0]!["message"]!["content"]);
        var messages = _host.Model.Requests[0].Messages;
        Assert.Equal(["system", "user", "assistant", "tool"], messages.Select(static message => (string?)message!["role"]));
        Assert.Contains("Be terse.", (string?)messages[0]!["content"], StringComparison.Ordinal);
        Assert.Equal("c1", (string?)messages[2]!["tool_calls"]![0]!["id"]);
        Assert.Equal(("c1", "72F"), ((string?)messages[3]!["tool_call_id"], (string?)messages[3]!["content"]));
    }

    [Fact]
    public async Task SessionOfAUser_GoesOnWithTheToolResultAlone()
    {
        _host.Model.Enqueue(FakeReply.Tool("get_weather", "{}", "c9"));
        await _host.PostAsync(Path, Chat("weather?", $"\"user\":\"Ann\",\"tools\":[{Weather}]"));

        await _host.PostAsync(Path, $$"""{"user":"ann","tools":[{{Weather}}],"messages":[{"role":"user","content":"weather?"},{"role":"tool","tool_call_id":"c9","content":"72F"}]}""");

        var messages = _host.Model.Requests[1].Messages.Where(static message => (string?)message!["role"] != "system").ToList();
        Assert.Equal("tool", (string?)messages[2]!["role"]);
        Assert.Equal("72F", (string?)messages[2]!["content"]);
    }

    [Fact]
    public async Task SessionOfAUser_RemembersAndIsToldOnlyWhatIsNew()
    {
        await _host.PostAsync(Path, Chat("one", "\"user\":\"bob\""));

        await _host.PostAsync(Path, """{"user":"bob","messages":[{"role":"user","content":"one"},{"role":"assistant","content":"echo: one"},{"role":"user","content":"two"}]}""");

        Assert.Equal(["one", "two"], _host.Model.Requests[1].Texts("user"));
        Assert.Equal(["echo: one"], _host.Model.Requests[1].Texts("assistant"));
    }

    [Fact]
    public async Task OwnToolOfTheAgent_RunsInTheGateway_BesideTheClients()
    {
        _host.Model.Enqueue(FakeReply.Script(new ToolStep("session_status", "{}") { Id = "own" }, new ToolStep("get_weather", "{}") { Id = "theirs" }));

        var answer = await _host.PostAsync(Path, Chat("go", $"\"tools\":[{Weather}]"));

        Assert.Equal("theirs", (string?)Assert.Single(answer.Json["choices"]![0]!["message"]!["tool_calls"]!.AsArray())!["id"]);
        Assert.Single(_host.Model.Requests);
    }

    [Theory]
    [InlineData("\"required\"", "required")]
    [InlineData("""{"type":"function","function":{"name":"get_weather"}}""", """{"type":"function","function":{"name":"get_weather"}}""")]
    public async Task ToolChoice_ReachesTheModel_AndUnmetIsAnError(string choice, string sent)
    {
        var answer = await _host.PostAsync(Path, Chat("#say no", $"\"tools\":[{Weather}],\"tool_choice\":{choice}"));

        var got = _host.Model.Requests[0].Body["tool_choice"]!;
        Assert.Equal(sent, got is JsonValue ? (string?)got : got.ToJsonString());
        Assert.Equal((502, "tool_choice_unmet"), (answer.Status, (string?)answer.Json["error"]!["code"]));
    }

    [Fact]
    public async Task Sampling_ReachesTheModel()
    {
        await _host.PostAsync(Path, Chat("hi", "\"temperature\":0.25,\"top_p\":0.5,\"max_tokens\":77,\"stop\":\"END\",\"seed\":5,\"presence_penalty\":1,\"frequency_penalty\":-1,\"response_format\":{\"type\":\"json_object\"}"));

        var body = _host.Model.Requests[0].Body;
        Assert.Equal("""0.25 0.5 77 ["END"] 5 1 -1 {"type":"json_object"}""", string.Join(' ', new[] { "temperature", "top_p", "max_completion_tokens", "stop", "seed", "presence_penalty", "frequency_penalty", "response_format" }
            .Select(name => (body[name] ?? body["max_tokens"])!.ToJsonString())));
    }

    [Fact]
    public async Task Picture_ReachesTheModel()
    {
        const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
        await _host.PostAsync(Path, $$$"""{"messages":[{"role":"user","content":[{"type":"text","text":"what?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Png}}}"}}]}]}""");

        var parts = _host.Model.Requests[0].Messages[^1]!["content"]!.AsArray();
        Assert.Equal($"data:image/png;base64,{Png}", (string?)parts[1]!["image_url"]!["url"]);
    }

    [Fact]
    public async Task PictureOfThisNetwork_IsNotFetched()
    {
        var answer = await _host.PostAsync(Path, $$$"""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"{{{_host.Model.Address}}}x.png"}}]}]}""");

        Assert.Equal((400, "SsrFBlockedError: Blocked: private/internal IP address"), (answer.Status, (string?)answer.Json["error"]!["message"]));
        Assert.Empty(_host.Model.Requests);
    }

    [Theory]
    [InlineData("openclaw:beta", "beta")]
    [InlineData("openclaw/beta", "beta")]
    [InlineData("agent:BETA", "beta")]
    [InlineData("gpt-4o", "main")]
    public async Task Model_NamesTheAgent(string model, string agent)
    {
        var answer = await _host.PostAsync(Path, Chat("hi", $"\"model\":\"{model}\",\"user\":\"u\""));

        Assert.Equal(model, (string?)answer.Json["model"]);
        Assert.Contains($"agent={agent} ", (string?)_host.Model.Requests[0].Messages[0]!["content"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#402", 502, "api_error")]
    [InlineData("#400", 400, "invalid_request_error")]
    [InlineData("#404", 400, "invalid_request_error")]
    [InlineData("#422", 400, "invalid_request_error")]
    [InlineData("#401", 502, "api_error")]
    public async Task FailureOfTheModel_HasAStatus_AlsoWhereAStreamWasAsked(string text, int status, string type)
    {
        foreach (var stream in (string[])["false", "true"])
        {
            var answer = await _host.PostAsync(Path, Chat(text, $"\"stream\":{stream}"));
            Assert.Equal((status, type), (answer.Status, answer.ErrorType));
        }
    }

    [Fact]
    public async Task FailureInMidStream_IsAnEventAndTheEnd()
    {
        _host.Model.Enqueue([.. Enumerable.Repeat(FakeReply.Script(new TextStep("partial "), new RawStep("data: {\"error\":{\"message\":\"invalid request: broken\",\"type\":\"invalid_request_error\"}}\n\n")), 5)]);

        var answer = await _host.PostAsync(Path, Chat("hi", "\"stream\":true"));

        Assert.Equal(200, answer.Status);
        Assert.Contains(answer.Events, static chunk => (string?)chunk["choices"]?[0]?["delta"]?["content"] == "partial");
        Assert.NotNull(answer.Events[^1]["error"]!["message"]);
        Assert.True(answer.IsDone);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClientThatLeaves_EndsTheRun(bool stream)
    {
        _host.Model.Enqueue(FakeReply.Script(new TextStep("begin"), new HangStep()));
        using var leave = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(Chat("hi", $"\"stream\":{(stream ? "true" : "false")}")) };
        var asking = _host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leave.Token);
        await _host.Model.WaitForRequestsAsync(1, TestTimeouts.Wait);
        if (stream)
            (await asking).Dispose();
        else
            await leave.CancelAsync();

        await TestTimeouts.Until(() => _host.Model.OpenRequests == 0, "the model is not asked any more");
    }

    [Fact]
    public async Task UnknownAgent_Is404_AndNothingIsMade()
    {
        var byModel = await _host.PostAsync(Path, Chat("hi", "\"model\":\"openclaw:nope\""));
        var byHeader = await _host.PostAsync(Path, Chat("hi"), ("x-openclaw-agent-id", "nope"));

        Assert.Equal((404, 404), (byModel.Status, byHeader.Status));
        Assert.Equal("model_not_found", (string?)byModel.Json["error"]!["code"]);
        Assert.False(Directory.Exists(System.IO.Path.Combine(_host.Gateway.StateDirectory, "agents", "nope")));
    }

    [Fact]
    public async Task SessionHeader_WinsOverTheModel()
    {
        await _host.PostAsync(Path, Chat("one", "\"model\":\"openclaw:main\""), ("x-openclaw-session-key", "agent:beta:shared"));

        var reserved = await _host.PostAsync(Path, Chat("one"), ("x-openclaw-session-key", "agent:main:cron:job"));

        Assert.Contains("agent=beta ", (string?)_host.Model.Requests[0].Messages[0]!["content"], StringComparison.Ordinal);
        Assert.Equal(400, reserved.Status);
    }

    [Fact]
    public async Task EmptyAnswer_SaysSo()
    {
        var whole = await _host.PostAsync(Path, Chat("#empty"));
        var streamed = await _host.PostAsync(Path, Chat("#empty", "\"stream\":true"));

        Assert.Equal("No response from OpenClaw.", (string?)whole.Json["choices"]![0]!["message"]!["content"]);
        Assert.Contains("No response from OpenClaw.", streamed.Text, StringComparison.Ordinal);
        Assert.True(streamed.IsDone);
    }

    [Fact]
    public async Task Models_AreTheAgents()
    {
        var list = await _host.GetAsync("v1/models");
        var one = await _host.GetAsync("v1/models/openclaw/beta");
        var none = await _host.GetAsync("v1/models/openclaw:nope");
        var other = await _host.GetAsync("v1/models/gpt-4o");

        Assert.Equal(["openclaw", "openclaw:main", "openclaw:beta"], list.Json["data"]!.AsArray().Select(static model => (string?)model!["id"]));
        Assert.Equal(("openclaw/beta", "model"), ((string?)one.Json["id"], (string?)one.Json["object"]));
        Assert.Equal((404, 404), (none.Status, other.Status));
    }

    private static string Chat(string text, string more = "\"n\":1") => $$"""{"messages":[{"role":"user","content":"{{text}}"}],{{more}}}""";
}
