using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenClaw.Gateway.Core.Agents.Models;
using OpenClaw.Gateway.Core.Agents.Runs;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>Writes the body of a messages request.</summary>
internal static class AnthropicRequest
{
    /// <summary>The least the API accepts as a thinking budget, and the least that must be left for the answer.</summary>
    private const int MinThinkingTokens = 1024;

    public static ReadOnlyMemory<byte> Write(ResolvedModel model, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var conversation = messages.ToList();
        var maxTokens = Math.Min(
            Math.Min(options?.MaxOutputTokens ?? model.MaxTokens ?? model.Info.MaxTokens, OpenAiRequest.MaxAnswerTokens), model.Info.MaxTokens);
        var thinking = model.Info.Reasoning ? (options as ModelCallOptions)?.Thinking ?? ThinkingLevel.Off : ThinkingLevel.Off;
        var cache = CacheControl.Of(model);
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("model", model.Ref.Model);
            writer.WriteNumber("max_tokens", maxTokens);
            writer.WriteBoolean("stream", true);
            WriteSystem(writer, conversation, cache);
            new AnthropicMessageWriter(writer, cache).WriteAll(conversation);
            WriteTools(writer, options?.Tools);
            WriteToolChoice(writer, options?.ToolMode);
            if (options?.StopSequences is { Count: > 0 } stops)
            {
                writer.WriteStartArray("stop_sequences");
                foreach (var stop in stops)
                    writer.WriteStringValue(stop);
                writer.WriteEndArray();
            }
            // The API refuses to think when a tool is forced.
            var thinks = options?.ToolMode is not RequiredChatToolMode && WriteThinking(writer, model, thinking, maxTokens);
            // The API refuses a temperature next to thinking.
            if (!thinks && (options?.Temperature ?? model.Temperature) is { } temperature)
                writer.WriteNumber("temperature", Math.Min(temperature, 1));
            else if (!thinks && options?.TopP is { } topP)
                writer.WriteNumber("top_p", topP);
            writer.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    private static void WriteSystem(Utf8JsonWriter writer, List<ChatMessage> conversation, CacheControl? cache)
    {
        var texts = conversation.Where(static message => message.Role == ChatRole.System && message.Text.Length > 0).ToList();
        if (texts.Count == 0)
            return;
        writer.WriteStartArray("system");
        foreach (var message in texts)
        {
            writer.WriteStartObject();
            writer.WriteString("type", "text");
            writer.WriteString("text", message.Text);
            cache?.Write(writer);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteTools(Utf8JsonWriter writer, IList<AITool>? tools)
    {
        if (tools is not { Count: > 0 })
            return;
        writer.WriteStartArray("tools");
        foreach (var tool in tools.OfType<AIFunctionDeclaration>())
        {
            writer.WriteStartObject();
            writer.WriteString("name", tool.Name);
            writer.WriteString("description", tool.Description);
            writer.WritePropertyName("input_schema");
            tool.JsonSchema.WriteTo(writer);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void WriteToolChoice(Utf8JsonWriter writer, ChatToolMode? mode)
    {
        if (mode is not RequiredChatToolMode required)
            return;
        writer.WriteStartObject("tool_choice");
        writer.WriteString("type", required.RequiredFunctionName is null ? "any" : "tool");
        if (required.RequiredFunctionName is { } name)
            writer.WriteString("name", name);
        writer.WriteEndObject();
    }

    private static bool WriteThinking(Utf8JsonWriter writer, ResolvedModel model, ThinkingLevel level, int maxTokens)
    {
        if (level == ThinkingLevel.Off)
            return false;
        if (IsAdaptive(model.Ref.Model))
        {
            writer.WriteStartObject("thinking");
            writer.WriteString("type", "adaptive");
            writer.WriteEndObject();
            writer.WriteStartObject("output_config");
            writer.WriteString("effort", Effort(level));
            writer.WriteEndObject();
            return true;
        }
        var budget = Math.Min(Budget(level), maxTokens - MinThinkingTokens);
        if (budget < MinThinkingTokens)
            return false;
        writer.WriteStartObject("thinking");
        writer.WriteString("type", "enabled");
        writer.WriteNumber("budget_tokens", budget);
        writer.WriteEndObject();
        return true;
    }

    // Opus 4.6 decides itself how long to think.
    private static bool IsAdaptive(string model) =>
        model.Contains("opus-4-6", StringComparison.OrdinalIgnoreCase) || model.Contains("opus-4.6", StringComparison.OrdinalIgnoreCase);

    private static string Effort(ThinkingLevel level) => level switch
    {
        ThinkingLevel.Minimal or ThinkingLevel.Low => "low",
        ThinkingLevel.Medium => "medium",
        ThinkingLevel.XHigh => "max",
        _ => "high",
    };

    private static int Budget(ThinkingLevel level) => level switch
    {
        ThinkingLevel.Minimal => 1024,
        ThinkingLevel.Low => 2048,
        ThinkingLevel.Medium => 8192,
        _ => 16_384,
    };
}

/// <summary>The mark after which the provider keeps the prompt for the next call.</summary>
internal sealed record CacheControl(bool Long)
{
    /// <summary>Null when the model is configured not to cache. Only Anthropic itself keeps a prompt for an hour.</summary>
    public static CacheControl? Of(ResolvedModel model) => model.CacheRetention == "none"
        ? null
        : new CacheControl(model.CacheRetention == "long" && model.BaseUrl.Host == "api.anthropic.com");

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("cache_control");
        writer.WriteString("type", "ephemeral");
        if (Long)
            writer.WriteString("ttl", "1h");
        writer.WriteEndObject();
    }
}
