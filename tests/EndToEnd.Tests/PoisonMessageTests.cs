using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests;

/// <summary>A message during whose run the process dies, time after time.</summary>
public sealed class PoisonMessageTests
{
    private const int Crashes = 5;

    [Fact]
    public async Task MessageThatEndsTheProcessAgainAndAgain_IsGivenUp_AndOthersAreServedMeanwhile()
    {
        await using var model = await FakeModelServer.StartAsync();
        await using var gateway = await GatewayProcess.StartAsync($$"""
            models: { providers: { fake: { baseUrl: "{{model.OpenAiBaseUrl}}", apiKey: "k", api: "openai-completions", models: [{
              id: "m", name: "m", reasoning: false, input: ["text"], cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 }, contextWindow: 100000, maxTokens: 1000 }] } } },
            agents: { defaults: { model: { primary: "fake/m" } } },
            """);
        await using (var connection = await ConnectAsync(gateway))
            Assert.True((await SendAsync(connection, "poisoned", "#hang", "poison")).Ok);

        for (var crash = 1; crash <= Crashes; crash++)
        {
            await TestTimeouts.Until(() => Starts(model) == crash, $"run {crash} of the message");
            await gateway.KillAsync();
            await gateway.LaunchAsync();
            await using var connection = await ConnectAsync(gateway);
            var innocent = $"innocent-{crash}";
            Assert.True((await SendAsync(connection, "served", $"hello {crash}", innocent)).Ok);
            Assert.Equal("ok", (string?)(await WaitAsync(connection, innocent))["status"]);
        }

        await using var last = await ConnectAsync(gateway);
        await TestTimeouts.Until(() => gateway.LogLinesWith("was set aside").Length > 0, "the message is given up");
        var repeated = await SendAsync(last, "poisoned", "#hang", "poison");
        Assert.False(repeated.Ok);
        Assert.Contains("set aside", repeated.Error?.Message, StringComparison.Ordinal);
        Assert.Equal(Crashes, Starts(model));

        // Who was away then finds it in the history, and a later start has not forgotten it.
        await gateway.KillAsync();
        await gateway.LaunchAsync();
        await using var later = await ConnectAsync(gateway);
        var history = await later.RequestAsync("chat.history", """{"sessionKey":"poisoned"}"""u8.ToArray());
        Assert.Contains("set aside", System.Text.Encoding.UTF8.GetString(history.Payload.Span), StringComparison.Ordinal);
        Assert.False((await SendAsync(later, "poisoned", "#hang", "poison")).Ok);
        Assert.Equal(Crashes, Starts(model));
    }

    private static int Starts(FakeModelServer model) => model.Requests.Count(request => request.LastUserText.Contains("#hang", StringComparison.Ordinal));

    private static Task<GatewayResponse> SendAsync(GatewayConnection connection, string session, string text, string id) => connection.RequestAsync(
        "chat.send", JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["sessionKey"] = session, ["message"] = text, ["idempotencyKey"] = id }));

    private static async Task<JsonNode> WaitAsync(GatewayConnection connection, string id)
    {
        var response = await connection.RequestAsync("agent.wait", JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["runId"] = id, ["timeoutMs"] = (long)TestTimeouts.Wait.TotalMilliseconds }));
        Assert.True(response.Ok, response.Error?.Message);
        return JsonNode.Parse(response.Payload.Span)!;
    }

    private static Task<GatewayConnection> ConnectAsync(GatewayProcess gateway) =>
        GatewayConnection.OpenAsync(new GatewayConnectionOptions { Url = gateway.WebSocketUri, Token = GatewayProcess.Token, TokenIsExplicit = true });
}
