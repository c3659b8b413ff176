using OpenClaw.Fakes.OpenAi;

namespace OpenClaw.Gateway.Core.Tests.Http;

/// <summary>Arguments of tool calls are JSON inside a string: what is wrong with them only shows when that is read.</summary>
public sealed class ToolCallArgumentsTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("""{\"a\":\"\\ud800\"}""")]
    [InlineData("""{\"a\":1,\"a\":2}""")]
    [InlineData("""{\"a\":""")]
    public async Task BrokenArgumentsOfAToldCall_AreTakenAsTheyAre(string arguments)
    {
        var chat = await _host.PostAsync("v1/chat/completions", $$$"""
            {"messages":[{"role":"user","content":"go"},{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{{{arguments}}}"}}]},
             {"role":"tool","tool_call_id":"c1","content":"done"}]}
            """);
        var response = await _host.PostAsync("v1/responses", $$$"""
            {"model":"openclaw","input":[{"role":"user","content":"go"},{"type":"function_call","call_id":"c1","name":"f","arguments":"{{{arguments}}}"},{"type":"function_call_output","call_id":"c1","output":"done"}]}
            """);

        Assert.Equal((200, 200), (chat.Status, response.Status));
    }

    [Theory]
    [InlineData("""{"key":"\ud800"}""")]
    [InlineData("""{"key":1,"key":2}""")]
    public async Task BrokenArgumentsOfTheModel_AreItsToMend(string arguments)
    {
        _host.Model.Enqueue(FakeReply.Tool("session_status", arguments, "c1"));

        var answer = await _host.PostAsync("v1/chat/completions", """{"messages":[{"role":"user","content":"go"}]}""");

        Assert.Equal((200, "tool session_status finished"), (answer.Status, (string?)answer.Json["choices"]?[0]!["message"]!["content"]));
        Assert.Contains("not valid JSON", _host.Model.Requests[1].Messages[^1]!.ToJsonString(), StringComparison.Ordinal);
    }
}
