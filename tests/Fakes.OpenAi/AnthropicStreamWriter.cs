using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OpenClaw.Fakes.OpenAi;

/// <summary>Server-sent events of Anthropic's messages.</summary>
internal sealed class AnthropicStreamWriter(HttpResponse response, RecordedRequest request) : IReplyWriter
{
    private int _index = -1;
    private string? _open;

    public async Task StartAsync(FakeUsage? usage, CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        await SendAsync("message_start", new JsonObject
        {
            ["message"] = new JsonObject
            {
                ["id"] = "msg_1",
                ["type"] = "message",
                ["role"] = "assistant",
                ["model"] = request.Model,
                ["content"] = new JsonArray(),
                ["usage"] = usage is null ? null : AnthropicUsage.Of(usage, output: 1),
            },
        }, cancellationToken);
        await SendAsync("ping", [], cancellationToken);
    }

    public async Task TextAsync(string text, CancellationToken cancellationToken)
    {
        if (_open != "text")
            await OpenAsync("text", new JsonObject { ["type"] = "text", ["text"] = "" }, cancellationToken);
        await DeltaAsync(new JsonObject { ["type"] = "text_delta", ["text"] = text }, cancellationToken);
    }

    public async Task ReasoningAsync(string text, string field, CancellationToken cancellationToken)
    {
        if (_open != "thinking")
            await OpenAsync("thinking", new JsonObject { ["type"] = "thinking", ["thinking"] = "" }, cancellationToken);
        await DeltaAsync(new JsonObject { ["type"] = "thinking_delta", ["thinking"] = text }, cancellationToken);
    }

    public async Task ToolAsync(ToolStep tool, CancellationToken cancellationToken)
    {
        await OpenAsync("tool_use", new JsonObject
        {
            ["type"] = "tool_use",
            ["id"] = tool.Id ?? ToolIds.Next("toolu"),
            ["name"] = tool.Name,
            ["input"] = new JsonObject(),
        }, cancellationToken);
        foreach (var part in tool.ArgumentsJson.Chunk(tool.FragmentChars))
            await DeltaAsync(new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = new string(part) }, cancellationToken);
    }

    public async Task FinishAsync(string reason, FakeUsage? usage, CancellationToken cancellationToken)
    {
        await CloseAsync(cancellationToken);
        await SendAsync("message_delta", new JsonObject
        {
            ["delta"] = new JsonObject { ["stop_reason"] = AnthropicUsage.StopReason(reason), ["stop_sequence"] = null },
            ["usage"] = usage is null ? null : new JsonObject { ["output_tokens"] = usage.Completion },
        }, cancellationToken);
        await SendAsync("message_stop", [], cancellationToken);
    }

    private async Task OpenAsync(string type, JsonObject block, CancellationToken cancellationToken)
    {
        await CloseAsync(cancellationToken);
        _index++;
        _open = type;
        await SendAsync("content_block_start", new JsonObject { ["index"] = _index, ["content_block"] = block }, cancellationToken);
    }

    private async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (_open is null)
            return;
        if (_open == "thinking")
            await DeltaAsync(new JsonObject { ["type"] = "signature_delta", ["signature"] = $"sig-{_index}" }, cancellationToken);
        await SendAsync("content_block_stop", new JsonObject { ["index"] = _index }, cancellationToken);
        _open = null;
    }

    private Task DeltaAsync(JsonObject delta, CancellationToken cancellationToken) =>
        SendAsync("content_block_delta", new JsonObject { ["index"] = _index, ["delta"] = delta }, cancellationToken);

    private async Task SendAsync(string type, JsonObject data, CancellationToken cancellationToken)
    {
        data["type"] = type;
        await response.WriteAsync($"event: {type}\ndata: {data.ToJsonString()}\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
