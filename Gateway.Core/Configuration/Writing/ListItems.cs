using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Loading;

namespace OpenClaw.Gateway.Core.Configuration.Writing;

/// <summary>Tells which item of a list was which item of its former version.</summary>
internal static class ListItems
{
    /// <summary>An item's name, by which it is known wherever it stands; null for one without.</summary>
    public static string? NameOf(JsonNode? item) =>
        item is JsonObject obj && JsonKinds.IsString(obj["id"] ?? obj["name"], out var name) ? name : null;

    /// <summary>
    /// What the item was before. Named items are found by name: by position, removing the first account of a list would hand its
    /// secret to the second.
    /// </summary>
    public static JsonNode? Match(JsonArray list, int index, JsonArray before)
    {
        if (NameOf(list[index]) is { } name)
            return before.FirstOrDefault(item => NameOf(item) == name);
        return before.Count == list.Count ? before[index] : null;
    }
}
