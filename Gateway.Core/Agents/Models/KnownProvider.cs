namespace OpenClaw.Gateway.Core.Agents.Models;

/// <summary>A provider that works with nothing but a key.</summary>
/// <param name="Id">As in model references.</param>
/// <param name="BaseUrl">Where its API lives.</param>
/// <param name="Api">The wire protocol.</param>
/// <param name="EnvNames">Environment variables that may hold its key, the first one set wins.</param>
internal sealed record KnownProvider(string Id, string BaseUrl, string Api, params string[] EnvNames)
{
    /// <summary>In the order in which a usable one is preferred when no model is configured.</summary>
    public static readonly IReadOnlyList<KnownProvider> All =
    [
        new("anthropic", "https://api.anthropic.com", ModelApis.AnthropicMessages, "ANTHROPIC_OAUTH_TOKEN", "ANTHROPIC_API_KEY"),
        new("openai", "https://api.openai.com/v1", ModelApis.OpenAiCompletions, "OPENAI_API_KEY"),
        new("google", "https://generativelanguage.googleapis.com/v1beta/openai", ModelApis.OpenAiCompletions, "GEMINI_API_KEY"),
        new("openrouter", "https://openrouter.ai/api/v1", ModelApis.OpenAiCompletions, "OPENROUTER_API_KEY"),
        new("mistral", "https://api.mistral.ai/v1", ModelApis.OpenAiCompletions, "MISTRAL_API_KEY"),
        new("xai", "https://api.x.ai/v1", ModelApis.OpenAiCompletions, "XAI_API_KEY"),
        new("groq", "https://api.groq.com/openai/v1", ModelApis.OpenAiCompletions, "GROQ_API_KEY"),
        new("cerebras", "https://api.cerebras.ai/v1", ModelApis.OpenAiCompletions, "CEREBRAS_API_KEY"),
        new("zai", "https://api.z.ai/api/coding/paas/v4", ModelApis.OpenAiCompletions, "ZAI_API_KEY", "Z_AI_API_KEY"),
        new("minimax", "https://api.minimax.io/anthropic", ModelApis.AnthropicMessages, "MINIMAX_API_KEY"),
        new("kimi-coding", "https://api.kimi.com/coding", ModelApis.AnthropicMessages, "KIMI_API_KEY"),
        new("moonshot", "https://api.moonshot.ai/v1", ModelApis.OpenAiCompletions, "MOONSHOT_API_KEY"),
        new("venice", "https://api.venice.ai/api/v1", ModelApis.OpenAiCompletions, "VENICE_API_KEY"),
        new("synthetic", "https://api.synthetic.new/anthropic", ModelApis.AnthropicMessages, "SYNTHETIC_API_KEY"),
        new("xiaomi", "https://api.xiaomimimo.com/anthropic", ModelApis.AnthropicMessages, "XIAOMI_API_KEY"),
        new("qianfan", "https://qianfan.baidubce.com/v2", ModelApis.OpenAiCompletions, "QIANFAN_API_KEY"),
        new("opencode", "https://opencode.ai/zen/v1", ModelApis.OpenAiCompletions, "OPENCODE_API_KEY"),
        new("vercel-ai-gateway", "https://ai-gateway.vercel.sh", ModelApis.AnthropicMessages, "AI_GATEWAY_API_KEY"),
        new("ollama", "http://127.0.0.1:11434/v1", ModelApis.OpenAiCompletions, "OLLAMA_API_KEY"),
    ];

    public static KnownProvider? Find(string id) => All.FirstOrDefault(provider => provider.Id == id);
}
