using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Loading;

/// <summary>
/// <c>${NAME}</c> in string values. Names are upper case; anything else stays as it is, and <c>$${NAME}</c> writes a
/// literal <c>${NAME}</c>. A variable that is unset or empty is reported, and its text left alone.
/// </summary>
internal sealed class VariableSubstitution(IReadOnlyDictionary<string, string> variables, ConfigOrigins origins)
{
    /// <summary>References to variables that have no value: path and issue.</summary>
    public List<ConfigIssue> Missing { get; } = [];

    public void Apply(JsonNode? root) => Visit(root, "");

    private void Visit(JsonNode? node, string path)
    {
        if (node is JsonObject obj)
        {
            foreach (var key in obj.Select(member => member.Key).ToArray())
            {
                if (Replace(obj[key], path.Length == 0 ? key : $"{path}.{key}") is { } replacement)
                    obj[key] = replacement;
            }
        }
        else if (node is JsonArray array)
        {
            for (var i = 0; i < array.Count; i++)
            {
                if (Replace(array[i], $"{path}.{i.ToString(CultureInfo.InvariantCulture)}") is { } replacement)
                    array[i] = replacement;
            }
        }
    }

    private JsonValue? Replace(JsonNode? node, string path)
    {
        if (!JsonKinds.IsString(node, out var text))
        {
            Visit(node, path);
            return null;
        }
        if (!text.Contains('$', StringComparison.Ordinal))
            return null;
        var replaced = Substitute(text, name => Report(name, path, node!));
        if (replaced == text)
            return null;
        var value = JsonValue.Create(replaced);
        origins.Replace(node!, value);
        return value;
    }

    private string Substitute(string text, Action<string> missing)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '$' && NameAt(text, i + 2, escaped: true) is { } literal)
            {
                result.Append("${").Append(literal).Append('}');
                i += literal.Length + 3;
            }
            else if (text[i] == '$' && NameAt(text, i + 1, escaped: false) is { } name)
            {
                if (variables.GetValueOrDefault(name) is { Length: > 0 } value)
                    result.Append(value);
                else
                {
                    missing(name);
                    result.Append("${").Append(name).Append('}');
                }
                i += name.Length + 2;
            }
            else
                result.Append(text[i]);
        }
        return result.ToString();
    }

    /// <summary>The name in braces that open at <paramref name="brace"/>, when it is one.</summary>
    private static string? NameAt(string text, int brace, bool escaped)
    {
        if (brace >= text.Length || text[brace] != '{' || (escaped && text[brace - 1] != '$'))
            return null;
        var close = text.IndexOf('}', brace);
        if (close < 0)
            return null;
        var name = text[(brace + 1)..close];
        var valid = name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');
        return valid ? name : null;
    }

    private void Report(string name, string path, JsonNode node) => Missing.Add(IssueFactory.Create(
        path,
        $"Missing env var \"{name}\" referenced at config path: {path}",
        $"set {name} in the environment or in env.vars, or write the value itself; $${{{name}}} is the literal text",
        origins.Find(node, null, null)));
}
