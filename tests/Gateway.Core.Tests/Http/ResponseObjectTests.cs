using System.Text.Json.Nodes;
using OpenClaw.Fakes.OpenAi;

namespace OpenClaw.Gateway.Core.Tests.Http;

/// <summary>The response object as OpenAI's libraries know it: it tells back what was asked, and its items say how far they came.</summary>
public sealed class ResponseObjectTests : IAsyncLifetime
{
    private const string Tool = """{"type":"function","name":"get_weather","description":"d","parameters":{"type":"object"},"strict":true}""";
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task WhatWasAsked_IsToldBack()
    {
        const string Asked = """
            "parallel_tool_calls":false,"store":false,"temperature":0.25,"top_p":0.5,"max_output_tokens":77,"max_tool_calls":3,"truncation":"auto","user":"ann","reasoning":{"effort":"low","summary":"auto"},
            "text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object"}}},"tool_choice":{"type":"function","name":"get_weather"},"metadata":{"k":"v"}
            """;
        _host.Model.Enqueue(FakeReply.Tool("get_weather", "{}", "c1"));

        var answer = (await AskAsync($"\"input\":\"hi\",{Asked},\"tools\":[{Tool}]")).Json;

        foreach (var (name, value) in JsonNode.Parse("{" + Asked + "}")!.AsObject())
            Assert.True(JsonNode.DeepEquals(value, answer[name]), $"{name}: {answer[name]?.ToJsonString()}");
        Assert.True((bool)answer["tools"]![0]!["strict"]!);
    }

    [Fact]
    public async Task WhatWasNotAsked_HasItsDefault()
    {
        const string Defaults = """
            {"parallel_tool_calls":true,"store":true,"temperature":1,"top_p":1,"max_output_tokens":null,"truncation":"disabled","user":null,"reasoning":{"effort":null,"summary":null},
             "text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],"metadata":{}}
            """;

        var answer = (await AskAsync("\"input\":\"hi\"")).Json.AsObject();

        foreach (var (name, value) in JsonNode.Parse(Defaults)!.AsObject())
            Assert.True(answer.TryGetPropertyValue(name, out var told) && JsonNode.DeepEquals(value, told), $"{name}: {told?.ToJsonString()}");
    }

    [Fact]
    public async Task ItemThatBegins_IsEmpty()
    {
        var answer = await AskAsync("\"input\":\"hi\",\"stream\":true");

        var item = answer.Events.Single(static e => (string?)e["type"] == "response.output_item.added")["item"]!;
        Assert.Equal(("in_progress", "[]"), ((string?)item["status"], item["content"]!.ToJsonString()));
    }

    [Fact]
    public async Task MessageOfACutOffAnswer_IsIncomplete()
    {
        var whole = await AskAsync("\"input\":\"#length\"");
        var streamed = await AskAsync("\"input\":\"#length\",\"stream\":true");

        Assert.Equal("incomplete", (string?)whole.Json["output"]![0]!["status"]);
        Assert.Equal("incomplete", (string?)streamed.Events.Single(static e => (string?)e["type"] == "response.output_item.done")["item"]!["status"]);
    }

    [Fact]
    public async Task FailureInMidStream_ClosesTheMessage_AndKeepsWhatWasSaid()
    {
        _host.Model.Enqueue(FakeReply.Script(new TextStep("partial"), new RawStep("data: {\"error\":{\"message\":\"Insufficient credits\",\"type\":\"billing\"}}\n\n")));

        var answer = await AskAsync("\"input\":\"x\",\"stream\":true");

        Assert.Equal(
            ["response.output_text.done", "response.content_part.done", "response.output_item.done", "response.failed"],
            answer.Events.Select(static e => (string?)e["type"]).TakeLast(4));
        var message = answer.Events[^1]["response"]!["output"]![0]!;
        Assert.Equal(("incomplete", "partial"), ((string?)message["status"], (string?)message["content"]![0]!["text"]));
    }

    private Task<ApiAnswer> AskAsync(string fields) => _host.PostAsync("v1/responses", $$"""{"model":"openclaw",{{fields}}}""");
}
