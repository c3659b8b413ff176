using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Agents.Messages;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>
/// Reads stored messages for the model. Tolerant: another program wrote them, and one odd block must not cost the
/// history. Blocks and roles that no model understands are passed over. Tool results come without their details,
/// which are for clients.
/// </summary>
internal static class MessageReader
{
    /// <summary>Null for a role that is not part of a conversation.</summary>
    public static AgentMessage? Read(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
            return null;
        var content = ReadContent(Member(message, "content"));
        var time = Number(message, "timestamp");
        return Text(message, "role") switch
        {
            "user" or "custom" or "hookMessage" => new UserMessage(content, time),
            "assistant" => new AssistantMessage(content, time)
            {
                Api = Text(message, "api") ?? "",
                Provider = Text(message, "provider") ?? "",
                Model = Text(message, "model") ?? "",
                Usage = ReadUsage(Member(message, "usage")),
                StopReason = ReadStopReason(Text(message, "stopReason")),
                ErrorMessage = Text(message, "errorMessage"),
            },
            "toolResult" => new ToolResultMessage(content, time)
            {
                ToolCallId = Text(message, "toolCallId") ?? Text(message, "toolUseId") ?? "",
                ToolName = Text(message, "toolName") ?? "unknown",
                IsError = Member(message, "isError").ValueKind == JsonValueKind.True,
            },
            _ => null,
        };
    }

    /// <summary>Content as stored: text, or an array of blocks.</summary>
    public static IReadOnlyList<ContentBlock> ReadContent(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => [new TextBlock(content.GetString()!)],
        JsonValueKind.Array => [.. content.EnumerateArray().Select(ReadBlock).OfType<ContentBlock>()],
        _ => [],
    };

    public static StopReason ReadStopReason(string? text) => text switch
    {
        "length" => StopReason.Length,
        "toolUse" => StopReason.ToolUse,
        "error" => StopReason.Error,
        "aborted" => StopReason.Aborted,
        _ => StopReason.Stop,
    };

    public static TokenUsage ReadUsage(JsonElement usage)
    {
        if (usage.ValueKind != JsonValueKind.Object)
            return TokenUsage.Zero;
        var cost = Member(usage, "cost");
        return new TokenUsage(Number(usage, "input"), Number(usage, "output"), Number(usage, "cacheRead"), Number(usage, "cacheWrite"), Number(usage, "totalTokens"))
        {
            Cost = new TokenCost(Real(cost, "input"), Real(cost, "output"), Real(cost, "cacheRead"), Real(cost, "cacheWrite")),
        };
    }

    private static ContentBlock? ReadBlock(JsonElement block)
    {
        if (block.ValueKind != JsonValueKind.Object)
            return null;
        return Text(block, "type") switch
        {
            "text" when Text(block, "text") is { } text => new TextBlock(text, Text(block, "textSignature")),
            "thinking" when Text(block, "thinking") is { } thinking => new ThinkingBlock(thinking, Text(block, "thinkingSignature")),
            "image" when Text(block, "data") is { } data => new ImageBlock(data, Text(block, "mimeType") ?? "image/png"),
            "toolCall" when Text(block, "id") is { Length: > 0 } id => new ToolCallBlock(id, Text(block, "name") ?? "", Arguments(block), Text(block, "thoughtSignature")),
            _ => null,
        };
    }

    private static JsonObject Arguments(JsonElement block) =>
        Member(block, "arguments") is { ValueKind: JsonValueKind.Object } arguments ? JsonObject.Create(arguments.Clone())! : [];

    internal static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    internal static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static long Number(JsonElement element, string name) => (long)Math.Clamp(Real(element, name), 0, 1e15);

    private static double Real(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) && double.IsFinite(value) ? value : 0;
}
