using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Loading;

/// <summary>Expands a leading <c>~</c> where the key's name says that the value is a path.</summary>
internal static class HomeExpansion
{
    private static readonly string[] PathSuffixes = ["dir", "path", "paths", "file", "root", "workspace"];

    public static void Apply(JsonNode? node, string home)
    {
        if (node is JsonObject obj)
        {
            foreach (var (key, value) in obj.ToArray())
            {
                if (Expand(value, home, IsPathKey(key) || IsPathList(key)) is { } expanded)
                    obj[key] = expanded;
                else if (value is JsonArray list && IsPathList(key))
                    ExpandItems(list, home);
                else
                    Apply(value, home);
            }
        }
        else if (node is JsonArray array)
        {
            foreach (var item in array)
                Apply(item, home);
        }
    }

    private static void ExpandItems(JsonArray list, string home)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (Expand(list[i], home, isPath: true) is { } expanded)
                list[i] = expanded;
            else
                Apply(list[i], home);
        }
    }

    private static JsonValue? Expand(JsonNode? value, string home, bool isPath)
    {
        if (!isPath || !JsonKinds.IsString(value, out var text))
            return null;
        var trimmed = text.Trim();
        return trimmed == "~" || trimmed.StartsWith("~/", StringComparison.Ordinal) || trimmed.StartsWith("~\\", StringComparison.Ordinal)
            ? JsonValue.Create(UserPath.Resolve(trimmed, home))
            : null;
    }

    private static bool IsPathKey(string key) => PathSuffixes.Any(suffix => key.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    private static bool IsPathList(string key) => key is "paths" or "pathPrepend";
}
