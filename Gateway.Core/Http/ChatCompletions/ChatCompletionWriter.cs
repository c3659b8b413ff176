using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Http.Runs;

namespace OpenClaw.Gateway.Core.Http.ChatCompletions;

/// <summary>Writes one chat completion, whole or in chunks.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Created">Unix time in seconds.</param>
/// <param name="Model">As the caller named it.</param>
internal sealed record ChatCompletionWriter(string Id, long Created, string Model)
{
    /// <summary>The last chunk says what the answer cost; the others then say that they do not, as OpenAI's do.</summary>
    public bool HasUsageChunk { get; init; }

    public void WriteWhole(Utf8JsonWriter json, RunResult result)
    {
        WriteHead(json, "chat.completion");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        WriteContent(json, result);
        json.WriteEndObject();
        json.WriteString("finish_reason", FinishReason(result));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WritePropertyName("usage");
        WriteUsage(json, result.Usage);
        json.WriteEndObject();
    }

    public void WriteRole(Utf8JsonWriter json)
    {
        BeginChunk(json);
        json.WriteString("role", "assistant");
        EndChunk(json, null);
    }

    public void WriteText(Utf8JsonWriter json, string text)
    {
        BeginChunk(json);
        json.WriteString("content", text);
        EndChunk(json, null);
    }

    public void WriteCall(Utf8JsonWriter json, int index, ToolCallBlock call)
    {
        BeginChunk(json);
        json.WriteStartArray("tool_calls");
        WriteCall(json, call, index);
        json.WriteEndArray();
        EndChunk(json, null);
    }

    public void WriteStop(Utf8JsonWriter json, RunResult result)
    {
        BeginChunk(json);
        EndChunk(json, FinishReason(result));
    }

    /// <summary>The chunk that only says what the answer cost.</summary>
    public void WriteUsageChunk(Utf8JsonWriter json, TokenUsage usage)
    {
        WriteHead(json, "chat.completion.chunk");
        json.WriteStartArray("choices");
        json.WriteEndArray();
        json.WritePropertyName("usage");
        WriteUsage(json, usage);
        json.WriteEndObject();
    }

    private static string FinishReason(RunResult result) =>
        result.ClientCalls.Count > 0 ? "tool_calls" : result.StopReason is StopReason.Length ? "length" : "stop";

    private static void WriteContent(Utf8JsonWriter json, RunResult result)
    {
        var text = RunFailures.TextOf(result);
        if (result.ClientCalls.Count == 0)
        {
            json.WriteString("content", text.Length > 0 ? text : RunFailures.NoAnswer);
            return;
        }
        if (text.Length > 0)
            json.WriteString("content", text);
        else
            json.WriteNull("content");
        json.WriteStartArray("tool_calls");
        foreach (var call in result.ClientCalls)
            WriteCall(json, call, null);
        json.WriteEndArray();
    }

    private static void WriteCall(Utf8JsonWriter json, ToolCallBlock call, int? index)
    {
        json.WriteStartObject();
        if (index is { } number)
            json.WriteNumber("index", number);
        json.WriteString("id", call.Id);
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", call.Name);
        json.WriteString("arguments", ToolJson.Compact(call.Arguments));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, TokenUsage usage)
    {
        json.WriteStartObject();
        json.WriteNumber("prompt_tokens", usage.Prompt);
        json.WriteNumber("completion_tokens", usage.Output);
        json.WriteNumber("total_tokens", usage.Prompt + usage.Output);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", usage.CacheRead);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteHead(Utf8JsonWriter json, string kind)
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        json.WriteString("object", kind);
        json.WriteNumber("created", Created);
        json.WriteString("model", Model);
    }

    /// <summary>Up to the members of the delta.</summary>
    private void BeginChunk(Utf8JsonWriter json)
    {
        WriteHead(json, "chat.completion.chunk");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("delta");
    }

    private void EndChunk(Utf8JsonWriter json, string? finishReason)
    {
        json.WriteEndObject();
        json.WriteString("finish_reason", finishReason);
        json.WriteEndObject();
        json.WriteEndArray();
        if (HasUsageChunk)
            json.WriteNull("usage");
        json.WriteEndObject();
    }
}
