using Microsoft.Extensions.AI;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Providers;

namespace OpenClaw.Gateway.Core.Agents.Runs;

/// <summary>
/// Turns a session's history into what a model may be sent: answers that failed are left out, every tool call has a result,
/// another model's reasoning is plain text, and pictures go only to models that see.
/// </summary>
internal static class ModelHistory
{
    public static List<ChatMessage> Build(string systemPrompt, IReadOnlyList<AgentMessage> history, ResolvedModel model)
    {
        var messages = new List<ChatMessage>(history.Count + 1) { new(ChatRole.System, systemPrompt) };
        var ids = new ToolIds(model);
        var pending = new List<ToolCallBlock>();
        foreach (var message in history)
        {
            switch (message)
            {
                case UserMessage user:
                    AnswerPending(messages, pending, ids);
                    AddUser(messages, user, model);
                    break;
                case AssistantMessage { StopReason: StopReason.Error or StopReason.Aborted }:
                    break;
                case AssistantMessage assistant:
                    AnswerPending(messages, pending, ids);
                    AddAssistant(messages, assistant, model, ids);
                    pending.AddRange(assistant.ToolCalls);
                    break;
                case ToolResultMessage result:
                    // A result whose call is gone would make the provider refuse the whole conversation.
                    if (pending.RemoveAll(call => call.Id == result.ToolCallId) > 0)
                        messages.Add(ToolMessage(ids.Of(result.ToolCallId), result.ToolName, Contents(result.Content, model), result.IsError));
                    break;
            }
        }
        AnswerPending(messages, pending, ids);
        return messages;
    }

    private static void AnswerPending(List<ChatMessage> messages, List<ToolCallBlock> pending, ToolIds ids)
    {
        foreach (var call in pending)
            messages.Add(ToolMessage(ids.Of(call.Id), call.Name, [new TextContent("No result provided")], isError: true));
        pending.Clear();
    }

    private static void AddUser(List<ChatMessage> messages, UserMessage user, ResolvedModel model)
    {
        var contents = Contents(user.Content, model);
        if (contents.Count > 0)
            messages.Add(new ChatMessage(ChatRole.User, contents));
    }

    private static void AddAssistant(List<ChatMessage> messages, AssistantMessage assistant, ResolvedModel model, ToolIds ids)
    {
        var sameModel = assistant.Provider == model.Ref.Provider && assistant.Model == model.Ref.Model && assistant.Api == model.Info.Api;
        var contents = new List<AIContent>();
        foreach (var block in assistant.Content)
        {
            switch (block)
            {
                case TextBlock { Text.Length: > 0 } text:
                    contents.Add(new TextContent(text.Text));
                    break;
                case ThinkingBlock thinking when sameModel && thinking.Signature is not null:
                    contents.Add(new TextReasoningContent(thinking.Thinking) { ProtectedData = thinking.Signature });
                    break;
                case ThinkingBlock thinking when thinking.Thinking.Trim().Length > 0:
                    contents.Add(new TextContent(thinking.Thinking));
                    break;
                case ToolCallBlock call:
                    contents.Add(ContentExtensions.ToolCall(ids.Of(call.Id), call.Name, call.Arguments));
                    break;
            }
        }
        if (contents.Count > 0)
            messages.Add(new ChatMessage(ChatRole.Assistant, contents));
    }

    private static List<AIContent> Contents(IEnumerable<ContentBlock> blocks, ResolvedModel model)
    {
        var contents = new List<AIContent>();
        foreach (var block in blocks)
        {
            switch (block)
            {
                case TextBlock text:
                    contents.Add(new TextContent(text.Text));
                    break;
                case ImageBlock image when model.Info.AcceptsImages:
                    contents.Add(new DataContent($"data:{image.MimeType};base64,{image.Data}", image.MimeType));
                    break;
            }
        }
        return contents;
    }

    private static ChatMessage ToolMessage(string callId, string toolName, IReadOnlyList<AIContent> contents, bool isError) =>
        new(ChatRole.Tool, [ContentExtensions.ToolResult(callId, toolName, contents, isError)]);
}
