using System.Text.Json.Nodes;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

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
    public async Task Agent_TheSameTextTwiceInOneMillisecond_IsAnsweredTwice()
    {
        await using var host = await GatewayTestHost.StartAsync(time: new ManualTimeProvider());
        await using var client = await host.ConnectRawAsync();
        await client.HelloAsync();
        foreach (var key in new[] { "twin-1", "twin-2" })
            await client.SendAsync($$$"""{"type":"req","id":"{{{key}}}","method":"agent","params":{"agentId":"main","message":"hi","idempotencyKey":"{{{key}}}"}}""");
        for (var ended = 0; ended < 2;)
            ended += (string?)(await client.ReadUntilAsync(frame => (string?)frame["type"] == "res"))["payload"]?["status"] == "ok" ? 1 : 0;

        var history = await client.RequestAsync("chat.history", new JsonObject { ["sessionKey"] = "main" });
        Assert.Equal(["user", "assistant", "user", "assistant"], history["payload"]!["messages"]!.AsArray().Select(message => (string)message!["role"]!));
    }

    [Fact]
    public async Task ChatAbort_SentRightBehindTheMessage_SaysWhetherTheMessageWasStopped()
    {
        await using var host = await GatewayTestHost.StartAsync();
        for (var round = 0; round < 40; round++)
        {
            await using var client = await host.ConnectRawAsync();
            await client.HelloAsync();
            var id = $"abort-{round}";
            await client.SendAsync($$$"""{"type":"req","id":"s","method":"chat.send","params":{"sessionKey":"{{{id}}}","message":"hi","idempotencyKey":"{{{id}}}"}}""");
            // Each round gives the message a little more of a start.
            for (var request = 0; request < round / 2; request++)
                await client.SendAsync($$"""{"type":"req","id":"w{{request}}","method":"health"}""");
            await client.SendAsync($$$"""{"type":"req","id":"a","method":"chat.abort","params":{"sessionKey":"{{{id}}}"}}""");

            var (aborted, state) = await ReadOutcomeAsync(client, id);

            Assert.Equal(aborted ? "aborted" : "final", state);
        }
    }

    [Fact]
    public async Task ChatAbort_OfARunThatIsAtWork_HasItsLastEventBeforeTheAnswer()
    {
        await using var model = await FakeModelServer.StartAsync();
        model.Enqueue(FakeReply.Script(new TextStep("begun"), new HangStep()));
        await using var host = await GatewayTestHost.StartAsync($$"""
            {
              gateway: { mode: "local", auth: { token: "{{GatewayTestHost.Token}}" } },
              models: { providers: { fake: { baseUrl: "{{model.OpenAiBaseUrl}}", apiKey: "k", api: "openai-completions", models: [{ id: "fake-1", name: "fake-1" }] } } },
              agents: { defaults: { model: { primary: "fake/fake-1" } } },
            }
            """);
        await using var client = await host.ConnectRawAsync();
        await client.HelloAsync();
        await client.RequestAsync("chat.send", new JsonObject { ["sessionKey"] = "main", ["message"] = "hi", ["idempotencyKey"] = "at-work" });
        await client.ReadUntilAsync(static frame => (string?)frame["event"] == "chat" && (string?)frame["payload"]!["state"] == "delta");
        await client.SendAsync("""{"type":"req","id":"a","method":"chat.abort","params":{"sessionKey":"main"}}""");

        var first = await client.ReadUntilAsync(static frame => (string?)frame["id"] == "a" || IsEnd(frame, "at-work"));
        var answer = await client.ReadUntilAsync(static frame => (string?)frame["id"] == "a");

        Assert.Equal("aborted", (string?)first["payload"]!["state"]);
        Assert.True((bool)answer["payload"]!["aborted"]!);
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

    /// <summary>What the abort's answer said and how the run ended. A run that is stopped at work tells its end before the answer, a message without a run after it.</summary>
    private static async Task<(bool Aborted, string State)> ReadOutcomeAsync(RawClient client, string runId)
    {
        bool? aborted = null;
        string? state = null;
        await client.ReadUntilAsync(frame =>
        {
            if ((string?)frame["id"] == "a")
                aborted = (bool)frame["payload"]!["aborted"]!;
            else if (IsEnd(frame, runId))
                state = state is null ? (string)frame["payload"]!["state"]! : "two ends";
            return aborted is not null && state is not null;
        });
        return (aborted!.Value, state!);
    }

    private static bool IsEnd(JsonObject frame, string runId) =>
        (string?)frame["event"] == "chat" && (string?)frame["payload"]!["runId"] == runId && (string?)frame["payload"]!["state"] is "aborted" or "final" or "error";
}
