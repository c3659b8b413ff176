using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests;

/// <summary>SIGKILL at random points under a stream of messages: what was answered for is there afterwards, once, and answered.</summary>
public sealed class KillTests
{
    private const int Kills = 200;
    private const int Sessions = 4;

    [Fact]
    public async Task KillAtRandomPoints_LosesNoAcknowledgedMessage()
    {
        // Room for all: a full queue gives up messages on purpose.
        await using var gateway = await GatewayProcess.StartAsync("""messages: { queue: { cap: 100000, debounceMs: 0 } }""");
        var random = new Random(20261121);
        var acknowledged = new ConcurrentDictionary<string, string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            // One half dies at any time of the start and what follows, the other in the midst of the messages, however slow the machine is.
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var sending = SendUntilGoneAsync(gateway, kill, acknowledged, random.Next(2, 12), reached);
            // Not a wait for a condition: the point of the kill is what is drawn by lot.
            await (kill % 2 == 0 ? Task.Delay(random.Next(0, 450), CancellationToken.None) : reached.Task.WithTimeout());
            await gateway.KillAsync();
            await sending.WithTimeout();
            await gateway.LaunchAsync();
        }

        Assert.True(acknowledged.Count > Kills, $"Only {acknowledged.Count} messages were acknowledged: the kills came too early to prove anything.");
        await using var connection = await ConnectAsync(gateway);
        foreach (var session in acknowledged.Values.Distinct())
        {
            var mine = acknowledged.Where(pair => pair.Value == session).Select(pair => pair.Key).ToArray();
            var texts = await HistoryOnceAnsweredAsync(connection, gateway, session, mine);
            foreach (var id in mine)
            {
                Assert.True(texts.Count(text => text.Role == "user" && text.Text.Contains($"message {id}.", StringComparison.Ordinal)) == 1, $"{session}: message {id} is not there exactly once");
                Assert.True(texts.Any(text => text.Role == "assistant" && text.Text.Contains($"message {id}.", StringComparison.Ordinal)), $"{session}: message {id} was never answered\n{gateway.LogLinesWith(id)}");
            }
        }
    }

    private static async Task SendUntilGoneAsync(GatewayProcess gateway, int round, ConcurrentDictionary<string, string> acknowledged, int many, TaskCompletionSource reached)
    {
        try
        {
            await using var connection = await ConnectAsync(gateway);
            for (var number = 0; ; number++)
            {
                if (number == many)
                    reached.SetResult();
                var id = $"{round}-{number}";
                var session = $"kill-{number % Sessions}";
                var response = await SendAsync(connection, session, id);
                if (response.Ok)
                    acknowledged[id] = session;
            }
        }
        catch (GatewayException)
        {
            // Killed, as planned.
        }
    }

    private static Task<GatewayResponse> SendAsync(GatewayConnection connection, string session, string id) => connection.RequestAsync(
        "chat.send", JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["sessionKey"] = session, ["message"] = $"message {id}.", ["idempotencyKey"] = id }));

    private static async Task<IReadOnlyList<(string Role, string Text)>> HistoryOnceAnsweredAsync(
        GatewayConnection connection, GatewayProcess gateway, string session, IReadOnlyList<string> ids)
    {
        // The history shows the last thousand messages; the file has them all. A slow machine may take long, but something must happen.
        var answered = -1;
        var patience = new CancellationTokenSource(TestTimeouts.Wait);
        try
        {
            while (true)
            {
                var texts = ReadTranscript(gateway, session);
                var count = ids.Count(id => texts.Any(text => text.Role == "assistant" && text.Text.Contains($"message {id}.", StringComparison.Ordinal)));
                if (count == ids.Count || patience.IsCancellationRequested)
                    return texts;
                if (count > answered)
                {
                    answered = count;
                    patience.Dispose();
                    patience = new CancellationTokenSource(TestTimeouts.Wait);
                }
                await connection.RequestAsync("agent.wait", """{"runId":"nobody","timeoutMs":500}"""u8.ToArray());
            }
        }
        finally
        {
            patience.Dispose();
        }
    }

    private static List<(string Role, string Text)> ReadTranscript(GatewayProcess gateway, string session)
    {
        var directory = Path.Combine(gateway.StateDirectory, "agents", "main", "sessions");
        var store = JsonNode.Parse(File.ReadAllText(Path.Combine(directory, "sessions.json")))!;
        var id = (string)store[$"agent:main:{session}"]!["sessionId"]!;
        var texts = new List<(string, string)>();
        foreach (var line in File.ReadLines(Path.Combine(directory, id + ".jsonl")))
        {
            var entry = JsonNode.Parse(line)!;
            if ((string?)entry["type"] != "message")
                continue;
            var content = entry["message"]!["content"]!;
            texts.Add(((string)entry["message"]!["role"]!, content is JsonArray blocks ? string.Concat(blocks.Select(block => (string?)block!["text"])) : (string)content!));
        }
        return texts;
    }

    private static Task<GatewayConnection> ConnectAsync(GatewayProcess gateway) =>
        GatewayConnection.OpenAsync(new GatewayConnectionOptions { Url = gateway.WebSocketUri, Token = GatewayProcess.Token, TokenIsExplicit = true });
}
