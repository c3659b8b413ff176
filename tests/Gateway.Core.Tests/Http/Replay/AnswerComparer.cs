using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OpenClaw.Gateway.Core.Tests.Http.Replay;

/// <summary>What of an answer is not as recorded. Fields that we say in addition do not count, and ids and times only by their form.</summary>
internal static partial class AnswerComparer
{
    private static readonly string[] Times = ["created", "created_at"];

    public static IEnumerable<string> Compare(RecordedAnswer recorded, RecordedAnswer ours)
    {
        if (recorded.Status != ours.Status)
            yield return $"status {recorded.Status} -> {ours.Status}";
        if (recorded.ContentType != ours.ContentType)
            yield return $"content-type {recorded.ContentType} -> {ours.ContentType}";
        if (recorded.Allow != ours.Allow)
            yield return $"allow {recorded.Allow} -> {ours.Allow}";
        if (recorded.ContentType == ours.ContentType)
        {
            foreach (var difference in recorded.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) == true ? Events(recorded.Body, ours.Body) : Bodies(recorded.Body, ours.Body))
                yield return difference;
        }
    }

    private static IEnumerable<string> Events(string recorded, string ours)
    {
        var (expected, actual) = (Blocks(recorded), Blocks(ours));
        // Compared in order; what only one side has is told by its kind.
        var at = 0;
        foreach (var block in expected)
        {
            var found = actual.FindIndex(at, candidate => Kind(candidate) == Kind(block));
            if (found < 0)
            {
                yield return $"event {Kind(block)} missing";
                continue;
            }
            foreach (var extra in actual.Take(found).Skip(at))
                yield return $"event {Kind(extra)} added";
            at = found + 1;
            foreach (var difference in Data(block) is { } data && Data(actual[found]) is { } own ? Nodes("$", data, own) : [])
                yield return $"event {Kind(block)} {difference}";
        }
        foreach (var extra in actual.Skip(at))
            yield return $"event {Kind(extra)} added";
    }

    private static List<string> Blocks(string text) => [.. text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries)];

    private static string Kind(string block)
    {
        if (block.Contains("[DONE]", StringComparison.Ordinal))
            return "[DONE]";
        if (Data(block) is not JsonObject data)
            return block;
        if ((string?)data["type"] is { } type)
            return type;
        var choice = data["choices"]?.AsArray().FirstOrDefault();
        return choice?["delta"]?["role"] is not null ? "role" : choice?["delta"]?["content"] is not null ? "content" : (string?)choice?["finish_reason"] ?? "other";
    }

    private static JsonNode? Data(string block) =>
        block.Split('\n').FirstOrDefault(static line => line.StartsWith("data: {", StringComparison.Ordinal)) is { } line ? JsonNode.Parse(line["data: ".Length..]) : null;

    private static IEnumerable<string> Bodies(string recorded, string ours)
    {
        if (Parse(recorded) is { } expected && Parse(ours) is { } actual)
            return Nodes("$", expected, actual);
        return recorded == ours ? [] : [$"body {recorded} -> {ours}"];
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Nodes(string path, JsonNode? expected, JsonNode? actual)
    {
        switch (expected, actual)
        {
            case (JsonObject members, JsonObject own):
                return members.SelectMany(member => !own.ContainsKey(member.Key) ? [$"{path}.{member.Key} missing"]
                    : Times.Contains(member.Key) && own[member.Key]?.GetValueKind() is JsonValueKind.Number ? []
                    : Nodes($"{path}.{member.Key}", member.Value, own[member.Key]));
            case (JsonArray items, JsonArray own) when items.Count == own.Count:
                return items.SelectMany((item, i) => Nodes($"{path}[{i}]", item, own[i]));
            case (JsonArray items, JsonArray own):
                return [$"{path} has {items.Count} -> {own.Count}"];
            default:
                var (before, after) = (Plain(expected), Plain(actual));
                return before == after ? [] : [$"{path} {before} -> {after}"];
        }
    }

    private static string Plain(JsonNode? node) => node is null ? "null" : IdPattern().Replace(node.ToJsonString(), "<id>");

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?:_[A-Za-z0-9_-]+)?")]
    private static partial Regex IdPattern();
}
