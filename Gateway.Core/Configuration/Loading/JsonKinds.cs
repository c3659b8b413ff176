using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Loading;

/// <summary>Names of JSON types as the peer's messages spell them.</summary>
internal static class JsonKinds
{
    /// <summary>As the peer's validator names what it received.</summary>
    public static string ReceivedName(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => "number",
        JsonValueKind.String => "string",
        JsonValueKind.Array => "array",
        _ => "object",
    };

    /// <summary>As JavaScript's typeof names it, which knows neither arrays nor null.</summary>
    public static string JavaScriptName(JsonNode? node) => ReceivedName(node) is "null" or "array" ? "object" : ReceivedName(node);

    public static bool IsString(JsonNode? node, out string text)
    {
        text = "";
        return node is JsonValue value && value.TryGetValue(out text!);
    }
}
