using OpenClaw.Gateway.Core.Agents.Models;

namespace OpenClaw.Gateway.Core.Agents.Providers;

/// <summary>How a server that speaks chat completions wants it: as configured, else as its address suggests.</summary>
internal sealed record EffectiveCompat
{
    public required bool SupportsStore { get; init; }

    public required bool SupportsDeveloperRole { get; init; }

    public required bool SupportsReasoningEffort { get; init; }

    public required bool SupportsUsageInStreaming { get; init; }

    public required bool SupportsStrictMode { get; init; }

    public required string MaxTokensField { get; init; }

    public required bool RequiresToolResultName { get; init; }

    public required bool RequiresAssistantAfterToolResult { get; init; }

    public required bool RequiresThinkingAsText { get; init; }

    public required bool RequiresMistralToolIds { get; init; }

    public required string ThinkingFormat { get; init; }

    public static EffectiveCompat Of(ResolvedModel model)
    {
        var host = model.BaseUrl.Host;
        var provider = model.Ref.Provider;
        var mistral = provider == "mistral" || IsAt(host, "mistral.ai");
        var chutes = IsAt(host, "chutes.ai");
        var xai = provider == "xai" || IsAt(host, "x.ai");
        var zai = provider == "zai" || IsAt(host, "z.ai");
        var google = IsAt(host, "googleapis.com");
        var special = mistral || chutes || xai || zai || google || provider is "cerebras" or "opencode"
            || IsAt(host, "cerebras.ai") || IsAt(host, "deepseek.com") || IsAt(host, "opencode.ai");
        var set = model.Info.Compat;
        return new EffectiveCompat
        {
            SupportsStore = set.SupportsStore ?? !special,
            SupportsDeveloperRole = set.SupportsDeveloperRole ?? !special,
            SupportsReasoningEffort = set.SupportsReasoningEffort ?? (!xai && !zai),
            SupportsUsageInStreaming = set.SupportsUsageInStreaming ?? true,
            SupportsStrictMode = set.SupportsStrictMode ?? true,
            MaxTokensField = set.MaxTokensField ?? (mistral || chutes ? "max_tokens" : "max_completion_tokens"),
            RequiresToolResultName = set.RequiresToolResultName ?? mistral,
            RequiresAssistantAfterToolResult = set.RequiresAssistantAfterToolResult ?? false,
            RequiresThinkingAsText = set.RequiresThinkingAsText ?? mistral,
            RequiresMistralToolIds = set.RequiresMistralToolIds ?? mistral,
            ThinkingFormat = set.ThinkingFormat ?? (zai ? "zai" : "openai"),
        };
    }

    private static bool IsAt(string host, string domain) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
}
