using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Json5;

/// <summary>What <see cref="Json5Edit"/> means, on values instead of text: the yardstick its results are held to.</summary>
internal static class JsonTreeEdit
{
    public static JsonNode? Set(JsonNode? root, ReadOnlySpan<string> path, JsonNode? value)
    {
        if (path.Length == 0)
            return value?.DeepClone();
        if (root is JsonArray array && ConfigPath.IsIndex(path[0], out var index) && index <= array.Count)
        {
            var existing = index < array.Count ? array[index] : null;
            var changed = Set(existing, path[1..], value);
            if (index == array.Count)
                array.Add(changed);
            else if (!ReferenceEquals(existing, changed) || changed is null)
                array[index] = changed;
            return array;
        }
        if (root is not JsonObject obj)
        {
            if (ConfigPath.IsIndex(path[0], out _))
                return new JsonArray(Set(null, path[1..], value));
            obj = [];
        }
        var old = obj[path[0]];
        var next = Set(old, path[1..], value);
        if (!ReferenceEquals(old, next) || next is null)
            obj[path[0]] = next;
        return obj;
    }

    public static JsonNode? Remove(JsonNode? root, ReadOnlySpan<string> path)
    {
        if (path.Length > 1)
            Remove(Child(root, path[0]), path[1..]);
        else if (root is JsonArray array && ConfigPath.IsIndex(path[0], out var index) && index < array.Count)
            array.RemoveAt(index);
        else if (root is JsonObject obj)
            obj.Remove(path[0]);
        return root;
    }

    private static JsonNode? Child(JsonNode? node, string segment) => node switch
    {
        JsonObject obj => obj[segment],
        JsonArray array when ConfigPath.IsIndex(segment, out var index) && index < array.Count => array[index],
        _ => null,
    };
}
