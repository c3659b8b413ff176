using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>Writes the body of a chat completion request.</summary>
internal static class OpenAiRequest
{
    /// <summary>Most answer tokens ever asked for, as in the peer; providers reserve what is asked.</summary>
    internal const int MaxAnswerTokens = 32_000;

    public static ReadOnlyMemory<byte> Write(ResolvedModel model, EffectiveCompat compat, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("model", model.Ref.Model);
            new OpenAiMessageWriter(writer, model, compat).WriteAll(messages);
            writer.WriteBoolean("stream", true);
            if (compat.SupportsUsageInStreaming)
            {
                writer.WriteStartObject("stream_options");
                writer.WriteBoolean("include_usage", true);
                writer.WriteEndObject();
            }
            if (compat.SupportsStore)
                writer.WriteBoolean("store", false);
            var maxTokens = Math.Min(options?.MaxOutputTokens ?? model.MaxTokens ?? model.Info.MaxTokens, MaxAnswerTokens);
            writer.WriteNumber(compat.MaxTokensField, Math.Min(maxTokens, model.Info.MaxTokens));
            if ((options?.Temperature ?? model.Temperature) is { } temperature)
                writer.WriteNumber("temperature", temperature);
            WriteSampling(writer, options);
            WriteTools(writer, compat, options?.Tools);
            WriteToolChoice(writer, options?.ToolMode);
            WriteThinking(writer, model, compat, (options as ModelCallOptions)?.Thinking ?? ThinkingLevel.Off);
            writer.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    private static void WriteSampling(Utf8JsonWriter writer, ChatOptions? options)
    {
        if (options?.TopP is { } topP)
            writer.WriteNumber("top_p", topP);
        if (options?.FrequencyPenalty is { } frequency)
            writer.WriteNumber("frequency_penalty", frequency);
        if (options?.PresencePenalty is { } presence)
            writer.WriteNumber("presence_penalty", presence);
        if (options?.Seed is { } seed)
            writer.WriteNumber("seed", seed);
        if (options?.StopSequences is { Count: > 0 } stops)
        {
            writer.WriteStartArray("stop");
            foreach (var stop in stops)
                writer.WriteStringValue(stop);
            writer.WriteEndArray();
        }
        if (options?.ResponseFormat is ChatResponseFormatJson format)
            WriteFormat(writer, format);
    }

    private static void WriteFormat(Utf8JsonWriter writer, ChatResponseFormatJson format)
    {
        writer.WriteStartObject("response_format");
        writer.WriteString("type", format.Schema is null ? "json_object" : "json_schema");
        if (format.Schema is { } schema)
        {
            writer.WriteStartObject("json_schema");
            writer.WriteString("name", format.SchemaName ?? "answer");
            if (format.SchemaDescription is { } description)
                writer.WriteString("description", description);
            writer.WritePropertyName("schema");
            schema.WriteTo(writer);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static void WriteToolChoice(Utf8JsonWriter writer, ChatToolMode? mode)
    {
        if (mode is not RequiredChatToolMode required)
            return;
        if (required.RequiredFunctionName is not { } name)
        {
            writer.WriteString("tool_choice", "required");
            return;
        }
        writer.WriteStartObject("tool_choice");
        writer.WriteString("type", "function");
        writer.WriteStartObject("function");
        writer.WriteString("name", name);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteTools(Utf8JsonWriter writer, EffectiveCompat compat, IList<AITool>? tools)
    {
        if (tools is not { Count: > 0 })
            return;
        writer.WriteStartArray("tools");
        foreach (var tool in tools.OfType<AIFunctionDeclaration>())
        {
            writer.WriteStartObject();
            writer.WriteString("type", "function");
            writer.WriteStartObject("function");
            writer.WriteString("name", tool.Name);
            writer.WriteString("description", tool.Description);
            writer.WritePropertyName("parameters");
            tool.JsonSchema.WriteTo(writer);
            if (compat.SupportsStrictMode)
                writer.WriteBoolean("strict", false);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteThinking(Utf8JsonWriter writer, ResolvedModel model, EffectiveCompat compat, ThinkingLevel level)
    {
        if (!model.Info.Reasoning)
            return;
        var on = level != ThinkingLevel.Off;
        switch (compat.ThinkingFormat)
        {
            case "zai":
                writer.WriteStartObject("thinking");
                writer.WriteString("type", on ? "enabled" : "disabled");
                writer.WriteEndObject();
                break;
            case "qwen":
                writer.WriteBoolean("enable_thinking", on);
                break;
            default:
                if (on && compat.SupportsReasoningEffort)
                    writer.WriteString("reasoning_effort", Effort(model, level));
                break;
        }
    }

    // Only some models know the highest level; the others would refuse the call.
    private static string Effort(ResolvedModel model, ThinkingLevel level) =>
        level == ThinkingLevel.XHigh && !KnowsXHigh(model.Ref.Model) ? "high" : level.ToWire();

    private static bool KnowsXHigh(string model) =>
        model.Contains("gpt-5.2", StringComparison.OrdinalIgnoreCase) || model.Contains("codex", StringComparison.OrdinalIgnoreCase);
}
