using OpenClaw.Gateway.Core.Agents.Models;

namespace OpenClaw.Gateway.Core.Sessions.Patching;

/// <summary>Which models take the thinking level <c>xhigh</c>, and which levels a model takes at all.</summary>
internal static class ExtraHighThinking
{
    private static readonly string[] Models =
    [
        "openai/gpt-5.2", "openai-codex/gpt-5.3-codex", "openai-codex/gpt-5.2-codex", "openai-codex/gpt-5.1-codex",
        "github-copilot/gpt-5.2-codex", "github-copilot/gpt-5.2",
    ];

    /// <summary>The list as clients read it.</summary>
    public static string Hint { get; } = $"{string.Join(", ", Models[..^1])} or {Models[^1]}";

    public static bool IsSupported(ModelRef model) => Array.Exists(Models, known => known.Equals($"{model.Provider.Trim()}/{model.Model.Trim()}", StringComparison.OrdinalIgnoreCase));

    /// <summary>Levels to offer for a model, as in <c>off|minimal|low|medium|high</c>.</summary>
    public static string LevelsOf(ModelRef model)
    {
        if (ModelRef.NormalizeProvider(model.Provider) == "zai")
            return "off|on";
        return IsSupported(model) ? "off|minimal|low|medium|high|xhigh" : "off|minimal|low|medium|high";
    }
}
