using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Messages;

namespace OpenClaw.Gateway.Core.Sessions.Transcripts;

/// <summary>The stored shape of messages; also what clients see of them.</summary>
internal static class MessageWriter
{
    public static void Write(Utf8JsonWriter writer, AgentMessage message)
    {
        writer.WriteStartObject();
        switch (message)
        {
            case AssistantMessage assistant:
                WriteAssistant(writer, assistant);
                break;
            case ToolResultMessage result:
                WriteToolResult(writer, result);
                break;
            default:
                writer.WriteString("role", "user");
                Content(writer, message);
                break;
        }
        writer.WriteNumber("timestamp", message.TimestampMs);
        if (message is AssistantMessage { ErrorMessage: { } error })
            writer.WriteString("errorMessage", error);
        writer.WriteEndObject();
    }

    public static void WriteContent(Utf8JsonWriter writer, IReadOnlyList<ContentBlock> content)
    {
        writer.WriteStartArray();
        foreach (var block in content)
            WriteBlock(writer, block);
        writer.WriteEndArray();
    }

    public static string NameOf(StopReason reason) => reason switch
    {
        StopReason.Stop => "stop",
        StopReason.Length => "length",
        StopReason.ToolUse => "toolUse",
        StopReason.Error => "error",
        StopReason.Aborted => "aborted",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    private static void WriteAssistant(Utf8JsonWriter writer, AssistantMessage message)
    {
        writer.WriteString("role", "assistant");
        Content(writer, message);
        writer.WriteString("api", message.Api);
        writer.WriteString("provider", message.Provider);
        writer.WriteString("model", message.Model);
        writer.WriteStartObject("usage");
        writer.WriteNumber("input", message.Usage.Input);
        writer.WriteNumber("output", message.Usage.Output);
        writer.WriteNumber("cacheRead", message.Usage.CacheRead);
        writer.WriteNumber("cacheWrite", message.Usage.CacheWrite);
        writer.WriteNumber("totalTokens", message.Usage.TotalTokens);
        writer.WriteStartObject("cost");
        writer.WriteNumber("input", message.Usage.Cost.Input);
        writer.WriteNumber("output", message.Usage.Cost.Output);
        writer.WriteNumber("cacheRead", message.Usage.Cost.CacheRead);
        writer.WriteNumber("cacheWrite", message.Usage.Cost.CacheWrite);
        writer.WriteNumber("total", message.Usage.Cost.Total);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteString("stopReason", NameOf(message.StopReason));
    }

    private static void WriteToolResult(Utf8JsonWriter writer, ToolResultMessage message)
    {
        writer.WriteString("role", "toolResult");
        writer.WriteString("toolCallId", message.ToolCallId);
        writer.WriteString("toolName", message.ToolName);
        writer.WritePropertyName("content");
        WriteContent(writer, ToolResultLimit.Apply(message.Content));
        if (message.Details is { } details)
        {
            writer.WritePropertyName("details");
            details.WriteTo(writer);
        }
        writer.WriteBoolean("isError", message.IsError);
    }

    private static void Content(Utf8JsonWriter writer, AgentMessage message)
    {
        writer.WritePropertyName("content");
        WriteContent(writer, message.Content);
    }

    private static void WriteBlock(Utf8JsonWriter writer, ContentBlock block)
    {
        writer.WriteStartObject();
        switch (block)
        {
            case TextBlock text:
                writer.WriteString("type", "text");
                writer.WriteString("text", text.Text);
                Optional(writer, "textSignature", text.Signature);
                break;
            case ThinkingBlock thinking:
                writer.WriteString("type", "thinking");
                writer.WriteString("thinking", thinking.Thinking);
                Optional(writer, "thinkingSignature", thinking.Signature);
                break;
            case ImageBlock image:
                writer.WriteString("type", "image");
                writer.WriteString("data", image.Data);
                writer.WriteString("mimeType", image.MimeType);
                break;
            case ToolCallBlock call:
                writer.WriteString("type", "toolCall");
                writer.WriteString("id", call.Id);
                writer.WriteString("name", call.Name);
                writer.WritePropertyName("arguments");
                call.Arguments.WriteTo(writer);
                Optional(writer, "thoughtSignature", call.Signature);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(block), block, "No stored form is known for this block.");
        }
        writer.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }
}
