using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Agents.Messages;

/// <summary>A message of a transcript. <paramref name="TimestampMs"/> is Unix time in milliseconds.</summary>
internal abstract record AgentMessage(IReadOnlyList<ContentBlock> Content, long TimestampMs)
{
    /// <summary>All text blocks, joined without a separator.</summary>
    public string Text => string.Concat(Content.OfType<TextBlock>().Select(static block => block.Text));
}

internal sealed record UserMessage(IReadOnlyList<ContentBlock> Content, long TimestampMs)
    : AgentMessage(Content, TimestampMs)
{
    public UserMessage(string text, long timestampMs)
        : this([new TextBlock(text)], timestampMs)
    {
    }
}

internal sealed record AssistantMessage(IReadOnlyList<ContentBlock> Content, long TimestampMs)
    : AgentMessage(Content, TimestampMs)
{
    private const string InjectedModel = "gateway-injected";

    /// <summary>The wire protocol that produced it, for example <c>openai-completions</c>.</summary>
    public required string Api { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    public TokenUsage Usage { get; init; } = TokenUsage.Zero;

    public required StopReason StopReason { get; init; }

    public string? ErrorMessage { get; init; }

    public IEnumerable<ToolCallBlock> ToolCalls => Content.OfType<ToolCallBlock>();

    /// <summary>The gateway wrote it, not a model: it is a note in the conversation and no step of a turn.</summary>
    public bool IsInjected => Provider == "openclaw" && Model == InjectedModel;

    /// <summary>A note of the gateway's own, in the form that other programs know.</summary>
    public static AssistantMessage Inject(string text, long timestampMs) =>
        new([new TextBlock(text)], timestampMs) { Api = "openai-responses", Provider = "openclaw", Model = InjectedModel, StopReason = StopReason.Stop };
}

internal sealed record ToolResultMessage(IReadOnlyList<ContentBlock> Content, long TimestampMs)
    : AgentMessage(Content, TimestampMs)
{
    public required string ToolCallId { get; init; }

    public required string ToolName { get; init; }

    public JsonNode? Details { get; init; }

    public bool IsError { get; init; }
}

/// <summary>Why the model stopped; stored as <c>stop</c>, <c>length</c>, <c>toolUse</c>, <c>error</c> or <c>aborted</c>.</summary>
internal enum StopReason
{
    Stop,
    Length,
    ToolUse,
    Error,
    Aborted,
}
