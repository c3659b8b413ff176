using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Agents.Tools;

/// <summary>
/// Checks a call's arguments against the tool's schema, as far as tools use JSON Schema: types, required, enum. What can be
/// read as the right type is, because models write <c>"5"</c> for 5.
/// </summary>
internal static class ToolArguments
{
    /// <summary>The arguments in their right types, or what is wrong with them.</summary>
    public static (JsonObject Arguments, IReadOnlyList<string> Errors) Check(IAgentTool tool, JsonObject given)
    {
        var schema = tool.Parameters;
        var errors = new List<string>();
        var arguments = new JsonObject();
        foreach (var (name, value) in given)
        {
            var canonical = tool.ArgumentAliases.GetValueOrDefault(name, name);
            if (value is not null && !arguments.ContainsKey(canonical))
                arguments[canonical] = value.DeepClone();
        }
        var properties = schema.TryGetProperty("properties", out var declared) ? declared : default;
        foreach (var (name, value) in arguments.ToList())
        {
            if (properties.ValueKind != JsonValueKind.Object || !properties.TryGetProperty(name, out var property))
                continue;
            var isMistaken = tool.LiteralTexts.Contains(name) && value!.GetValueKind() != JsonValueKind.String;
            if (isMistaken || Coerce(value!, property) is not { } coerced)
                errors.Add($"{name}: must be {TypeOf(property)}");
            else if (!IsListed(coerced, property))
                errors.Add($"{name}: must be one of {string.Join(", ", property.GetProperty("enum").EnumerateArray().Select(static item => item.ToString()))}");
            else if (!ReferenceEquals(coerced, value))
                arguments[name] = coerced;
        }
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(static item => item.GetString()!).Where(name => !arguments.ContainsKey(name)))
                errors.Add($"{name}: is required");
        }
        return (arguments, errors);
    }

    private static JsonNode? Coerce(JsonNode value, JsonElement property)
    {
        var kind = value.GetValueKind();
        return TypeOf(property) switch
        {
            "string" => kind switch
            {
                JsonValueKind.String => value,
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => JsonValue.Create(value.ToJsonString()),
                _ => null,
            },
            "number" => ToNumber(value, kind),
            "integer" => ToNumber(value, kind) is { } number && double.IsInteger(number.GetValue<double>()) ? number : null,
            "boolean" => ToFlag(value, kind),
            "array" => kind == JsonValueKind.Array ? value : IsScalar(kind) ? new JsonArray(value.DeepClone()) : null,
            "object" => kind == JsonValueKind.Object ? value : null,
            _ => value,
        };
    }

    private static JsonValue? ToNumber(JsonNode value, JsonValueKind kind)
    {
        var text = kind switch
        {
            JsonValueKind.Number => value.ToJsonString(),
            JsonValueKind.String => value.GetValue<string>(),
            _ => null,
        };
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? JsonValue.Create(number)
            : null;
    }

    private static JsonNode? ToFlag(JsonNode value, JsonValueKind kind) => kind switch
    {
        JsonValueKind.True or JsonValueKind.False => value,
        JsonValueKind.String when bool.TryParse(value.GetValue<string>(), out var flag) => JsonValue.Create(flag),
        _ => null,
    };

    private static bool IsScalar(JsonValueKind kind) => kind is JsonValueKind.String or JsonValueKind.Number;

    private static bool IsListed(JsonNode value, JsonElement property) =>
        !property.TryGetProperty("enum", out var allowed)
        || value.GetValueKind() != JsonValueKind.String
        || allowed.EnumerateArray().Any(item => item.GetString() == value.GetValue<string>());

    private static string TypeOf(JsonElement property) =>
        property.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()! : "";
}
