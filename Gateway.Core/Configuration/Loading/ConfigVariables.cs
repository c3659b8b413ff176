using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Loading;

/// <summary>The <c>env</c> block: variables for whatever the process environment does not already set.</summary>
internal static class ConfigVariables
{
    public static IReadOnlyDictionary<string, string> Apply(JsonNode? root, IReadOnlyDictionary<string, string> process)
    {
        if (root is not JsonObject document || document["env"] is not JsonObject env)
            return process;
        var named = new Dictionary<string, string>();
        if (env["vars"] is JsonObject vars)
            Collect(vars, named);
        Collect(env, named);
        var result = new Dictionary<string, string>(process);
        foreach (var (name, value) in named)
        {
            if (string.IsNullOrWhiteSpace(process.GetValueOrDefault(name)))
                result[name] = value;
        }
        return result;
    }

    private static void Collect(JsonObject source, Dictionary<string, string> named)
    {
        foreach (var (key, value) in source)
        {
            if (JsonKinds.IsString(value, out var text) && text.Trim().Length > 0)
                named[key] = text;
        }
    }
}
