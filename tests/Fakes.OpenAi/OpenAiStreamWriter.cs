using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OpenClaw.Fakes.OpenAi;

/// <summary>Server-sent chunks of a chat completion.</summary>
internal sealed class OpenAiStreamWriter(HttpResponse response, RecordedRequest request) : IReplyWriter
{
    private int _tools;

    public async Task StartAsync(FakeUsage? usage, CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        await ChunkAsync(new JsonObject { ["role"] = "assistant", ["content"] = "" }, null, cancellationToken);
    }

    public Task TextAsync(string text, CancellationToken cancellationToken) =>
        ChunkAsync(new JsonObject { ["content"] = text }, null, cancellationToken);

    public Task ReasoningAsync(string text, string field, CancellationToken cancellationToken) =>
        ChunkAsync(new JsonObject { [field] = text }, null, cancellationToken);

    public async Task ToolAsync(ToolStep tool, CancellationToken cancellationToken)
    {
        var index = _tools++;
        await CallAsync(index, new JsonObject
        {
            ["index"] = index,
            ["id"] = tool.Id ?? ToolIds.Next("call"),
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = tool.Name, ["arguments"] = "" },
        }, cancellationToken);
        foreach (var part in tool.ArgumentsJson.Chunk(tool.FragmentChars))
        {
            await CallAsync(index, new JsonObject
            {
                ["index"] = index,
                ["function"] = new JsonObject { ["arguments"] = new string(part) },
            }, cancellationToken);
        }
    }

    public async Task FinishAsync(string reason, FakeUsage? usage, CancellationToken cancellationToken)
    {
        await ChunkAsync([], reason, cancellationToken);
        if (usage is not null && (bool?)request.Body["stream_options"]?["include_usage"] == true)
            await SendAsync(Envelope([], OpenAiUsage.Of(usage)), cancellationToken);
        await response.WriteAsync("data: [DONE]\n\n", cancellationToken);
    }

    private Task CallAsync(int index, JsonObject call, CancellationToken cancellationToken) =>
        ChunkAsync(new JsonObject { ["tool_calls"] = new JsonArray(call) }, null, cancellationToken);

    private Task ChunkAsync(JsonObject delta, string? finish, CancellationToken cancellationToken) =>
        SendAsync(Envelope([new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }], null), cancellationToken);

    private JsonObject Envelope(JsonArray choices, JsonObject? usage) => new()
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion.chunk",
        ["created"] = 1_795_234_337,
        ["model"] = request.Model,
        ["choices"] = choices,
        ["usage"] = usage,
    };

    private async Task SendAsync(JsonObject chunk, CancellationToken cancellationToken)
    {
        await response.WriteAsync($"data: {chunk.ToJsonString()}\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
