using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Cron;

/// <summary>Reads what jobs hold; a value of another type counts as absent.</summary>
internal static class CronJson
{
    /// <summary>A text, trimmed; null when blank.</summary>
    public static string? Text(this JsonObject json, string name) =>
        json.TryGetPropertyValue(name, out var node) && node is JsonValue value && value.TryGetValue(out string? text) && text.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    /// <summary>A whole number.</summary>
    public static long? Number(this JsonObject json, string name)
    {
        if (!json.TryGetPropertyValue(name, out var node) || node is not JsonValue value)
            return null;
        if (value.TryGetValue(out long whole))
            return whole;
        return value.TryGetValue(out double number) && Math.Abs(number) < 1e15 ? (long)Math.Floor(number) : null;
    }

    /// <summary>True or false.</summary>
    public static bool? Flag(this JsonObject json, string name) =>
        json.TryGetPropertyValue(name, out var node) && node is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;

    /// <summary>An object in it.</summary>
    public static JsonObject? Object(this JsonObject json, string name) => json.TryGetPropertyValue(name, out var node) ? node as JsonObject : null;

    /// <summary>Writes a value, or removes the property where there is none.</summary>
    public static void Put(this JsonObject json, string name, JsonNode? value)
    {
        if (value is null)
            json.Remove(name);
        else
            json[name] = value;
    }
}
