using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OpenClaw.Gateway.Core.Configuration.Redaction;

/// <summary>Keeps secrets out of what is shown; writing the marker back keeps the value it stands for.</summary>
public static partial class ConfigRedaction
{
    /// <summary>Stands for a secret in everything a client gets to see.</summary>
    public const string Marker = "__OPENCLAW_REDACTED__";

    /// <summary>Whether a key of this name holds a secret: the peer's names, and header names that carry credentials.</summary>
    /// <param name="key">Last segment of a key path.</param>
    public static bool IsSensitiveKey(string key) => SensitiveKey().IsMatch(key) && key != "maxTokensField";

    /// <summary>
    /// Whether the value under a key is a secret. Switches and counts of tokens (<c>maxTokens</c>) are not, and a whole
    /// <c>${NAME}</c> reference names a secret without telling it.
    /// </summary>
    /// <param name="key">Last segment of the key path.</param>
    /// <param name="value">The value.</param>
    public static bool IsSecret(string key, JsonNode? value) =>
        value is not null && IsSensitiveKey(key) && value.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False => false,
            JsonValueKind.Number => !key.Contains("tokens", StringComparison.OrdinalIgnoreCase),
            JsonValueKind.String => IsSecretText(value.GetValue<string>()),
            _ => true,
        };

    /// <summary>A copy with every secret replaced by the marker.</summary>
    /// <param name="value">Any part of a configuration.</param>
    public static JsonNode? Redact(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject obj:
                var copy = new JsonObject();
                foreach (var (key, member) in obj)
                    copy[key] = IsSecret(key, member) ? JsonValue.Create(Marker) : HoldsOnlySecrets(key) ? RedactTexts(member) : Redact(member);
                return copy;
            case JsonArray array:
                return new JsonArray([.. array.Select(Redact)]);
            default:
                return value?.DeepClone();
        }
    }

    /// <summary>Objects whose every text counts as a secret: environment values and HTTP headers may be anything.</summary>
    internal static bool HoldsOnlySecrets(string key) => key is "env" or "vars" or "headers";

    private static JsonNode? RedactTexts(JsonNode? value) => value switch
    {
        JsonObject obj => new JsonObject(obj.Select(member => KeyValuePair.Create(member.Key, RedactTexts(member.Value)))),
        JsonArray array => new JsonArray([.. array.Select(RedactTexts)]),
        JsonValue text when text.GetValueKind() is JsonValueKind.String && IsSecretText(text.GetValue<string>()) => JsonValue.Create(Marker),
        _ => value?.DeepClone(),
    };

    /// <summary>The snapshot's text with every secret replaced by the marker; null without a text.</summary>
    /// <param name="snapshot">A reading of the configuration.</param>
    public static string? RedactRaw(ConfigSnapshot snapshot) => snapshot.Raw is null ? null : RawRedaction.Apply(snapshot.Raw, snapshot.Config);

    internal static bool IsSecretText(string text) => text.Length > 0 && !Reference().IsMatch(text);

    [GeneratedRegex("token|password|passphrase|secret|api.?key|private.?key|authorization", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SensitiveKey();

    [GeneratedRegex(@"^\$\{[A-Z_][A-Z0-9_]*\}$", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
