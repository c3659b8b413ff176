using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OpenClaw.Fakes.OpenAi;

/// <summary>Anthropic's message in one piece.</summary>
internal sealed class AnthropicWholeWriter(HttpResponse response, RecordedRequest request) : IReplyWriter
{
    private readonly JsonArray _content = [];

    public Task StartAsync(FakeUsage? usage, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task TextAsync(string text, CancellationToken cancellationToken)
    {
        _content.Add(new JsonObject { ["type"] = "text", ["text"] = text });
        return Task.CompletedTask;
    }

    public Task ReasoningAsync(string text, string field, CancellationToken cancellationToken)
    {
        _content.Add(new JsonObject { ["type"] = "thinking", ["thinking"] = text, ["signature"] = "sig-0" });
        return Task.CompletedTask;
    }

    public Task ToolAsync(ToolStep tool, CancellationToken cancellationToken)
    {
        _content.Add(new JsonObject
        {
            ["type"] = "tool_use",
            ["id"] = tool.Id ?? ToolIds.Next("toolu"),
            ["name"] = tool.Name,
            ["input"] = JsonNode.Parse(tool.ArgumentsJson),
        });
        return Task.CompletedTask;
    }

    public Task FinishAsync(string reason, FakeUsage? usage, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["id"] = "msg_1",
            ["type"] = "message",
            ["role"] = "assistant",
            ["model"] = request.Model,
            ["content"] = _content,
            ["stop_reason"] = AnthropicUsage.StopReason(reason),
            ["usage"] = usage is null ? null : AnthropicUsage.Of(usage, usage.Completion),
        };
        response.ContentType = "application/json";
        return response.WriteAsync(body.ToJsonString(), cancellationToken);
    }
}
