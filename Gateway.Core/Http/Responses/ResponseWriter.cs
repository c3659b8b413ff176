using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Http.Answers;

namespace OpenClaw.Gateway.Core.Http.Responses;

/// <summary>Writes one response object, as it is at different times of its life.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CreatedAt">Unix time in seconds.</param>
/// <param name="Request">What was asked.</param>
internal sealed record ResponseWriter(string Id, long CreatedAt, ResponsesRequest Request)
{
    /// <summary>Id of the message in it.</summary>
    public string MessageId { get; } = "msg_" + Guid.NewGuid();

    public static string StatusOf(RunResult result) => result.StopReason is StopReason.Length && result.ClientCalls.Count == 0 ? "incomplete" : "completed";

    public void WriteInProgress(Utf8JsonWriter json) => Write(json, "in_progress", static _ => { }, null, null);

    /// <summary>The finished response; <paramref name="text"/> is null when it has no message.</summary>
    public void WriteFinished(Utf8JsonWriter json, RunResult result, string? text) => Write(
        json,
        StatusOf(result),
        output =>
        {
            if (text is not null)
                WriteMessage(output, text, StatusOf(result));
            foreach (var call in result.ClientCalls)
                WriteCall(output, call, "completed");
        },
        result,
        null);

    /// <summary>The failed response; <paramref name="text"/> is what was said until then, null for nothing.</summary>
    public void WriteFailed(Utf8JsonWriter json, ApiError error, string? text = null) => Write(
        json,
        "failed",
        output =>
        {
            if (text is not null)
                WriteMessage(output, text, "incomplete");
        },
        null,
        error);

    public void WriteMessage(Utf8JsonWriter json, string text, string status)
    {
        json.WriteStartObject();
        json.WriteString("type", "message");
        json.WriteString("id", MessageId);
        json.WriteString("role", "assistant");
        json.WriteStartArray("content");
        // A message that has only begun has no parts: each of them is announced.
        if (status != "in_progress")
            WriteText(json, text);
        json.WriteEndArray();
        json.WriteString("status", status);
        json.WriteEndObject();
    }

    public static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "output_text");
        json.WriteString("text", text);
        json.WriteStartArray("annotations");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteCall(Utf8JsonWriter json, ToolCallBlock call, string status, bool withArguments = true)
    {
        json.WriteStartObject();
        json.WriteString("type", "function_call");
        json.WriteString("id", ItemIdOf(call));
        json.WriteString("call_id", call.Id);
        json.WriteString("name", call.Name);
        json.WriteString("arguments", withArguments ? ToolJson.Compact(call.Arguments) : "");
        json.WriteString("status", status);
        json.WriteEndObject();
    }

    public static string ItemIdOf(ToolCallBlock call) => "fc_" + call.Id;

    private void Write(Utf8JsonWriter json, string status, Action<Utf8JsonWriter> writeOutput, RunResult? result, ApiError? error)
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        json.WriteString("object", "response");
        json.WriteNumber("created_at", CreatedAt);
        json.WriteString("status", status);
        json.WriteString("model", Request.Model);
        json.WriteStartArray("output");
        writeOutput(json);
        json.WriteEndArray();
        WriteUsage(json, result?.Usage ?? TokenUsage.Zero);
        Request.Asked.Write(json, Request);
        if (status == "incomplete")
        {
            json.WriteStartObject("incomplete_details");
            json.WriteString("reason", "max_output_tokens");
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("incomplete_details");
        }
        if (error is null)
        {
            json.WriteNull("error");
        }
        else
        {
            json.WriteStartObject("error");
            json.WriteString("code", error.Code ?? error.Type);
            json.WriteString("message", error.Message);
            json.WriteString("type", error.Type);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, TokenUsage usage)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", usage.Prompt);
        json.WriteStartObject("input_tokens_details");
        json.WriteNumber("cached_tokens", usage.CacheRead);
        json.WriteEndObject();
        json.WriteNumber("output_tokens", usage.Output);
        json.WriteStartObject("output_tokens_details");
        json.WriteNumber("reasoning_tokens", 0);
        json.WriteEndObject();
        json.WriteNumber("total_tokens", usage.Prompt + usage.Output);
        json.WriteEndObject();
    }
}
