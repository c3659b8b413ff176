using OpenClaw.Gateway.Core.Agents.Models;

namespace OpenClaw.Gateway.Core.Onboarding;

/// <summary>A provider of models that is set up with nothing but a key.</summary>
/// <param name="Id">As in model references.</param>
/// <param name="Label">For people.</param>
/// <param name="AuthChoice">What <c>--auth-choice</c> calls it; the peer's names.</param>
/// <param name="Flag">The option that takes its key.</param>
public sealed record OnboardingProvider(string Id, string Label, string AuthChoice, string Flag)
{
    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<OnboardingProvider> All { get; } =
    [
        new("anthropic", "Anthropic", "apiKey", "--anthropic-api-key"),
        new("openai", "OpenAI", "openai-api-key", "--openai-api-key"),
        new("google", "Google Gemini", "gemini-api-key", "--gemini-api-key"),
        new("openrouter", "OpenRouter", "openrouter-api-key", "--openrouter-api-key"),
        new("xai", "xAI", "xai-api-key", "--xai-api-key"),
        new("moonshot", "Moonshot", "moonshot-api-key", "--moonshot-api-key"),
        new("kimi-coding", "Kimi Code", "kimi-code-api-key", "--kimi-code-api-key"),
        new("zai", "Z.AI", "zai-api-key", "--zai-api-key"),
        new("minimax", "MiniMax", "minimax-api", "--minimax-api-key"),
        new("synthetic", "Synthetic", "synthetic-api-key", "--synthetic-api-key"),
        new("venice", "Venice", "venice-api-key", "--venice-api-key"),
        new("xiaomi", "Xiaomi", "xiaomi-api-key", "--xiaomi-api-key"),
        new("qianfan", "Qianfan", "qianfan-api-key", "--qianfan-api-key"),
        new("opencode", "OpenCode Zen", "opencode-zen", "--opencode-zen-api-key"),
        new("vercel-ai-gateway", "Vercel AI Gateway", "ai-gateway-api-key", "--ai-gateway-api-key"),
    ];

    /// <summary>Variable that holds its key where no option does.</summary>
    public string EnvironmentName => Known.EnvNames.First(static name => name.EndsWith("_API_KEY", StringComparison.Ordinal));

    internal KnownProvider Known => KnownProvider.Find(Id)!;
}
