using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>Turns the chunks of one chat completion into updates.</summary>
internal sealed class OpenAiStreamReader
{
    /// <summary>Where different servers put the model's reasoning; the first one that is filled counts.</summary>
    public static readonly string[] ReasoningFields = ["reasoning_content", "reasoning", "reasoning_text"];

    /// <summary>Most tool calls of one answer; more is a broken model.</summary>
    private const int MaxToolCalls = 128;

    private readonly SortedDictionary<int, ToolCallAssembler> _calls = [];
    private ChatFinishReason? _finish;
    private UsageDetails? _usage;

    public IEnumerable<ChatResponseUpdate> Read(JsonElement chunk)
    {
        if (chunk.TryGetProperty("error", out var error))
            throw new ModelCallException(ReadError(error));
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
            if (Text(delta, field) is { Length: > 0 } reasoning)
            {
                yield return Update(new TextReasoningContent(reasoning) { ProtectedData = field });
                break;
            }
        }
        if (Text(delta, "content") is { Length: > 0 } text)
            yield return Update(new TextContent(text));
        ReadCalls(delta);
    }

    /// <summary>What is known at the end; fails when the stream broke off.</summary>
    public IEnumerable<ChatResponseUpdate> Finish()
    {
        if (_finish is null)
            throw new ModelCallException(ModelFailures.Terminated());
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
            if (Text(function, "arguments") is { } fragment)
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
        var cached = Object(usage, "prompt_tokens_details") is { } prompt ? Number(prompt, "cached_tokens") : 0;
        var reasoning = Object(usage, "completion_tokens_details") is { } completion ? Number(completion, "reasoning_tokens") : 0;
        // The peer counts reasoning tokens on top of the completion's, and its clients' sums rely on it.
        return ContentExtensions.Usage(
            prompt: Number(usage, "prompt_tokens"), cached, cacheWrite: 0, output: Number(usage, "completion_tokens") + reasoning, reasoning);
    }

    private static ModelFailure ReadError(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.Object => ModelFailures.FromEvent(Text(error, "type") ?? "", Text(error, "message") ?? ""),
        JsonValueKind.String => ModelFailures.FromEvent("", error.GetString() ?? ""),
        _ => ModelFailures.Malformed(),
    };

    private static ChatResponseUpdate Update(AIContent content) => new(ChatRole.Assistant, [content]);

    private static JsonElement? Object(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long Number(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? Math.Max(0, number) : 0;
}
