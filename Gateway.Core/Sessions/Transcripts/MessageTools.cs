using System.Text.Json;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>Which tools a stored message is about, in the spellings of all providers whose messages were ever stored.</summary>
internal static class MessageTools
{
    /// <summary>Names of the tools a message calls, or whose result it is; each once.</summary>
    public static IReadOnlyCollection<string> NamesIn(JsonElement message)
    {
        var names = new List<string>();
        Add(names, MessageReader.Text(message, "toolName") ?? MessageReader.Text(message, "tool_name"));
        var content = MessageReader.Member(message, "content");
        if (content.ValueKind == JsonValueKind.Array)
        {
            foreach (var block in content.EnumerateArray())
            {
                if (Type(block) is "tool_use" or "toolcall" or "tool_call")
                    Add(names, MessageReader.Text(block, "name"));
            }
        }
        return names;
    }

    /// <summary>Results that are blocks of a message, and how many of them are errors.</summary>
    public static (int Total, int Errors) ResultsIn(JsonElement message)
    {
        var content = MessageReader.Member(message, "content");
        if (content.ValueKind != JsonValueKind.Array)
            return (0, 0);
        var results = content.EnumerateArray().Where(static block => Type(block) is "tool_result" or "tool_result_error").ToList();
        return (results.Count, results.Count(static block => MessageReader.Member(block, "is_error").ValueKind == JsonValueKind.True));
    }

    private static string? Type(JsonElement block) => MessageReader.Text(block, "type")?.Trim().ToLowerInvariant();

    private static void Add(List<string> names, string? name)
    {
        if (name?.Trim() is { Length: > 0 } trimmed && !names.Contains(trimmed))
            names.Add(trimmed);
    }
}
