using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Nodes;

public sealed class NodeEventTests : IAsyncLifetime
{
    private readonly TestDevice _device = new(1);
    private GatewayTestHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayTestHost.StartAsync();

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _device.Dispose();
    }

    [Fact]
    public async Task AgentRequest_IsAnsweredInTheNodesOwnSession()
    {
        await using var node = await _host.NodeAsync(_device);
        await using var client = await _host.OperatorAsync();

        await SendAsync(node, "agent.request", new JsonObject { ["message"] = "are you there" });

        await client.ReadUntilAsync(frame => (string?)frame["event"] == "agent" && (string?)frame["payload"]!["data"]!["phase"] == "end");
        var history = await client.RequestAsync("chat.history", new JsonObject { ["sessionKey"] = $"node-{_device.Id}" });
        Assert.Contains("are you there", history["payload"]!["messages"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task VoiceTranscript_IsAnsweredInTheMainSession_AndToldToTheNodeThatFollowsIt()
    {
        await using var node = await _host.NodeAsync(_device);
        await SendAsync(node, "chat.subscribe", new JsonObject { ["sessionKey"] = "agent:main:main" });

        await SendAsync(node, "voice.transcript", new JsonObject { ["text"] = "hello there" });

        var final = await node.ReadUntilAsync(frame => (string?)frame["event"] == "chat" && (string?)frame["payload"]!["state"] == "final");
        Assert.Null(final["seq"]);
        Assert.StartsWith("voice-", (string?)final["payload"]!["runId"]);
        Assert.Contains("hello there", final["payload"]!["message"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NodeThatUnsubscribed_IsToldNothingMore()
    {
        using var second = new TestDevice(2);
        await using var node = await _host.NodeAsync(_device);
        await using var follower = await _host.NodeAsync(second);
        foreach (var client in new[] { node, follower })
            await SendAsync(client, "chat.subscribe", new JsonObject { ["sessionKey"] = "agent:main:main" });
        await SendAsync(node, "chat.unsubscribe", new JsonObject { ["sessionKey"] = "agent:main:main" });

        await SendAsync(node, "voice.transcript", new JsonObject { ["text"] = "hello" });

        await follower.ReadUntilAsync(frame => (string?)frame["event"] == "chat" && (string?)frame["payload"]!["state"] == "final");
        await node.SendAsync("""{"type":"req","id":"last","method":"node.event","params":{"event":"nothing"}}""");
        for (var frame = await node.ReadAsync(); (string?)frame!["id"] != "last"; frame = await node.ReadAsync())
            Assert.NotEqual("chat", (string?)frame["event"]);
    }

    [Theory]
    [InlineData("agent.request", """{"message":"  "}""")]
    [InlineData("agent.request", """{"message":5}""")]
    [InlineData("agent.request", """{"message":"hi","sessionKey":"agent:nobody:main"}""")]
    [InlineData("voice.transcript", "[]")]
    [InlineData("voice.transcript", "\"text\"")]
    [InlineData("chat.subscribe", "{}")]
    [InlineData("exec.finished", """{"exitCode":"x","timedOut":1}""")]
    [InlineData("node.host.stats", """{"cpu":1}""")]
    public async Task DetailsWithoutMeaning_AreHeardAndDoNothing(string name, string payload)
    {
        await using var node = await _host.NodeAsync(_device);
        await using var client = await _host.OperatorAsync();

        var answer = await node.RequestAsync("node.event", new JsonObject { ["event"] = name, ["payloadJSON"] = payload });

        Assert.True((bool)answer["payload"]!["ok"]!);
        Assert.Empty((await client.RequestAsync("sessions.list", new JsonObject()))["payload"]!["sessions"]!.AsArray());
    }

    [Fact]
    public async Task ExecFinished_IsNotedForTheMainSession()
    {
        await using var node = await _host.NodeAsync(_device);
        await using var client = await _host.OperatorAsync();

        await SendAsync(node, "exec.finished", new JsonObject { ["sessionKey"] = "main", ["runId"] = "r1", ["exitCode"] = 3, ["output"] = "done" });

        var status = await client.RequestAsync("status");
        Assert.Equal("Exec finished (node, id=r1, code 3)\ndone", (string?)Assert.Single(status["payload"]!["queuedSystemEvents"]!.AsArray()));
    }

    private static async Task SendAsync(RawClient node, string name, JsonObject payload)
    {
        var answer = await node.RequestAsync("node.event", new JsonObject { ["event"] = name, ["payload"] = payload });
        Assert.True((bool)answer["ok"]!, answer.ToJsonString());
    }
}
