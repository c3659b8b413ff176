using OpenClaw.Fakes.OpenAi;

namespace OpenClaw.Gateway.Core.Tests.Http;

/// <summary>Clients ask again where a try failed; a session that remembers must not hear it twice.</summary>
public sealed class RetriedRequestTests : IAsyncLifetime
{
    private const string Path = "v1/chat/completions";
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private const string Weather = """{"type":"function","function":{"name":"get_weather","parameters":{"type":"object"}}}""";
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("\"one\"")]
    [InlineData("[{\"type\":\"text\",\"text\":\"one\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64," + Png + "\"}}]")]
    public async Task MessageOfFailedTries_IsInTheSessionOnce(string content)
    {
        _host.Model.Enqueue(Refusal, Refusal);
        var body = $$"""{"user":"ann","messages":[{"role":"user","content":{{content}}}]}""";

        Assert.Equal((400, 400, 200), (await StatusAsync(body), await StatusAsync(body), await StatusAsync(body)));

        Assert.Single(_host.Model.Requests[2].Messages, IsUser);
    }

    [Fact]
    public async Task NextMessageAfterAFailedTry_IsToldAlone()
    {
        _host.Model.Enqueue(Refusal);
        await StatusAsync("""{"user":"ann","messages":[{"role":"user","content":"one"}]}""");

        await StatusAsync("""{"user":"ann","messages":[{"role":"user","content":"one"},{"role":"user","content":"two"}]}""");

        Assert.Equal(["one", "two"], _host.Model.Requests[1].Texts("user"));
    }

    [Fact]
    public async Task SameWordsAfterAnAnswer_AreToldAgain()
    {
        const string Body = """{"user":"ann","messages":[{"role":"user","content":"one"}]}""";
        await StatusAsync(Body);

        await StatusAsync(Body);

        Assert.Equal(["one", "one"], _host.Model.Requests[1].Texts("user"));
    }

    [Fact]
    public async Task ToolResultOfAFailedTry_StaysTheResultOfItsCall()
    {
        _host.Model.Enqueue(FakeReply.Tool("get_weather", "{}", "c9"), Refusal);
        await StatusAsync($$"""{"user":"ann","tools":[{{Weather}}],"messages":[{"role":"user","content":"weather?"}]}""");
        const string Result = $$$"""{"user":"ann","tools":[{{{Weather}}}],"messages":[{"role":"user","content":"weather?"},{"role":"assistant","tool_calls":[{"id":"c9","type":"function","function":{"name":"get_weather","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c9","content":"72F"}]}""";

        Assert.Equal((400, 200), (await StatusAsync(Result), await StatusAsync(Result)));

        Assert.Equal(["user", "assistant", "tool"], _host.Model.Requests[2].Messages.Select(static message => (string?)message!["role"]).Where(static role => role != "system"));
    }

    private static FakeReply Refusal => FakeReply.Error(400, "invalid request: messages.1 wrong shape");

    private static bool IsUser(System.Text.Json.Nodes.JsonNode? message) => (string?)message!["role"] == "user";

    private async Task<int> StatusAsync(string body) => (await _host.PostAsync(Path, body)).Status;
}
