using System.Text.Json;
using OpenClaw.Gateway.Core.Sessions.Transcripts;

namespace OpenClaw.Gateway.Core.Sessions.Usage;

/// <summary>A stored message as the plain text of a log: words, and short markers for tools.</summary>
internal static class LogText
{
    private const string Result = "[Tool Result]";

    public static string Of(JsonElement message)
    {
        var parts = new List<string>();
        if (MessageReader.Text(message, "role") is "tool" or "toolResult")
        {
            var name = MessageReader.Text(message, "toolName") ?? MessageReader.Text(message, "tool_name") ?? MessageReader.Text(message, "name");
            parts.Add(Call(string.IsNullOrWhiteSpace(name) ? "tool" : name.Trim()));
            parts.Add(Result);
        }
        var content = MessageReader.Member(message, "content");
        if (content.ValueKind == JsonValueKind.String)
            parts.Add(content.GetString()!);
        else if (content.ValueKind == JsonValueKind.Array)
            parts.AddRange(content.EnumerateArray().Select(Block).Where(static text => text.Length > 0));
        return string.Join('\n', parts).Trim();
    }

    private static string Block(JsonElement block)
    {
        if (block.ValueKind == JsonValueKind.String)
            return block.GetString()!;
        return MessageReader.Text(block, "type") switch
        {
            "text" => MessageReader.Text(block, "text") ?? "",
            "toolCall" or "tool_use" => Call(MessageReader.Text(block, "name") ?? "unknown"),
            "tool_result" => Result,
            _ => "",
        };
    }

    private static string Call(string name) => $"[Tool: {name}]";
}
