using System.Text.Json;
using Microsoft.Extensions.AI;
using static OpenClaw.Gateway.Core.Agents.Providers.EventFields;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>Turns the events of one Anthropic message into updates.</summary>
internal sealed class AnthropicStreamReader
{
    private readonly Dictionary<int, ToolCallAssembler> _calls = [];
    private readonly PairedText _text = new();
    private readonly PairedText _thinking = new();
    private ChatFinishReason? _finish;
    private long _input;
    private long _output;
    private long _cacheRead;
    private long _cacheWrite;

    /// <summary>The message's last event was read.</summary>
    public bool Ended { get; private set; }

    public IEnumerable<ChatResponseUpdate> Read(JsonElement data)
    {
        switch (Text(data, "type"))
        {
            case "message_start":
                if (Object(data, "message") is { } message && Object(message, "usage") is { } first)
                    ReadUsage(first);
                return [];
            case "content_block_start":
                return StartBlock(data);
            case "content_block_delta":
                return ReadDelta(data);
            case "content_block_stop":
                return EndBlock(data);
            case "message_delta":
                if (Object(data, "delta") is { } delta && Text(delta, "stop_reason") is { } reason)
                    _finish = MapStop(reason);
                if (Object(data, "usage") is { } usage)
                    ReadUsage(usage);
                return [];
            case "message_stop":
                Ended = true;
                return [];
            case "error":
                var error = Object(data, "error");
                throw new ModelCallException(error is { } e
                    ? ModelFailures.FromEvent(Text(e, "type") ?? "", Text(e, "message") ?? "")
                    : ModelFailures.Malformed());
            default:
                return [];
        }
    }

    /// <summary>What is known at the end; fails when the stream broke off.</summary>
    public IEnumerable<ChatResponseUpdate> Finish()
    {
        if (_finish is not { } finish || _calls.Count > 0)
            throw new ModelCallException(ModelFailures.Terminated());
        yield return Update(new UsageContent(ContentExtensions.Usage(
            prompt: _input + _cacheRead + _cacheWrite, _cacheRead, _cacheWrite, _output, reasoning: 0)));
        yield return new ChatResponseUpdate { Role = ChatRole.Assistant, FinishReason = finish };
    }

    private IEnumerable<ChatResponseUpdate> StartBlock(JsonElement data)
    {
        if (Object(data, "content_block") is not { } block)
            return [];
        switch (Text(block, "type"))
        {
            case "tool_use":
                _calls[Index(data)] = new ToolCallAssembler { Id = Text(block, "id") ?? "", Name = Text(block, "name") ?? "" };
                return [];
            case "text" when Piece(block, "text") is { Length: > 0 } piece && _text.Next(piece) is { Length: > 0 } text:
                return [Update(new TextContent(text))];
            case "redacted_thinking":
                return [Update(new TextReasoningContent("") { ProtectedData = AnthropicMessageWriter.RedactedPrefix + Text(block, "data") })];
            default:
                return [];
        }
    }

    private IEnumerable<ChatResponseUpdate> EndBlock(JsonElement data)
    {
        if (_thinking.Rest() is { } thinking)
            yield return Update(new TextReasoningContent(thinking));
        if (_text.Rest() is { } text)
            yield return Update(new TextContent(text));
        if (_calls.Remove(Index(data), out var call))
            yield return Update(call.Build());
    }

    private IEnumerable<ChatResponseUpdate> ReadDelta(JsonElement data)
    {
        if (Object(data, "delta") is not { } delta)
            return [];
        switch (Text(delta, "type"))
        {
            case "text_delta" when Piece(delta, "text") is { Length: > 0 } piece && _text.Next(piece) is { Length: > 0 } text:
                return [Update(new TextContent(text))];
            case "thinking_delta" when Piece(delta, "thinking") is { Length: > 0 } piece && _thinking.Next(piece) is { Length: > 0 } thinking:
                return [Update(new TextReasoningContent(thinking))];
            case "signature_delta" when Text(delta, "signature") is { Length: > 0 } signature:
                return [Update(new TextReasoningContent("") { ProtectedData = signature })];
            case "input_json_delta" when Piece(delta, "partial_json") is { } fragment && _calls.TryGetValue(Index(data), out var call):
                call.Append(fragment);
                return [];
            default:
                return [];
        }
    }

    // Counts are totals so far; a later event may know only some of them.
    private void ReadUsage(JsonElement usage)
    {
        _input = Number(usage, "input_tokens") ?? _input;
        _output = Number(usage, "output_tokens") ?? _output;
        _cacheRead = Number(usage, "cache_read_input_tokens") ?? _cacheRead;
        _cacheWrite = Number(usage, "cache_creation_input_tokens") ?? _cacheWrite;
    }

    private static ChatFinishReason MapStop(string reason) => reason switch
    {
        "max_tokens" or "model_context_window_exceeded" => ChatFinishReason.Length,
        "tool_use" => ChatFinishReason.ToolCalls,
        "refusal" => ChatFinishReason.ContentFilter,
        _ => ChatFinishReason.Stop,
    };

    private static ChatResponseUpdate Update(AIContent content) => new(ChatRole.Assistant, [content]);

    private static int Index(JsonElement data) =>
        data.TryGetProperty("index", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var index) ? index : -1;
}
