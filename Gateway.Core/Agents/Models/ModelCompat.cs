namespace OpenClaw.Gateway.Core.Agents.Models;

/// <summary>How a server that speaks <c>openai-completions</c> differs from OpenAI's own. Null means: find out from its address.</summary>
internal sealed record ModelCompat
{
    public bool? SupportsStore { get; init; }

    public bool? SupportsDeveloperRole { get; init; }

    public bool? SupportsReasoningEffort { get; init; }

    public bool? SupportsUsageInStreaming { get; init; }

    public bool? SupportsStrictMode { get; init; }

    /// <summary><c>max_completion_tokens</c> or <c>max_tokens</c>.</summary>
    public string? MaxTokensField { get; init; }

    public bool? RequiresToolResultName { get; init; }

    /// <summary>The server wants an assistant message between a tool result and the next user message.</summary>
    public bool? RequiresAssistantAfterToolResult { get; init; }

    /// <summary>The server takes earlier reasoning only as plain text.</summary>
    public bool? RequiresThinkingAsText { get; init; }

    /// <summary>Tool call ids must be nine letters or digits.</summary>
    public bool? RequiresMistralToolIds { get; init; }

    /// <summary><c>openai</c>, <c>zai</c> or <c>qwen</c>: how reasoning is switched on.</summary>
    public string? ThinkingFormat { get; init; }
}
