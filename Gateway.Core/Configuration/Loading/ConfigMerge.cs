using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Loading;

/// <summary>Merging of configuration trees. Values are moved, not copied, so that they keep their origin.</summary>
internal static class ConfigMerge
{
    /// <summary>Objects merge member by member, arrays are joined, of anything else the overlay wins.</summary>
    public static JsonNode? Overlay(JsonNode? target, JsonNode? overlay)
    {
        switch (target, overlay)
        {
            case (JsonArray left, JsonArray right):
                foreach (var item in Detach(right))
                    left.Add(item);
                return left;
            case (JsonObject left, JsonObject right):
                foreach (var (key, value) in Detach(right))
                    OverlayMember(left, key, value);
                return left;
            default:
                return overlay;
        }
    }

    /// <summary>Adds what <paramref name="target"/> lacks, at any depth; what it has stays.</summary>
    public static void FillIn(JsonObject target, JsonObject source)
    {
        foreach (var (key, value) in Detach(source))
        {
            if (!target.TryGetPropertyValue(key, out var existing))
                target[key] = value;
            else if (existing is JsonObject inner && value is JsonObject more)
                FillIn(inner, more);
        }
    }

    public static List<KeyValuePair<string, JsonNode?>> Detach(JsonObject source)
    {
        var members = source.ToList();
        source.Clear();
        return members;
    }

    private static List<JsonNode?> Detach(JsonArray source)
    {
        var items = source.ToList();
        source.Clear();
        return items;
    }

    private static void OverlayMember(JsonObject target, string key, JsonNode? value)
    {
        var existing = target[key];
        var merged = target.ContainsKey(key) ? Overlay(existing, value) : value;
        if (merged is null || !ReferenceEquals(merged, existing))
            target[key] = merged;
    }
}
