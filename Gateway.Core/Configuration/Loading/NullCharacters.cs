using System.Globalization;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Loading;

/// <summary>
/// Finds U+0000 in names and texts. No setting can hold it: the system takes it in no path, variable or argument, and what asks
/// for a file by such a name fails in another way than for one that is not there.
/// </summary>
internal static class NullCharacters
{
    public static void Report(JsonNode? tree, ConfigOrigins origins, List<ConfigIssue> issues) => Visit(tree, "", parent: null, key: null, origins, issues);

    private static void Visit(JsonNode? node, string path, JsonNode? parent, string? key, ConfigOrigins origins, List<ConfigIssue> issues)
    {
        switch (node)
        {
            case JsonObject obj:
                foreach (var (name, value) in obj)
                {
                    if (HasOne(name))
                        issues.Add(IssueFactory.Create(path, "Invalid key: the character U+0000 is in it", null, origins.Find(value, obj, name)));
                    else
                        Visit(value, path.Length == 0 ? name : $"{path}.{name}", obj, name, origins, issues);
                }
                break;
            case JsonArray array:
                for (var i = 0; i < array.Count; i++)
                    Visit(array[i], string.Create(CultureInfo.InvariantCulture, $"{path}.{i}"), array, null, origins, issues);
                break;
            default:
                if (JsonKinds.IsString(node, out var text) && HasOne(text))
                    issues.Add(IssueFactory.Create(path, "Invalid string: the character U+0000 is in it", null, origins.Find(node, parent, key)));
                break;
        }
    }

    private static bool HasOne(string text) => text.Contains('\0', StringComparison.Ordinal);
}
