using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Methods;

public sealed class WakeTests
{
    [Fact]
    public async Task Wake_IsToldToTheMainSession_WithItsNextMessage_Once()
    {
        await using var host = await GatewayTestHost.StartAsync(time: new ManualTimeProvider());
        await using var client = await host.ConnectRawAsync();
        await client.HelloAsync();
        await client.RequestAsync("wake", new JsonObject { ["mode"] = "next-heartbeat", ["text"] = " the oven\nis hot " });

        var first = await SayAsync(client, "main", "hello", "one");
        var second = await SayAsync(client, "main", "again", "two");

        Assert.Matches(@"System: \[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\] the oven is hot\n\n", first);
        Assert.DoesNotContain("oven", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wake_Now_IsATurnOfItsOwn()
    {
        await using var host = await GatewayTestHost.StartAsync();
        await using var client = await host.ConnectRawAsync();
        await client.HelloAsync();

        var answer = await client.RequestAsync("wake", new JsonObject { ["mode"] = "now", ["text"] = "the oven is hot" });
        await client.ReadUntilAsync(frame => (string?)frame["event"] == "agent" && (string?)frame["payload"]!["data"]!["phase"] == "end");

        Assert.True((bool)answer["payload"]!["ok"]!);
        var history = await client.RequestAsync("chat.history", new JsonObject { ["sessionKey"] = "main" });
        Assert.Contains("the oven is hot", history["payload"]!["messages"]![0]!["content"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wake_OtherSessions_DoNotTakeIt()
    {
        await using var host = await GatewayTestHost.StartAsync();
        await using var client = await host.ConnectRawAsync();
        await client.HelloAsync();
        await client.RequestAsync("wake", new JsonObject { ["mode"] = "next-heartbeat", ["text"] = "the oven is hot" });

        Assert.DoesNotContain("oven", await SayAsync(client, "agent:main:other", "hello", "one"), StringComparison.Ordinal);
        Assert.Equal("the oven is hot", (string?)(await client.RequestAsync("status"))["payload"]!["queuedSystemEvents"]![0]);
    }

    /// <summary>Sends a message, waits for its answer, and returns the message as the session has it.</summary>
    private static async Task<string> SayAsync(RawClient client, string session, string text, string key)
    {
        await client.RequestAsync("chat.send", new JsonObject { ["sessionKey"] = session, ["message"] = text, ["idempotencyKey"] = key });
        await client.ReadUntilAsync(frame => (string?)frame["event"] == "chat" && (string?)frame["payload"]!["state"] == "final" && (string?)frame["payload"]!["runId"] == key);
        var history = await client.RequestAsync("chat.history", new JsonObject { ["sessionKey"] = session });
        return history["payload"]!["messages"]!.AsArray().Last(message => (string)message!["role"]! == "user")!["content"]!.ToJsonString().Replace("\\n", "\n", StringComparison.Ordinal);
    }
}
