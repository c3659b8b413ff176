using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Tools;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>Writes a conversation as chat completion messages.</summary>
internal sealed class OpenAiMessageWriter(Utf8JsonWriter writer, ResolvedModel model, EffectiveCompat compat)
{
    private bool _afterToolResult;

    public void WriteAll(IEnumerable<ChatMessage> messages)
    {
        writer.WriteStartArray("messages");
        foreach (var message in messages)
        {
            if (message.Role == ChatRole.System)
                WriteSystem(message);
            else if (message.Role == ChatRole.User)
                WriteUser(message.Contents);
            else if (message.Role == ChatRole.Assistant)
                WriteAssistant(message);
            else if (message.Role == ChatRole.Tool)
                WriteToolResults(message);
        }
        writer.WriteEndArray();
    }

    private void WriteSystem(ChatMessage message)
    {
        writer.WriteStartObject();
        writer.WriteString("role", model.Info.Reasoning && compat.SupportsDeveloperRole ? "developer" : "system");
        writer.WriteString("content", message.Text);
        writer.WriteEndObject();
    }

    private void WriteUser(IEnumerable<AIContent> contents)
    {
        if (_afterToolResult && compat.RequiresAssistantAfterToolResult)
            WriteFiller();
        _afterToolResult = false;
        writer.WriteStartObject();
        writer.WriteString("role", "user");
        writer.WriteStartArray("content");
        foreach (var content in contents)
            WritePart(content);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteFiller()
    {
        writer.WriteStartObject();
        writer.WriteString("role", "assistant");
        writer.WriteString("content", "I have read the tool results.");
        writer.WriteEndObject();
    }

    private void WriteAssistant(ChatMessage message)
    {
        _afterToolResult = false;
        var text = new StringBuilder();
        foreach (var content in message.Contents)
        {
            if (content is TextReasoningContent { Text.Length: > 0 } thinking && compat.RequiresThinkingAsText)
                text.Append(thinking.Text).Append("\n\n");
            else if (content is TextContent part)
                text.Append(part.Text);
        }
        var calls = message.Contents.OfType<FunctionCallContent>().ToList();
        writer.WriteStartObject();
        writer.WriteString("role", "assistant");
        if (text.Length > 0 || calls.Count == 0 || compat.RequiresAssistantAfterToolResult)
            writer.WriteString("content", text.ToString());
        else
            writer.WriteNull("content");
        if (!compat.RequiresThinkingAsText)
            WriteReasoning(message);
        if (calls.Count > 0)
            WriteCalls(calls);
        writer.WriteEndObject();
    }

    // Servers that give their reasoning in a field of the message want it back in the same one; its name is the signature.
    private void WriteReasoning(ChatMessage message)
    {
        foreach (var group in message.Contents.OfType<TextReasoningContent>()
            .Where(static content => content.ProtectedData is not null && OpenAiStreamReader.ReasoningFields.Contains(content.ProtectedData))
            .GroupBy(static content => content.ProtectedData!))
        {
            writer.WriteString(group.Key, string.Join('\n', group.Select(static content => content.Text)));
        }
    }

    private void WriteCalls(List<FunctionCallContent> calls)
    {
        writer.WriteStartArray("tool_calls");
        foreach (var call in calls)
        {
            writer.WriteStartObject();
            writer.WriteString("id", call.CallId);
            writer.WriteString("type", "function");
            writer.WriteStartObject("function");
            writer.WriteString("name", call.Name);
            writer.WriteString("arguments", ToolJson.Compact(call.JsonArguments()));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private void WriteToolResults(ChatMessage message)
    {
        var images = new List<AIContent>();
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
        {
            var text = string.Join('\n', result.Contents().OfType<TextContent>().Select(static content => content.Text));
            var attached = result.Contents().OfType<DataContent>().ToList();
            images.AddRange(attached);
            writer.WriteStartObject();
            writer.WriteString("role", "tool");
            writer.WriteString("content", text.Length > 0 ? text : attached.Count > 0 ? "(the image follows)" : "");
            writer.WriteString("tool_call_id", result.CallId);
            if (compat.RequiresToolResultName)
                writer.WriteString("name", result.ToolName());
            writer.WriteEndObject();
        }
        _afterToolResult = true;
        // Tool messages hold text only, so pictures come as if the user had sent them.
        if (images.Count > 0)
            WriteUser([new TextContent("Images from the tool results:"), .. images]);
    }

    private void WritePart(AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                writer.WriteStartObject();
                writer.WriteString("type", "text");
                writer.WriteString("text", text.Text);
                writer.WriteEndObject();
                break;
            case DataContent data:
                writer.WriteStartObject();
                writer.WriteString("type", "image_url");
                writer.WriteStartObject("image_url");
                writer.WriteString("url", data.Uri);
                writer.WriteEndObject();
                writer.WriteEndObject();
                break;
        }
    }
}
