using System.Text;
using OpenClaw.Gateway.Core.Configuration.Redaction;
using OpenClaw.Gateway.Core.Configuration.Schema;
using OpenClaw.Gateway.Protocol.Methods.Config;

namespace OpenClaw.Gateway.Core.Methods.Config;

/// <summary>How a form shows the known keys: the order of the sections, names made from the keys, and which values are secrets.</summary>
internal static class ConfigUiHints
{
    /// <summary>In the order in which people set things up; the others follow by name.</summary>
    private static readonly string[] Sections =
        ["gateway", "agents", "models", "channels", "tools", "session", "messages", "hooks", "cron", "skills", "bindings", "approvals", "commands", "plugins", "browser", "ui", "logging", "env"];

    private const int Step = 10;

    public static IReadOnlyDictionary<string, ConfigUiHint> Create(ObjectType root)
    {
        var hints = new Dictionary<string, ConfigUiHint>(StringComparer.Ordinal);
        var order = Step;
        foreach (var (key, node) in root.Members.OrderBy(static member => Place(member.Key)).ThenBy(static member => member.Key, StringComparer.Ordinal))
        {
            hints[key] = new ConfigUiHint { Label = Label(key), Group = Label(key), Order = order };
            order += Step;
            Visit(node, key, hints);
        }
        return hints;
    }

    /// <summary><c>allowedOrigins</c> becomes <c>Allowed Origins</c>.</summary>
    public static string Label(string key)
    {
        var text = new StringBuilder();
        for (var i = 0; i < key.Length; i++)
        {
            if (i > 0 && char.IsUpper(key[i]) && !char.IsUpper(key[i - 1]))
                text.Append(' ');
            text.Append(i == 0 ? char.ToUpperInvariant(key[i]) : key[i]);
        }
        return text.ToString();
    }

    private static int Place(string section) => Array.IndexOf(Sections, section) is >= 0 and var place ? place : Sections.Length;

    private static void Visit(SchemaNode node, string path, Dictionary<string, ConfigUiHint> hints)
    {
        foreach (var type in node.Types)
        {
            switch (type)
            {
                case ObjectType obj:
                    foreach (var (key, member) in obj.Members)
                        Add(member, key, $"{path}.{key}", hints);
                    if (obj.Additional is { } additional)
                        Visit(additional, path + ".*", hints);
                    break;
                case MapType map:
                    Visit(map.Values, path + ".*", hints);
                    break;
                case ArrayType list:
                    Visit(list.Items, path + ".*", hints);
                    break;
            }
        }
    }

    private static void Add(SchemaNode node, string key, string path, Dictionary<string, ConfigUiHint> hints)
    {
        var isSecret = ConfigRedaction.IsSensitiveKey(key) && node.Types.Any(static type => type is StringType);
        hints[path] = new ConfigUiHint { Label = Label(key), Sensitive = isSecret ? true : null };
        Visit(node, path, hints);
    }
}
