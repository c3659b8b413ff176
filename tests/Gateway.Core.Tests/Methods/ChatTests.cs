using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Methods;

public sealed class ChatTests
{
    [Fact]
    public async Task ChatSend_WithoutAnyModel_StreamsTheOfflineAnswer_AndKeepsIt()
    {
        await using var host = await GatewayTestHost.StartAsync();
        await using var client = await host.ConnectRawAsync();
        await client.HelloAsync();

        var started = await client.RequestAsync("chat.send", new JsonObject { ["sessionKey"] = "main", ["message"] = "hello there", ["idempotencyKey"] = "run-1" });
        Assert.Equal("started", (string?)started["payload"]?["status"]);
        var final = await client.ReadUntilAsync(frame => (string?)frame["event"] == "chat" && (string?)frame["payload"]!["state"] == "final");
        Assert.Contains("hello there", (string)final["payload"]!["message"]!["content"]![0]!["text"]!);

        var history = await client.RequestAsync("chat.history", new JsonObject { ["sessionKey"] = "main" });
        var messages = history["payload"]!["messages"]!.AsArray();
        Assert.Equal(["user", "assistant"], messages.Select(message => (string)message!["role"]!));
        var repeat = await client.RequestAsync("chat.send", new JsonObject { ["sessionKey"] = "main", ["message"] = "hello there", ["idempotencyKey"] = "run-1" });
        Assert.Equal("ok", (string?)repeat["payload"]?["status"]);
    }

    [Fact]
    public async Task Agent_AnswersTwice()
    {
        await using var host = await GatewayTestHost.StartAsync();
        await using var client = await host.ConnectRawAsync();
        await client.HelloAsync();

        var first = await client.RequestAsync("agent", new JsonObject { ["agentId"] = "main", ["message"] = "hi", ["idempotencyKey"] = "run-2" }, id: "a");
        Assert.Equal("accepted", (string?)first["payload"]?["status"]);
        var second = await client.ReadUntilAsync(frame => (string?)frame["id"] == "a");
        Assert.Equal("ok", (string?)second["payload"]?["status"]);
        Assert.NotEmpty(second["payload"]!["result"]!["payloads"]!.AsArray());
        var wait = await client.RequestAsync("agent.wait", new JsonObject { ["runId"] = "run-2" });
        Assert.Equal("ok", (string?)wait["payload"]?["status"]);
    }
}
