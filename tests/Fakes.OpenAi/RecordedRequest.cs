using System.Text.Json.Nodes;

namespace OpenClaw.Fakes.OpenAi;

/// <summary>A request the server got.</summary>
public sealed record RecordedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, JsonObject Body)
{
    /// <summary>The model asked for.</summary>
    public string Model => (string?)Body["model"] ?? "";

    /// <summary>The client wants a stream.</summary>
    public bool Stream => (bool?)Body["stream"] ?? false;

    /// <summary>The messages.</summary>
    public JsonArray Messages => Body["messages"] as JsonArray ?? [];

    /// <summary>Text of the last message that a person wrote.</summary>
    public string LastUserText => Messages.OfType<JsonObject>()
        .Where(static m => (string?)m["role"] == "user")
        .Select(static m => TextOf(m["content"]))
        .LastOrDefault(static t => t.Length > 0) ?? "";

    /// <summary>The names of the tools whose results end the conversation; empty when a person spoke last.</summary>
    public IReadOnlyList<string> PendingResults()
    {
        var ids = new List<string>();
        foreach (var message in Messages.OfType<JsonObject>().Reverse())
        {
            if ((string?)message["role"] == "tool")
            {
                ids.Add((string?)message["tool_call_id"] ?? "");
                continue;
            }
            if ((string?)message["role"] == "user" && message["content"] is JsonArray parts)
                ids.AddRange(parts.OfType<JsonObject>().Where(static p => (string?)p["type"] == "tool_result").Select(static p => (string?)p["tool_use_id"] ?? ""));
            break;
        }
        return ids.ConvertAll(ToolName);
    }

    /// <summary>Texts of all messages of a role, in order.</summary>
    public IReadOnlyList<string> Texts(string role) =>
        [.. Messages.OfType<JsonObject>().Where(m => (string?)m["role"] == role).Select(static m => TextOf(m["content"]))];

    private string ToolName(string id)
    {
        foreach (var message in Messages.OfType<JsonObject>())
        {
            foreach (var call in (message["tool_calls"] as JsonArray ?? []).OfType<JsonObject>())
            {
                if ((string?)call["id"] == id)
                    return (string?)call["function"]?["name"] ?? "";
            }
            foreach (var part in (message["content"] as JsonArray ?? []).OfType<JsonObject>())
            {
                if ((string?)part["type"] == "tool_use" && (string?)part["id"] == id)
                    return (string?)part["name"] ?? "";
            }
        }
        return "";
    }

    private static string TextOf(JsonNode? content) => content switch
    {
        JsonValue value => value.ToString(),
        JsonArray parts => string.Concat(parts.OfType<JsonObject>().Where(static p => (string?)p["type"] == "text").Select(static p => (string?)p["text"])),
        _ => "",
    };
}
