using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Tests.Support;

namespace OpenClaw.Gateway.Core.Tests.Methods;

public sealed class SessionEntryTests
{
    /// <summary>As the Node gateway stores a text that was cut within a character, beside a field that nobody here knows.</summary>
    private const string Stored = """
        {
          "agent:main:cut": {
            "sessionId": "0b0b0b0b-0000-4000-8000-000000000001",
            "updatedAt": 1795060800000,
            "origin": {
              "label": "cut \ud83d"
            },
            "future": {
              "kept": [
                1.50,
                "\ud83d"
              ]
            }
          }
        }
        """;

    [Fact]
    public async Task Patch_OfAnEntryWithHalfACharacter_AnswersWithAllOfIt_AndKeepsTheBytesOnDisk()
    {
        await using var host = await GatewayTestHost.StartAsync(seed: Seed);
        await using var client = await ConnectAsync(host);

        var answer = await client.RequestAsync("sessions.patch", new JsonObject { ["key"] = "cut", ["thinkingLevel"] = "high" });

        var entry = answer["payload"]!["entry"]!;
        Assert.Equal("""{"kept":[1.50,"\uFFFD"]}""", entry["future"]!.ToJsonString());
        Assert.Equal("high", (string?)entry["thinkingLevel"]);
        Assert.StartsWith("cut ", (string?)entry["origin"]!["label"], StringComparison.Ordinal);
        var onDisk = await File.ReadAllTextAsync(Path.Combine(host.StateDirectory, "agents", "main", "sessions", "sessions.json"));
        Assert.Contains("\"cut \\ud83d\"", onDisk, StringComparison.Ordinal);
        Assert.Contains("1.50,", onDisk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_AndReset_OfAnEntryWithHalfACharacter_Answer()
    {
        await using var host = await GatewayTestHost.StartAsync(seed: Seed);
        await using var client = await ConnectAsync(host);

        var list = await client.RequestAsync("sessions.list", new JsonObject());
        var reset = await client.RequestAsync("sessions.reset", new JsonObject { ["key"] = "cut" });

        Assert.Equal("cut \uFFFD", (string?)list["payload"]!["sessions"]![0]!["origin"]!["label"]);
        Assert.Equal("agent:main:cut", (string?)reset["payload"]!["key"]);
        Assert.Equal("cut \uFFFD", (string?)reset["payload"]!["entry"]!["origin"]!["label"]);
    }

    private static async Task<RawClient> ConnectAsync(GatewayTestHost host)
    {
        var client = await host.ConnectRawAsync();
        await client.HelloAsync();
        return client;
    }

    private static void Seed(string state)
    {
        var directory = Path.Combine(state, "agents", "main", "sessions");
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "sessions.json"), Stored);
    }
}
