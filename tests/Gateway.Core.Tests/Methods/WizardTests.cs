using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Onboarding.Sessions;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Methods;

/// <summary>The setup wizard over the WebSocket.</summary>
public sealed class WizardTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private GatewayTestHost _host = null!;
    private RawClient _client = null!;
    private string _session = "";

    public async Task InitializeAsync()
    {
        _host = await GatewayTestHost.StartAsync(time: _time);
        _client = await _host.ConnectRawAsync();
        await _client.HelloAsync();
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task AllAnswered_WritesTheConfiguration_AndKeepsTheToken()
    {
        var step = await StartAsync("""{"mode":"local","workspace":"~/desk"}""");

        step = await AnswerAsync(step, "note", "null");
        step = await AnswerAsync(step, "note", "null");
        step = await AnswerAsync(step, "confirm", "true");
        step = await AnswerAsync(step, "select", "\"quickstart\"");
        step = await AnswerAsync(step, "select", "\"skip\"");
        Assert.Equal("multiselect", (string?)step["type"]);
        var end = await NextAsync(step, "[]");

        Assert.Equal("""{"status":"done","done":true}""", end["payload"]!.ToJsonString());
        var config = await _host.Services.GetRequiredService<ConfigStore>().ReadAsync();
        Assert.Equal(GatewayTestHost.Token, config.Gateway.Auth.Token);
        Assert.EndsWith("/desk", config.Root.Section("agents").Section("defaults").Text("workspace"), StringComparison.Ordinal);
        Assert.Equal("onboard", config.Root.Section("wizard").Text("lastRunCommand"));
        Assert.Equal("INVALID_REQUEST: wizard not found", Refusal(await CallAsync("wizard.status")));
    }

    [Fact]
    public async Task ASecret_IsMarked_AndAWrongOneNotTaken()
    {
        var step = await ToProviderAsync();
        step = await AnswerAsync(step, "select", "\"openai\"");

        Assert.True((bool?)step["sensitive"]);
        Assert.Equal("client", (string?)step["executor"]);
        Assert.StartsWith("INVALID_REQUEST: Error: wizard: expected a key", Refusal(await NextAsync(step, "\"two words\"")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("{\"a\":[1]}")]
    [InlineData("\"nobody\"")]
    [InlineData("[\"skip\"]")]
    public async Task AHostileAnswer_IsRefused_AndTheQuestionWaitsOn(string value)
    {
        var step = await ToProviderAsync();

        Assert.StartsWith("INVALID_REQUEST: Error: wizard: expected one of: ", Refusal(await NextAsync(step, value)), StringComparison.Ordinal);

        var again = await CallAsync("wizard.next");
        Assert.Equal((string?)step["id"], (string?)again["payload"]!["step"]!["id"]);
    }

    [Fact]
    public async Task AnAnswerToAnotherQuestion_IsRefused()
    {
        var step = await StartAsync("{}");
        await NextAsync(step, "null");

        Assert.Equal("INVALID_REQUEST: Error: wizard: no pending step", Refusal(await NextAsync(step, "null")));
    }

    [Fact]
    public async Task Declined_EndsItWithoutAChange()
    {
        var before = await File.ReadAllTextAsync(_host.ConfigPath);
        var step = await StartAsync("{}");
        step = await AnswerAsync(step, "note", "null");
        step = await AnswerAsync(step, "note", "null");

        var end = await NextAsync(step, "false");

        Assert.Equal("cancelled", (string?)end["payload"]!["status"]);
        Assert.True((bool?)end["payload"]!["done"]);
        Assert.Equal(before, await File.ReadAllTextAsync(_host.ConfigPath));
    }

    [Fact]
    public async Task OneAtATime_UntilTheOtherIsGivenUp()
    {
        await StartAsync("{}");
        Assert.Equal("UNAVAILABLE: wizard already running", Refusal(await _client.RequestAsync("wizard.start", new JsonObject())));

        _time.Advance(WizardSessions.Patience);

        Assert.Equal("INVALID_REQUEST: wizard not found", Refusal(await CallAsync("wizard.next")));
        await StartAsync("{}");
    }

    [Fact]
    public async Task ABrokenConfiguration_EndsItWithTheReason()
    {
        await File.WriteAllTextAsync(_host.ConfigPath, "{ gateway: { port: 'x' } }");

        var answer = await _client.RequestAsync("wizard.start", new JsonObject());

        Assert.Equal("error", (string?)answer["payload"]!["status"]);
        Assert.Contains("gateway.port", (string?)answer["payload"]!["error"], StringComparison.Ordinal);
        Assert.Equal("{ gateway: { port: 'x' } }", await File.ReadAllTextAsync(_host.ConfigPath));
    }

    [Theory]
    [InlineData("""{"mode":"cloud"}""")]
    [InlineData("""{"workspace":7}""")]
    [InlineData("""{"more":1}""")]
    public async Task Start_WithWrongParams_IsRefused(string parameters) =>
        Assert.StartsWith("INVALID_REQUEST: invalid wizard.start params", Refusal(await _client.RequestAsync("wizard.start", JsonNode.Parse(parameters)!.AsObject())), StringComparison.Ordinal);

    private async Task<JsonObject> ToProviderAsync()
    {
        var step = await StartAsync("""{"mode":"local"}""");
        step = await AnswerAsync(step, "note", "null");
        step = await AnswerAsync(step, "note", "null");
        step = await AnswerAsync(step, "confirm", "true");
        return await AnswerAsync(step, "select", "\"quickstart\"");
    }

    private async Task<JsonObject> StartAsync(string parameters)
    {
        var answer = await _client.RequestAsync("wizard.start", JsonNode.Parse(parameters)!.AsObject());
        Assert.True((bool)answer["ok"]!, answer.ToJsonString());
        _session = (string)answer["payload"]!["sessionId"]!;
        Assert.Equal("running", (string?)answer["payload"]!["status"]);
        return answer["payload"]!["step"]!.AsObject();
    }

    private async Task<JsonObject> AnswerAsync(JsonObject step, string type, string value)
    {
        Assert.Equal(type, (string?)step["type"]);
        var answer = await NextAsync(step, value);
        Assert.True((bool)answer["ok"]!, answer.ToJsonString());
        return answer["payload"]!["step"]!.AsObject();
    }

    private async Task<JsonNode> NextAsync(JsonObject step, string value) => await _client.RequestAsync("wizard.next", new JsonObject
    {
        ["sessionId"] = _session,
        ["answer"] = new JsonObject { ["stepId"] = (string)step["id"]!, ["value"] = JsonNode.Parse(value) },
    });

    private async Task<JsonNode> CallAsync(string method) => await _client.RequestAsync(method, new JsonObject { ["sessionId"] = _session });

    private static string Refusal(JsonNode answer) => (bool)answer["ok"]! ? "ok: " + answer.ToJsonString() : $"{answer["error"]!["code"]}: {answer["error"]!["message"]}";
}
