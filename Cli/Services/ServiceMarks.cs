namespace OpenClaw.Cli.Services;

/// <summary>What tells a gateway's definition from others: the marks that both implementations write, and look for.</summary>
internal static class ServiceMarks
{
    public const string MarkerVariable = "OPENCLAW_SERVICE_MARKER";
    public const string KindVariable = "OPENCLAW_SERVICE_KIND";
    public const string VersionVariable = "OPENCLAW_SERVICE_VERSION";
    public const string Marker = "openclaw";
    public const string Kind = "gateway";

    private static readonly string[] OwnNames = ["openclaw-gateway", "bot.molt.", "ai.openclaw.", "OpenClaw Gateway"];

    private static readonly string[] Products = [Marker, "clawdbot", "moltbot"];

    /// <summary>Whether a definition is a gateway's of this product, whoever wrote it.</summary>
    /// <param name="name">Name of the service.</param>
    /// <param name="text">The definition.</param>
    public static bool IsOurs(string name, string text)
    {
        if (!text.Contains(Kind, StringComparison.OrdinalIgnoreCase))
            return false;
        return (text.Contains(MarkerVariable, StringComparison.Ordinal) && text.Contains(KindVariable, StringComparison.Ordinal) && text.Contains(Marker, StringComparison.Ordinal))
            || OwnNames.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The name of the product that a definition mentions, older ones first: they mention the new one in their paths too. Null for none.</summary>
    public static string? ProductIn(string text) => Products.Reverse().FirstOrDefault(product => text.Contains(product, StringComparison.OrdinalIgnoreCase));
}
