using System.Text.Json.Nodes;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Replay;

/// <summary>The store and transcript that the recorded gateway had when <c>sessions</c> began, as its own answers tell.</summary>
internal static class RecordedSessions
{
    private const string SessionId = "a42776ea-cacb-42b9-bff6-d8938c2d4362";

    public static void Seed(string stateDirectory)
    {
        var lines = Transcript.Load("sessions").Lines;
        var entry = JsonNode.Parse(lines[15].Frame!.Value.GetProperty("payload").GetProperty("entry").GetRawText())!.AsObject();
        var patch = lines[14].Frame!.Value.GetProperty("params");
        foreach (var field in patch.EnumerateObject())
            entry.Remove(field.Name);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        entry["updatedAt"] = now.ToUnixTimeMilliseconds();
        var directory = Path.Combine(stateDirectory, "agents", "main", "sessions");
        var file = Path.Combine(directory, SessionId + ".jsonl");
        entry["sessionFile"] = file;
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "sessions.json"), new JsonObject { ["agent:main:main"] = entry }.ToJsonString());

        var texts = lines[9].Frame!.Value.GetProperty("payload").GetProperty("previews")[0].GetProperty("items").EnumerateArray().Select(item => item.GetProperty("text").GetString()!);
        var header = new JsonObject { ["type"] = "session", ["version"] = 3, ["id"] = SessionId, ["timestamp"] = now.ToString("O"), ["cwd"] = stateDirectory };
        File.WriteAllLines(file, texts.Select((text, index) => Message(text, index, now)).Prepend(header).Select(static line => line.ToJsonString()));
    }

    private static JsonObject Message(string text, int index, DateTimeOffset now) => new()
    {
        ["type"] = "message",
        ["id"] = $"0000000{index + 1}",
        ["parentId"] = index == 0 ? null : $"0000000{index}",
        ["timestamp"] = now.ToString("O"),
        ["message"] = new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }),
            ["timestamp"] = now.ToUnixTimeMilliseconds(),
            ["stopReason"] = "stop",
            ["usage"] = new JsonObject { ["input"] = 0, ["output"] = 0, ["cacheRead"] = 0, ["cacheWrite"] = 0, ["totalTokens"] = 0, ["cost"] = new JsonObject { ["total"] = 0 } },
            ["provider"] = "openclaw",
            ["model"] = "gateway-injected",
        },
    };
}
