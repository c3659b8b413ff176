using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Rules;

/// <summary>Values that are run as commands: a program, never a line for a shell.</summary>
internal sealed class CommandRules(AddIssue add, List<ConfigIssue> errors)
{
    private static readonly System.Buffers.SearchValues<char> Forbidden = System.Buffers.SearchValues.Create(";&|`$<>\"'\r\n\0");

    public void Check(JsonObject config)
    {
        var tools = config["tools"] as JsonObject;
        CheckBelow(tools?["media"], "tools.media");
        CheckBelow(tools?["links"], "tools.links");
        CheckBelow((config["agents"] as JsonObject)?["defaults"] is JsonObject defaults ? defaults["cliBackends"] : null, "agents.defaults.cliBackends");
    }

    public static bool IsSafe(string value)
    {
        var text = value.Trim();
        if (text.Length == 0 || text.AsSpan().ContainsAny(Forbidden))
            return false;
        if (text[0] is '.' or '~' || text.Contains('/', StringComparison.Ordinal) || text.Contains('\\', StringComparison.Ordinal))
            return true;
        return text[0] != '-' && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '+' or '-');
    }

    private void CheckBelow(JsonNode? node, string path)
    {
        switch (node)
        {
            case JsonObject obj:
                if (ConfigRules.Text(obj, "command") is { } command && !IsSafe(command))
                    add(errors, path + ".command", "expected safe executable name or path", obj, "command");
                foreach (var (key, value) in obj)
                    CheckBelow(value, $"{path}.{key}");
                break;
            case JsonArray array:
                for (var i = 0; i < array.Count; i++)
                    CheckBelow(array[i], $"{path}.{i}");
                break;
        }
    }
}
