namespace OpenClaw.Gateway.Core.Agents.Models;

/// <summary>A model of a provider, written <c>provider/model</c>; the model part may itself contain slashes.</summary>
internal readonly record struct ModelRef(string Provider, string Model)
{
    /// <summary>The provider of a reference that names none.</summary>
    public const string DefaultProvider = "anthropic";

    /// <summary>Splits at the first slash; null when a side is empty or there is no slash.</summary>
    public static ModelRef? TryParse(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        var slash = trimmed.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == trimmed.Length - 1)
            return null;
        var model = trimmed[(slash + 1)..].Trim();
        var provider = NormalizeProvider(trimmed[..slash]);
        return model.Length == 0 || provider.Length == 0 ? null : new ModelRef(provider, model);
    }

    /// <summary>The one spelling of a provider id.</summary>
    public static string NormalizeProvider(string provider)
    {
        var id = provider.Trim().ToLowerInvariant();
        return id switch
        {
            "z.ai" or "z-ai" => "zai",
            "opencode-zen" => "opencode",
            "qwen" => "qwen-portal",
            "kimi-code" => "kimi-coding",
            _ => id,
        };
    }

    public override string ToString() => $"{Provider}/{Model}";
}
