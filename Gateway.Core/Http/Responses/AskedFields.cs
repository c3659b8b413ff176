using System.Text.Json;
using OpenClaw.Gateway.Core.Http.Requests;

namespace OpenClaw.Gateway.Core.Http.Responses;

/// <summary>The fields of a response that tell back what was asked, with OpenAI's defaults for what was not.</summary>
internal sealed class AskedFields
{
    private static readonly string[] Names =
        ["parallel_tool_calls", "store", "tool_choice", "temperature", "top_p", "max_output_tokens", "max_tool_calls", "truncation", "user", "metadata", "reasoning", "text"];

    private readonly Dictionary<string, JsonElement> _asked = new(StringComparer.Ordinal);

    /// <summary>Takes them from a checked body, and keeps nothing else of it: its pictures may be large, and the answer long.</summary>
    public static AskedFields Of(JsonElement body)
    {
        var fields = new AskedFields();
        foreach (var name in Names)
        {
            if (FieldReader.Get(body, name) is { } value)
                fields._asked[name] = value.Clone();
        }
        return fields;
    }

    public void Write(Utf8JsonWriter json, ResponsesRequest request)
    {
        json.WriteString("instructions", request.Instructions);
        json.WriteString("previous_response_id", request.PreviousResponseId);
        Flag(json, "parallel_tool_calls", true);
        Flag(json, "store", true);
        WriteToolChoice(json);
        WriteTools(json, request);
        Number(json, "temperature");
        Number(json, "top_p");
        Copy(json, "max_output_tokens", static inner => inner.WriteNullValue());
        Copy(json, "max_tool_calls", static inner => inner.WriteNullValue());
        Copy(json, "truncation", static inner => inner.WriteStringValue("disabled"));
        Copy(json, "user", static inner => inner.WriteNullValue());
        Copy(json, "metadata", Empty);
        WriteReasoning(json);
        WriteText(json);
    }

    private static void WriteTools(Utf8JsonWriter json, ResponsesRequest request)
    {
        json.WriteStartArray("tools");
        foreach (var tool in request.Tools.Tools)
        {
            json.WriteStartObject();
            json.WriteString("type", "function");
            json.WriteString("name", tool.Name);
            json.WriteString("description", tool.Description);
            json.WritePropertyName("parameters");
            tool.Parameters.WriteTo(json);
            json.WriteBoolean("strict", tool.IsStrict);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>A function is told in the form of responses, also where it came in the one of chat completions.</summary>
    private void WriteToolChoice(Utf8JsonWriter json)
    {
        json.WritePropertyName("tool_choice");
        if (!_asked.TryGetValue("tool_choice", out var choice))
        {
            json.WriteStringValue("auto");
        }
        else if (choice.ValueKind is not JsonValueKind.Object)
        {
            choice.WriteTo(json);
        }
        else
        {
            json.WriteStartObject();
            json.WriteString("type", "function");
            json.WritePropertyName("name");
            (FieldReader.Get(choice, "function") ?? choice).GetProperty("name").WriteTo(json);
            json.WriteEndObject();
        }
    }

    private void WriteReasoning(Utf8JsonWriter json)
    {
        json.WriteStartObject("reasoning");
        foreach (var name in (string[])["effort", "summary"])
        {
            json.WritePropertyName(name);
            if (_asked.TryGetValue("reasoning", out var reasoning) && FieldReader.Get(reasoning, name) is { } value)
                value.WriteTo(json);
            else
                json.WriteNullValue();
        }
        json.WriteEndObject();
    }

    private void WriteText(Utf8JsonWriter json)
    {
        json.WriteStartObject("text");
        json.WritePropertyName("format");
        if (_asked.TryGetValue("text", out var text) && FieldReader.Get(text, "format") is { } format)
        {
            format.WriteTo(json);
        }
        else
        {
            json.WriteStartObject();
            json.WriteString("type", "text");
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private void Flag(Utf8JsonWriter json, string name, bool otherwise) => Copy(json, name, inner => inner.WriteBooleanValue(otherwise));

    private void Number(Utf8JsonWriter json, string name) => Copy(json, name, static inner => inner.WriteNumberValue(1));

    private void Copy(Utf8JsonWriter json, string name, Action<Utf8JsonWriter> writeDefault)
    {
        json.WritePropertyName(name);
        if (_asked.TryGetValue(name, out var value))
            value.WriteTo(json);
        else
            writeDefault(json);
    }

    private static void Empty(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }
}
