namespace OpenClaw.Gateway.Core.Agents.Models;

/// <summary>What is known about a model. Prices are US dollars per million tokens.</summary>
internal sealed record ModelInfo
{
    public required ModelRef Ref { get; init; }

    public required string Name { get; init; }

    /// <summary>The wire protocol, one of <see cref="ModelApis"/>.</summary>
    public required string Api { get; init; }

    public bool Reasoning { get; init; }

    public bool AcceptsImages { get; init; }

    /// <summary>Most tokens of prompt and answer together. A configured model that does not say has 200 000.</summary>
    public int ContextWindow { get; init; } = DefaultContextWindow;

    /// <summary>Most tokens of one answer.</summary>
    public int MaxTokens { get; init; } = DefaultMaxTokens;

    public ModelPrice Price { get; init; } = ModelPrice.Free;

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public ModelCompat Compat { get; init; } = new();

    public const int DefaultContextWindow = 200_000;
    public const int DefaultMaxTokens = 8192;
}

internal sealed record ModelPrice(double Input, double Output, double CacheRead, double CacheWrite)
{
    public static readonly ModelPrice Free = new(0, 0, 0, 0);
}

/// <summary>The wire protocols this gateway speaks.</summary>
internal static class ModelApis
{
    public const string OpenAiCompletions = "openai-completions";
    public const string AnthropicMessages = "anthropic-messages";

    /// <summary>The model that answers while none is configured.</summary>
    public const string Offline = "openclaw-offline";
}
