namespace OpenClaw.Gateway.Core.Agents.Models;

/// <summary>
/// Models that can be used by name with nothing but their provider's key. Windows and prices are the providers' published
/// ones of early 2026; a model that is missing here works too, with the defaults of <see cref="ModelInfo"/>.
/// </summary>
internal static class BuiltInModels
{
    /// <summary>Each provider's first model is the one it is used with when none is configured.</summary>
    public static readonly IReadOnlyList<ModelInfo> All =
    [
        Anthropic("claude-opus-4-6", "Claude Opus 4.6", 128_000, new(5, 25, 0.5, 6.25)),
        Anthropic("claude-opus-4-5", "Claude Opus 4.5", 64_000, new(5, 25, 0.5, 6.25)),
        Anthropic("claude-opus-4-1", "Claude Opus 4.1", 32_000, new(15, 75, 1.5, 18.75)),
        Anthropic("claude-sonnet-4-5", "Claude Sonnet 4.5", 64_000, new(3, 15, 0.3, 3.75)),
        Anthropic("claude-sonnet-4-0", "Claude Sonnet 4", 64_000, new(3, 15, 0.3, 3.75)),
        Anthropic("claude-haiku-4-5", "Claude Haiku 4.5", 64_000, new(1, 5, 0.1, 1.25)),
        OpenAi("gpt-5.2", "GPT-5.2", 400_000, 128_000, reasoning: true, new(1.75, 14, 0.175, 0)),
        OpenAi("gpt-5.1", "GPT-5.1", 400_000, 128_000, reasoning: true, new(1.25, 10, 0.125, 0)),
        OpenAi("gpt-5", "GPT-5", 400_000, 128_000, reasoning: true, new(1.25, 10, 0.125, 0)),
        OpenAi("gpt-5-mini", "GPT-5 Mini", 400_000, 128_000, reasoning: true, new(0.25, 2, 0.025, 0)),
        OpenAi("gpt-5-nano", "GPT-5 Nano", 400_000, 128_000, reasoning: true, new(0.05, 0.4, 0.005, 0)),
        OpenAi("gpt-4.1", "GPT-4.1", 1_047_576, 32_768, reasoning: false, new(2, 8, 0.5, 0)),
        OpenAi("gpt-4.1-mini", "GPT-4.1 mini", 1_047_576, 32_768, reasoning: false, new(0.4, 1.6, 0.1, 0)),
        OpenAi("gpt-4o", "GPT-4o", 128_000, 16_384, reasoning: false, new(2.5, 10, 1.25, 0)),
        OpenAi("gpt-4o-mini", "GPT-4o mini", 128_000, 16_384, reasoning: false, new(0.15, 0.6, 0.08, 0)),
        OpenAi("o3", "o3", 200_000, 100_000, reasoning: true, new(2, 8, 0.5, 0)),
        OpenAi("o4-mini", "o4-mini", 200_000, 100_000, reasoning: true, new(1.1, 4.4, 0.28, 0)),
        Other("google", "gemini-3-pro-preview", "Gemini 3 Pro Preview", 1_000_000, 64_000, true, true, new(2, 12, 0.2, 0)),
        Other("google", "gemini-3-flash-preview", "Gemini 3 Flash Preview", 1_048_576, 65_536, true, true, new(0.5, 3, 0.05, 0)),
        Other("google", "gemini-2.5-pro", "Gemini 2.5 Pro", 1_048_576, 65_536, true, true, new(1.25, 10, 0.31, 0)),
        Other("google", "gemini-2.5-flash", "Gemini 2.5 Flash", 1_048_576, 65_536, true, true, new(0.3, 2.5, 0.075, 0)),
        Other("openrouter", "anthropic/claude-sonnet-4.5", "Anthropic: Claude Sonnet 4.5", 1_000_000, 64_000, true, true, new(3, 15, 0.3, 3.75)),
        Other("openrouter", "anthropic/claude-opus-4.6", "Anthropic: Claude Opus 4.6", 1_000_000, 128_000, true, true, new(5, 25, 0.5, 6.25)),
        Other("openrouter", "openai/gpt-5.2", "OpenAI: GPT-5.2", 400_000, 128_000, true, true, new(1.75, 14, 0.175, 0)),
        Other("openrouter", "google/gemini-3-pro-preview", "Google: Gemini 3 Pro Preview", 1_048_576, 65_536, true, true, new(2, 12, 0.2, 0)),
        Other("mistral", "mistral-large-latest", "Mistral Large", 262_144, 262_144, false, true, new(0.5, 1.5, 0, 0)),
        Other("mistral", "mistral-medium-latest", "Mistral Medium", 128_000, 16_384, false, true, new(0.4, 2, 0, 0)),
        Other("mistral", "devstral-medium-latest", "Devstral 2", 262_144, 262_144, false, false, new(0.4, 2, 0, 0)),
        Other("xai", "grok-4", "Grok 4", 256_000, 64_000, true, false, new(3, 15, 0.75, 0)),
        Other("xai", "grok-4-1-fast", "Grok 4.1 Fast", 2_000_000, 30_000, true, true, new(0.2, 0.5, 0.05, 0)),
        Other("groq", "openai/gpt-oss-120b", "GPT OSS 120B", 131_072, 65_536, true, false, new(0.15, 0.6, 0, 0)),
        Other("groq", "llama-3.3-70b-versatile", "Llama 3.3 70B Versatile", 131_072, 32_768, false, false, new(0.59, 0.79, 0, 0)),
        Other("cerebras", "gpt-oss-120b", "GPT OSS 120B", 131_072, 32_768, true, false, new(0.25, 0.69, 0, 0)),
        Other("zai", "glm-4.7", "GLM-4.7", 204_800, 131_072, true, false, new(0.6, 2.2, 0.11, 0)),
        Other("minimax", "MiniMax-M2.1", "MiniMax-M2.1", 204_800, 131_072, true, false, new(0.3, 1.2, 0, 0)),
        Other("kimi-coding", "k2p5", "Kimi K2.5", 262_144, 32_768, true, true, ModelPrice.Free),
    ];

    public static ModelInfo? Find(ModelRef reference) => All.FirstOrDefault(model => model.Ref == reference);

    private static ModelInfo Anthropic(string id, string name, int maxTokens, ModelPrice price) =>
        Other("anthropic", id, name, 200_000, maxTokens, reasoning: true, images: true, price);

    private static ModelInfo OpenAi(string id, string name, int window, int maxTokens, bool reasoning, ModelPrice price) =>
        Other("openai", id, name, window, maxTokens, reasoning, images: true, price);

    private static ModelInfo Other(
        string provider, string id, string name, int window, int maxTokens, bool reasoning, bool images, ModelPrice price) => new()
    {
        Ref = new ModelRef(provider, id),
        Name = name,
        Api = KnownProvider.Find(provider)!.Api,
        Reasoning = reasoning,
        AcceptsImages = images,
        ContextWindow = window,
        MaxTokens = maxTokens,
        Price = price,
    };
}
