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

    [Fact]
    public async Task ChatAbort_SentRightBehindTheMessage_StopsIt()
    {
        await using var host = await GatewayTestHost.StartAsync();
        for (var round = 0; round < 20; round++)
        {
            await using var client = await host.ConnectRawAsync();
            await client.HelloAsync();
            var id = $"abort-{round}";
            await client.SendAsync($$$"""{"type":"req","id":"s","method":"chat.send","params":{"sessionKey":"{{{id}}}","message":"hi","idempotencyKey":"{{{id}}}"}}""");
            await client.SendAsync($$$"""{"type":"req","id":"a","method":"chat.abort","params":{"sessionKey":"{{{id}}}"}}""");
            var abort = await client.ReadUntilAsync(frame => (string?)frame["id"] == "a");
            if (!(bool)abort["payload"]!["aborted"]!)
            {
                // Then it had not arrived yet, or was over; either way nobody was told that it was stopped.
                continue;
            }
            var end = await client.ReadUntilAsync(frame => (string?)frame["event"] == "chat" && (string?)frame["payload"]!["state"] is "aborted" or "final");
            Assert.Equal("aborted", (string?)end["payload"]!["state"]);
        }
    }

    [Fact]
    public async Task ChatSend_WhoseClientLeavesAtOnce_IsStoredOrCanBeSentAgain()
    {
        await using var host = await GatewayTestHost.StartAsync(
            $$"""{ gateway: { mode: "local", auth: { token: "{{GatewayTestHost.Token}}" } }, messages: { queue: { cap: 100, debounceMs: 0 } } }""");
        for (var round = 0; round < 60; round++)
        {
            await using var client = await host.ConnectRawAsync();
            await client.HelloAsync();
            await client.SendAsync($$$"""{"type":"req","id":"s","method":"chat.send","params":{"sessionKey":"left","message":"hi {{{round}}}","idempotencyKey":"left-{{{round}}}"}}""");
            client.Socket.Abort();
        }
        await using var later = await host.ConnectRawAsync();
        await later.HelloAsync();
        for (var round = 0; round < 60; round++)
        {
            await later.RequestAsync("chat.send", new JsonObject { ["sessionKey"] = "left", ["message"] = $"hi {round}", ["idempotencyKey"] = $"left-{round}" });
            var wait = await later.RequestAsync("agent.wait", new JsonObject { ["runId"] = $"left-{round}" });
            Assert.Equal("ok", (string?)wait["payload"]!["status"]);
        }
        var history = await later.RequestAsync("chat.history", new JsonObject { ["sessionKey"] = "left" });
        var texts = history["payload"]!["messages"]!.AsArray().Where(message => (string)message!["role"]! == "user").Select(message => message!["content"]!.ToJsonString()).ToArray();
        Assert.Equal(60, texts.Length);
        Assert.Equal(60, texts.Distinct().Count());
    }

    [Theory]
    [InlineData("agent:nobody:main", "unknown agent id")]
    [InlineData("a\u0000b", "invalid session key")]
    public async Task ChatSend_ToASessionThatCannotBe_IsRefusedAndMakesNothing(string sessionKey, string reason)
    {
        await using var host = await GatewayTestHost.StartAsync();
        await using var client = await host.ConnectRawAsync();
        await client.HelloAsync();

        var answer = await client.RequestAsync("chat.send", new JsonObject { ["sessionKey"] = sessionKey, ["message"] = "hi", ["idempotencyKey"] = "x" });

        Assert.Contains(reason, (string?)answer["error"]?["message"], StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(host.StateDirectory, "agents", "nobody")));
    }
}
