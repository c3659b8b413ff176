using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>Writes a conversation as Anthropic's messages: user and assistant take turns, tool results are the user's.</summary>
internal sealed class AnthropicMessageWriter(Utf8JsonWriter writer, CacheControl? cache)
{
    /// <summary>Marks a signature that is the whole of a thinking block the provider has hidden.</summary>
    public const string RedactedPrefix = "redacted:";

    public void WriteAll(IReadOnlyList<ChatMessage> messages)
    {
        var turns = Turns(messages);
        var lastUser = turns.FindLastIndex(static turn => turn.Role == "user");
        writer.WriteStartArray("messages");
        for (var i = 0; i < turns.Count; i++)
            WriteTurn(turns[i], i == lastUser);
        writer.WriteEndArray();
    }

    private static List<Turn> Turns(IReadOnlyList<ChatMessage> messages)
    {
        var turns = new List<Turn>();
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.System)
                continue;
            var role = message.Role == ChatRole.Assistant ? "assistant" : "user";
            var contents = message.Contents.Where(IsSendable).ToList();
            if (contents.Count == 0)
                continue;
            if (turns.Count > 0 && turns[^1].Role == role)
                turns[^1].Contents.AddRange(contents);
            else
                turns.Add(new Turn(role, contents));
        }
        return turns;
    }

    // The API refuses empty texts, and thinking without its signature.
    private static bool IsSendable(AIContent content) => content switch
    {
        TextContent text => !string.IsNullOrWhiteSpace(text.Text),
        TextReasoningContent thinking => !string.IsNullOrEmpty(thinking.ProtectedData),
        _ => true,
    };

    private void WriteTurn(Turn turn, bool isLastUser)
    {
        writer.WriteStartObject();
        writer.WriteString("role", turn.Role);
        writer.WriteStartArray("content");
        for (var i = 0; i < turn.Contents.Count; i++)
            WriteBlock(turn.Contents[i], isLastUser && i == turn.Contents.Count - 1);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteBlock(AIContent content, bool cached)
    {
        writer.WriteStartObject();
        switch (content)
        {
            case TextContent text:
                writer.WriteString("type", "text");
                writer.WriteString("text", text.Text);
                break;
            case TextReasoningContent thinking:
                WriteThinking(thinking);
                break;
            case DataContent image:
                WriteImage(image);
                break;
            case FunctionCallContent call:
                writer.WriteString("type", "tool_use");
                writer.WriteString("id", call.CallId);
                writer.WriteString("name", call.Name);
                writer.WritePropertyName("input");
                call.JsonArguments().WriteTo(writer);
                break;
            case FunctionResultContent result:
                WriteResult(result);
                break;
        }
        if (cached)
            cache?.Write(writer);
        writer.WriteEndObject();
    }

    private void WriteThinking(TextReasoningContent thinking)
    {
        if (thinking.ProtectedData!.StartsWith(RedactedPrefix, StringComparison.Ordinal))
        {
            writer.WriteString("type", "redacted_thinking");
            writer.WriteString("data", thinking.ProtectedData[RedactedPrefix.Length..]);
            return;
        }
        writer.WriteString("type", "thinking");
        writer.WriteString("thinking", thinking.Text);
        writer.WriteString("signature", thinking.ProtectedData);
    }

    private void WriteResult(FunctionResultContent result)
    {
        writer.WriteString("type", "tool_result");
        writer.WriteString("tool_use_id", result.CallId);
        if (result.IsError())
            writer.WriteBoolean("is_error", true);
        writer.WriteStartArray("content");
        foreach (var part in result.Contents().Where(IsSendable))
        {
            writer.WriteStartObject();
            if (part is DataContent image)
            {
                WriteImage(image);
            }
            else
            {
                writer.WriteString("type", "text");
                writer.WriteString("text", (part as TextContent)?.Text ?? "");
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private void WriteImage(DataContent image)
    {
        writer.WriteString("type", "image");
        writer.WriteStartObject("source");
        writer.WriteString("type", "base64");
        writer.WriteString("media_type", image.MediaType);
        writer.WriteString("data", image.Base64Data.Span);
        writer.WriteEndObject();
    }

    private sealed record Turn(string Role, List<AIContent> Contents);
}
