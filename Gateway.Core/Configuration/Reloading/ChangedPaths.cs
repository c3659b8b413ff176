using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Reloading;

/// <summary>What two configurations differ in.</summary>
internal static class ChangedPaths
{
    /// <summary>Says who wrote the file last, and nothing about how to work.</summary>
    private const string Stamp = "meta";

    /// <summary>Dotted keys, in the order of the newer one; lists are compared by value and named as a whole.</summary>
    public static ImmutableArray<string> Between(JsonObject before, JsonObject after)
    {
        var paths = ImmutableArray.CreateBuilder<string>();
        Compare(before, after, "", paths);
        return paths.ToImmutable();
    }

    public static bool IsAtOrBelow(string path, string section) =>
        path.StartsWith(section, StringComparison.Ordinal) && (path.Length == section.Length || path[section.Length] == '.');

    private static void Compare(JsonObject before, JsonObject after, string prefix, ImmutableArray<string>.Builder paths)
    {
        foreach (var (key, value) in after)
        {
            if (prefix.Length == 0 && key == Stamp)
                continue;
            if (before.TryGetPropertyValue(key, out var old) && old is JsonObject inner && value is JsonObject changed)
                Compare(inner, changed, prefix + key + ".", paths);
            else if (!before.ContainsKey(key) || !JsonNode.DeepEquals(old, value))
                paths.Add(prefix + key);
        }
        foreach (var (key, _) in before)
        {
            if (!after.ContainsKey(key) && (prefix.Length > 0 || key != Stamp))
                paths.Add(prefix + key);
        }
    }
}
