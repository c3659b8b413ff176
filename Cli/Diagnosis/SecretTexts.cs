using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Configuration.Redaction;

namespace OpenClaw.Cli.Diagnosis;

/// <summary>
/// The secrets that this instance knows, to take them out of what people paste for others: of the configuration, the environment and the
/// stored keys, also as they look inside of JSON and of an address.
/// </summary>
internal sealed class SecretTexts
{
    private const string Mask = "***";

    /// <summary>A shorter one is in every text; taking it out would only show where.</summary>
    private const int Shortest = 4;

    private readonly List<string> _texts;

    private SecretTexts(HashSet<string> found) =>
        // The longest first: one may be part of another.
        _texts = [.. found.Where(static text => text.Length >= Shortest).SelectMany(Spellings).Distinct(StringComparer.Ordinal).OrderByDescending(static text => text.Length)];

    /// <summary>The text without secrets.</summary>
    public string Remove(string text)
    {
        foreach (var secret in _texts)
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        return text;
    }

    public static SecretTexts Of(ConfigSnapshot snapshot, GatewayEnvironment environment)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        Collect(snapshot.Config, found);
        Collect(snapshot.Parsed, found);
        foreach (var (name, value) in snapshot.Environment.Concat(environment.Variables))
        {
            if (ConfigRedaction.IsSensitiveKey(name) || name.StartsWith("ConnectionStrings__", StringComparison.OrdinalIgnoreCase))
                Add(value, found);
        }
        foreach (var file in StoredKeys(environment.StateDirectory))
            Collect(Read(file), found);
        return new SecretTexts(found);
    }

    private static IEnumerable<string> StoredKeys(string state)
    {
        var agents = Path.Combine(state, "agents");
        var keys = Directory.Exists(agents) ? Directory.EnumerateDirectories(agents).Select(static agent => Path.Combine(agent, "agent", "auth-profiles.json")) : [];
        return keys.Append(Path.Combine(state, "identity", "device-auth.json")).Append(Path.Combine(state, "devices", "paired.json")).Where(File.Exists);
    }

    private static JsonNode? Read(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static void Collect(JsonNode? node, HashSet<string> found)
    {
        switch (node)
        {
            case JsonObject obj:
                foreach (var (key, value) in obj)
                {
                    if (ConfigRedaction.IsSecret(key, value) || key is "key" or "access" or "refresh" or "env" or "vars" or "headers")
                        CollectTexts(value, found);
                    else
                        Collect(value, found);
                }
                break;
            case JsonArray array:
                foreach (var item in array)
                    Collect(item, found);
                break;
        }
    }

    private static void CollectTexts(JsonNode? node, HashSet<string> found)
    {
        switch (node)
        {
            case JsonObject obj:
                foreach (var (_, value) in obj)
                    CollectTexts(value, found);
                break;
            case JsonArray array:
                foreach (var item in array)
                    CollectTexts(item, found);
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String or JsonValueKind.Number:
                Add(value.ToString(), found);
                break;
        }
    }

    private static void Add(string text, HashSet<string> found)
    {
        found.Add(text);
        found.Add(text.Trim());
    }

    private static IEnumerable<string> Spellings(string secret) =>
        [secret, Uri.EscapeDataString(secret), JsonEncodedText.Encode(secret).ToString(), JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString()];
}
