using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OpenClaw.Fakes.OpenAi;

/// <summary>A chat completion in one piece.</summary>
internal sealed class OpenAiWholeWriter(HttpResponse response, RecordedRequest request) : IReplyWriter
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly JsonArray _tools = [];

    public Task StartAsync(FakeUsage? usage, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task TextAsync(string text, CancellationToken cancellationToken)
    {
        _text.Append(text);
        return Task.CompletedTask;
    }

    public Task ReasoningAsync(string text, string field, CancellationToken cancellationToken)
    {
        _reasoning.Append(text);
        return Task.CompletedTask;
    }

    public Task ToolAsync(ToolStep tool, CancellationToken cancellationToken)
    {
        _tools.Add(new JsonObject
        {
            ["id"] = tool.Id ?? ToolIds.Next("call"),
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = tool.Name, ["arguments"] = tool.ArgumentsJson },
        });
        return Task.CompletedTask;
    }

    public Task FinishAsync(string reason, FakeUsage? usage, CancellationToken cancellationToken)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = _text.ToString() };
        if (_reasoning.Length > 0)
            message["reasoning_content"] = _reasoning.ToString();
        if (_tools.Count > 0)
            message["tool_calls"] = _tools;
        var body = new JsonObject
        {
            ["id"] = "chatcmpl-1",
            ["object"] = "chat.completion",
            ["created"] = 1_795_234_337,
            ["model"] = request.Model,
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = reason }),
            ["usage"] = usage is null ? null : OpenAiUsage.Of(usage),
        };
        response.ContentType = "application/json";
        return response.WriteAsync(body.ToJsonString(), cancellationToken);
    }
}
