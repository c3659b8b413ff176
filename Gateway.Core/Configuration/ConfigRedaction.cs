using System.Text.RegularExpressions;

namespace OpenClaw.Gateway.Core.Configuration;

/// <summary>Keeps secrets out of what is shown, and puts them back when what was shown is saved.</summary>
internal static partial class ConfigRedaction
{
    /// <summary>Stands for a secret in everything a client gets to see.</summary>
    public const string Marker = "__OPENCLAW_REDACTED__";

    /// <summary>Whether a key of this name holds a secret: the peer's names, and header names that carry credentials.</summary>
    public static bool IsSensitiveKey(string key) => SensitiveKey().IsMatch(key);

    [GeneratedRegex("token|password|passphrase|secret|api.?key|private.?key|authorization", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SensitiveKey();
}
