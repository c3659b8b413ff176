using System.Text;
using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Http.Answers;
using OpenClaw.Gateway.Core.Http.Runs;
using OpenClaw.Gateway.Core.Http.Streaming;

namespace OpenClaw.Gateway.Core.Http.Responses;

/// <summary>The events of one response, in their order, each with its number.</summary>
internal sealed class ResponseEvents(EventStream stream, ResponseWriter response)
{
    private readonly StringBuilder _text = new();
    private int _sequence;
    private int _items;
    private bool _hasMessage;

    public void Begin()
    {
        Write("response.created", json => WriteResponse(json, response.WriteInProgress));
        Write("response.in_progress", json => WriteResponse(json, response.WriteInProgress));
    }

    public void AddText(string delta)
    {
        if (!_hasMessage)
            BeginMessage();
        _text.Append(delta);
        Write("response.output_text.delta", json =>
        {
            WritePlace(json);
            json.WriteString("delta", delta);
        });
    }

    public void Fail(ApiError error)
    {
        if (_hasMessage)
            EndMessage("incomplete");
        var said = _hasMessage ? _text.ToString() : null;
        Write("response.failed", json => WriteResponse(json, inner => response.WriteFailed(inner, error, said)));
        stream.WriteDone();
    }

    public void Finish(RunResult result)
    {
        if (!_hasMessage && result.ClientCalls.Count == 0)
        {
            BeginMessage();
            _text.Append(RunFailures.TextOf(result) is { Length: > 0 } text ? text : RunFailures.NoAnswer);
        }
        if (_hasMessage)
            EndMessage(ResponseWriter.StatusOf(result));
        foreach (var call in result.ClientCalls)
            WriteCall(call);
        var whole = _hasMessage ? _text.ToString() : null;
        Write("response." + ResponseWriter.StatusOf(result), json => WriteResponse(json, inner => response.WriteFinished(inner, result, whole)));
        stream.WriteDone();
    }

    private void BeginMessage()
    {
        _hasMessage = true;
        var index = _items++;
        Write("response.output_item.added", json =>
        {
            json.WriteNumber("output_index", index);
            json.WritePropertyName("item");
            response.WriteMessage(json, "", "in_progress");
        });
        Write("response.content_part.added", json =>
        {
            WritePlace(json);
            json.WritePropertyName("part");
            ResponseWriter.WriteText(json, "");
        });
    }

    private void EndMessage(string status)
    {
        var text = _text.ToString();
        Write("response.output_text.done", json =>
        {
            WritePlace(json);
            json.WriteString("text", text);
        });
        Write("response.content_part.done", json =>
        {
            WritePlace(json);
            json.WritePropertyName("part");
            ResponseWriter.WriteText(json, text);
        });
        Write("response.output_item.done", json =>
        {
            json.WriteNumber("output_index", 0);
            json.WritePropertyName("item");
            response.WriteMessage(json, text, status);
        });
    }

    private void WriteCall(ToolCallBlock call)
    {
        var index = _items++;
        var arguments = ToolJson.Compact(call.Arguments);
        Write("response.output_item.added", json => WriteCallItem(json, index, call, "in_progress"));
        Write("response.function_call_arguments.delta", json => WriteArguments(json, index, call, "delta", arguments));
        Write("response.function_call_arguments.done", json => WriteArguments(json, index, call, "arguments", arguments));
        Write("response.output_item.done", json => WriteCallItem(json, index, call, "completed"));
    }

    private static void WriteCallItem(Utf8JsonWriter json, int index, ToolCallBlock call, string status)
    {
        json.WriteNumber("output_index", index);
        json.WritePropertyName("item");
        ResponseWriter.WriteCall(json, call, status, withArguments: status == "completed");
    }

    private static void WriteArguments(Utf8JsonWriter json, int index, ToolCallBlock call, string name, string arguments)
    {
        json.WriteString("item_id", ResponseWriter.ItemIdOf(call));
        json.WriteNumber("output_index", index);
        json.WriteString(name, arguments);
    }

    private void WritePlace(Utf8JsonWriter json)
    {
        json.WriteString("item_id", response.MessageId);
        json.WriteNumber("output_index", 0);
        json.WriteNumber("content_index", 0);
    }

    private static void WriteResponse(Utf8JsonWriter json, Action<Utf8JsonWriter> write)
    {
        json.WritePropertyName("response");
        write(json);
    }

    private void Write(string type, Action<Utf8JsonWriter> write)
    {
        var number = _sequence++;
        stream.Write(type, json =>
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteNumber("sequence_number", number);
            write(json);
            json.WriteEndObject();
        });
    }
}
