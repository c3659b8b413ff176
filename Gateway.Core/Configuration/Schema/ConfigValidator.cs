using System.Globalization;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Loading;

namespace OpenClaw.Gateway.Core.Configuration.Schema;

/// <summary>
/// Checks a configuration against the schema. A wrong type refuses it; an unknown key never does: it is kept and
/// warned about, because it may belong to another version.
/// </summary>
internal sealed class ConfigValidator(ConfigSchema schema, ConfigOrigins origins)
{
    public List<ConfigIssue> Errors { get; } = [];

    public List<ConfigIssue> Warnings { get; } = [];

    public void Validate(JsonNode? root)
    {
        if (root is not JsonObject document)
        {
            Errors.Add(Issue("", $"Invalid input: expected object, received {JsonKinds.ReceivedName(root)}", null, root, null, null));
            return;
        }
        VisitObject(document, schema.Root, "", advisory: false);
    }

    /// <summary>Whether the key path lies in a part of the schema where a wrong value refuses the configuration.</summary>
    public bool IsEnforced(string path)
    {
        var node = new SchemaNode([schema.Root], Advisory: false);
        foreach (var segment in path.Split('.'))
        {
            var next = node.Types.Select(type => Step(type, segment)).FirstOrDefault(found => found is not null);
            if (next is null || next.Advisory)
                return false;
            node = next;
        }
        return true;
    }

    private static SchemaNode? Step(SchemaType type, string segment) => type switch
    {
        ObjectType obj => obj.Members.GetValueOrDefault(segment) ?? obj.Additional,
        MapType map => map.Values,
        ArrayType array => array.Items,
        _ => null,
    };

    private void Visit(JsonNode? value, SchemaNode node, string path, JsonNode parent, string key, bool advisory)
    {
        advisory |= node.Advisory;
        var kind = node.Types.FirstOrDefault(type => ValueRules.FitsKind(value, type));
        if (kind is null)
        {
            Report(path, ValueRules.DescribeMismatch(value, node.Types), ValueRules.Allowed(node.Types), value, parent, key, advisory);
            return;
        }
        switch (kind)
        {
            case ObjectType obj:
                VisitObject((JsonObject)value!, obj, path, advisory);
                break;
            case MapType map:
                foreach (var (name, item) in (JsonObject)value!)
                    Visit(item, map.Values, Join(path, name), value!, name, advisory);
                break;
            case ArrayType array:
                var items = (JsonArray)value!;
                for (var i = 0; i < items.Count; i++)
                {
                    var index = i.ToString(CultureInfo.InvariantCulture);
                    Visit(items[i], array.Items, Join(path, index), items, index, advisory);
                }
                break;
            default:
                if (!node.Types.Any(type => ValueRules.Problem(value, type) is null))
                    Report(path, ValueRules.Describe(value, node.Types, kind), ValueRules.Allowed(node.Types), value, parent, key, advisory);
                break;
        }
    }

    private void VisitObject(JsonObject obj, ObjectType type, string path, bool advisory)
    {
        foreach (var (key, value) in obj)
        {
            if ((type.Members.GetValueOrDefault(key) ?? type.Additional) is { } member)
                Visit(value, member, Join(path, key), obj, key, advisory);
            else if (!type.Open)
                Warnings.Add(Issue(path, $"Unrecognized key: \"{key}\"", "kept and ignored", value, obj, key));
        }
    }

    private void Report(string path, string message, string? allowed, JsonNode? value, JsonNode parent, string key, bool advisory)
    {
        var detail = $"found {ValueRules.Show(value, key)}" + (allowed is null ? "" : $"; allowed: {allowed}");
        (advisory ? Warnings : Errors).Add(Issue(path, message, detail, value, parent, key));
    }

    private ConfigIssue Issue(string path, string message, string? detail, JsonNode? value, JsonNode? parent, string? key) =>
        IssueFactory.Create(path, message, detail, origins.Find(value, parent, key));

    private static string Join(string path, string key) => path.Length == 0 ? key : path + "." + key;
}
