using System.Text.Json;
using Microsoft.Extensions.AI;
using static OpenClaw.Gateway.Core.Agents.Providers.EventFields;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>Turns the chunks of one chat completion into updates.</summary>
internal sealed class OpenAiStreamReader
{
    /// <summary>Where different servers put the model's reasoning; the first one that is filled counts.</summary>
    public static readonly string[] ReasoningFields = ["reasoning_content", "reasoning", "reasoning_text"];

    /// <summary>Most tool calls of one answer; more is a broken model.</summary>
    private const int MaxToolCalls = 128;

    private readonly SortedDictionary<int, ToolCallAssembler> _calls = [];
    private readonly PairedText _content = new();
    private readonly PairedText _reasoning = new();
    private ChatFinishReason? _finish;
    private UsageDetails? _usage;
    private string? _reasoningField;

    public IEnumerable<ChatResponseUpdate> Read(JsonElement chunk)
    {
        if (chunk.TryGetProperty("error", out var error))
            throw new ModelCallException(ReadError(chunk, error));
        if (Object(chunk, "usage") is { } usage)
            _usage = ReadUsage(usage);
        if (!chunk.TryGetProperty("choices", out var choices) || choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() == 0)
            yield break;
        var choice = choices[0];
        if (choice.ValueKind != JsonValueKind.Object)
            yield break;
        // Some servers put the usage into the choice.
        if (_usage is null && Object(choice, "usage") is { } inner)
            _usage = ReadUsage(inner);
        if (Text(choice, "finish_reason") is { } reason)
            _finish = MapFinish(reason);
        if (Object(choice, "delta") is not { } delta)
            yield break;
        foreach (var field in ReasoningFields)
        {
            if (Piece(delta, field) is { Length: > 0 } reasoning)
            {
                _reasoningField = field;
                if (_reasoning.Next(reasoning) is { Length: > 0 } thought)
                    yield return Update(new TextReasoningContent(thought) { ProtectedData = field });
                break;
            }
        }
        if (Piece(delta, "content") is { Length: > 0 } piece && _content.Next(piece) is { Length: > 0 } text)
            yield return Update(new TextContent(text));
        ReadCalls(delta);
    }

    /// <summary>What is known at the end; fails when the stream broke off.</summary>
    public IEnumerable<ChatResponseUpdate> Finish()
    {
        if (_finish is null)
            throw new ModelCallException(ModelFailures.Terminated());
        if (_reasoning.Rest() is { } thought)
            yield return Update(new TextReasoningContent(thought) { ProtectedData = _reasoningField });
        if (_content.Rest() is { } text)
            yield return Update(new TextContent(text));
        foreach (var call in _calls.Values)
            yield return Update(call.Build());
        if (_usage is not null)
            yield return Update(new UsageContent(_usage));
        var finish = _calls.Count > 0 && _finish == ChatFinishReason.Stop ? ChatFinishReason.ToolCalls : _finish.Value;
        yield return new ChatResponseUpdate { Role = ChatRole.Assistant, FinishReason = finish };
    }

    private void ReadCalls(JsonElement delta)
    {
        if (!delta.TryGetProperty("tool_calls", out var calls) || calls.ValueKind != JsonValueKind.Array)
            return;
        var position = 0;
        foreach (var part in calls.EnumerateArray())
        {
            if (part.ValueKind != JsonValueKind.Object)
                continue;
            var call = CallAt(part, position++);
            if (Text(part, "id") is { Length: > 0 } id && call.Id.Length == 0)
                call.Id = id;
            if (Object(part, "function") is not { } function)
                continue;
            if (Text(function, "name") is { Length: > 0 } name && call.Name.Length == 0)
                call.Name = name;
            if (Piece(function, "arguments") is { } fragment)
                call.Append(fragment);
        }
    }

    private ToolCallAssembler CallAt(JsonElement part, int position)
    {
        var index = part.TryGetProperty("index", out var number) && number.TryGetInt32(out var given) ? given : IndexWithoutNumber(part, position);
        if (_calls.TryGetValue(index, out var call))
            return call;
        if (_calls.Count >= MaxToolCalls)
            throw new ModelCallException(ModelFailures.Malformed());
        return _calls[index] = new ToolCallAssembler();
    }

    // Some servers do not number their calls: a new id then starts the next one.
    private int IndexWithoutNumber(JsonElement part, int position)
    {
        if (Text(part, "id") is not { Length: > 0 } id)
            return _calls.Count > 0 ? _calls.Keys.Last() : position;
        foreach (var (index, call) in _calls)
        {
            if (call.Id == id)
                return index;
        }
        return _calls.Count;
    }

    private static ChatFinishReason MapFinish(string reason) => reason switch
    {
        "stop" => ChatFinishReason.Stop,
        "length" => ChatFinishReason.Length,
        "tool_calls" or "function_call" => ChatFinishReason.ToolCalls,
        "content_filter" => ChatFinishReason.ContentFilter,
        _ => ChatFinishReason.Stop,
    };

    private static UsageDetails ReadUsage(JsonElement usage)
    {
        var cached = Object(usage, "prompt_tokens_details") is { } prompt ? Number(prompt, "cached_tokens") ?? 0 : 0;
        var reasoning = Object(usage, "completion_tokens_details") is { } completion ? Number(completion, "reasoning_tokens") ?? 0 : 0;
        // The peer counts reasoning tokens on top of the completion's, and its clients' sums rely on it.
        return ContentExtensions.Usage(
            prompt: Number(usage, "prompt_tokens") ?? 0, cached, cacheWrite: 0, output: (Number(usage, "completion_tokens") ?? 0) + reasoning, reasoning);
    }

    private static ModelFailure ReadError(JsonElement chunk, JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.Object => ModelFailures.FromEvent(Text(error, "type") ?? "", Text(error, "message") ?? ""),
        JsonValueKind.String => ModelFailures.FromEvent("", Text(chunk, "error")!),
        _ => ModelFailures.Malformed(),
    };

    private static ChatResponseUpdate Update(AIContent content) => new(ChatRole.Assistant, [content]);
}
