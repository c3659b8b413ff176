using System.Text.Json.Nodes;
using OpenClaw.Conformance.Tests.Clients;
using OpenClaw.Conformance.Tests.Gateways;
using OpenClaw.Conformance.Tests.Peer;
using OpenClaw.Fakes.OpenAi;

namespace OpenClaw.Conformance.Tests.State;

/// <summary>Moving to us and back again: one state directory, a conversation that goes on in the other gateway.</summary>
public sealed class SharedStateTests
{
    private const string SessionKey = "agent:main:main";

    [PeerFact]
    public Task OurConversation_GoesOnInTheOriginal() => GoesOnAsync(GatewayProcess.StartOursAsync, GatewayProcess.StartPeerAsync);

    [PeerFact]
    public Task TheOriginalsConversation_GoesOnInOurs() => GoesOnAsync(GatewayProcess.StartPeerAsync, GatewayProcess.StartOursAsync);

    private static async Task GoesOnAsync(Func<Instance, Task<GatewayProcess>> startFirst, Func<Instance, Task<GatewayProcess>> startSecond)
    {
        await using var models = await FakeModelServer.StartAsync();
        using var instance = new Instance(FakeModels.ConfigurationFor(models));
        using var client = CommandLineClient.OfPeer();

        JsonObject historyBefore, sessionsBefore;
        await using (var first = await startFirst(instance))
        {
            await SayAsync(client, first, "#say one");
            historyBefore = await HistoryAsync(client, first);
            sessionsBefore = await client.CallAsync(first.Port, "sessions.list");
        }
        await using var second = await startSecond(instance);
        var history = await HistoryAsync(client, second);
        var sessions = await client.CallAsync(second.Port, "sessions.list");
        await SayAsync(client, second, "#say two");

        Assert.Equal(Messages(historyBefore), Messages(history));
        Assert.Equal((string?)historyBefore["sessionId"], (string?)history["sessionId"]);
        Assert.Equal(Rows(sessionsBefore), Rows(sessions));
        // The model of the second gateway was told what was said in the first one.
        var asked = models.Requests[^1].Body["messages"]!.ToJsonString();
        Assert.Contains("#say one", asked, StringComparison.Ordinal);
        Assert.Contains("#say two", asked, StringComparison.Ordinal);
    }

    private static async Task SayAsync(CommandLineClient client, GatewayProcess gateway, string message)
    {
        var result = await client.RunAsync(gateway.Port, "agent", "--agent", "main", "--message", message);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(message["#say ".Length..], result.Output.Trim());
    }

    private static Task<JsonObject> HistoryAsync(CommandLineClient client, GatewayProcess gateway) =>
        client.CallAsync(gateway.Port, "chat.history", $$"""{"sessionKey":"{{SessionKey}}"}""");

    private static string Messages(JsonObject history) => history["messages"]!.ToJsonString();

    /// <summary>What a session list shows of each session, without what depends on the moment of asking.</summary>
    private static string[] Rows(JsonObject sessions) =>
        [.. sessions["sessions"]!.AsArray().Select(row => $"{row!["key"]} {row["sessionId"]} {row["updatedAt"]} {row["totalTokens"]} {row["model"]}")];
}
