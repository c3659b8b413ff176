using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration.Schema;

/// <summary>The known configuration keys as a JSON Schema (draft 7), for editors and forms.</summary>
public static class JsonSchemaDocument
{
    /// <summary>The schema. The caller may change its copy.</summary>
    public static JsonObject Create()
    {
        var schema = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#" };
        foreach (var (key, value) in Describe(ConfigSchema.Instance.Root))
            schema[key] = value?.DeepClone();
        schema["title"] = "OpenClawConfig";
        return schema;
    }

    private static JsonObject Describe(SchemaNode node) =>
        node.Types.Count == 1 ? Describe(node.Types[0]) : new JsonObject { ["anyOf"] = new JsonArray([.. node.Types.Select(Describe)]) };

    private static JsonObject Describe(SchemaType type) => type switch
    {
        BooleanType => new JsonObject { ["type"] = "boolean" },
        LiteralType literal => new JsonObject { ["type"] = "string", ["const"] = literal.Word },
        EnumType words => new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. words.Words.Select(static word => JsonValue.Create(word))]) },
        StringType text => Text(text),
        NumberType number => Number(number),
        ArrayType list => new JsonObject { ["type"] = "array", ["items"] = Describe(list.Items) },
        MapType map => new JsonObject { ["type"] = "object", ["additionalProperties"] = Describe(map.Values) },
        ObjectType obj => Object(obj),
        _ => [],
    };

    private static JsonObject Text(StringType text)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (text.MinLength > 0)
            schema["minLength"] = text.MinLength;
        if (text.MaxLength < int.MaxValue)
            schema["maxLength"] = text.MaxLength;
        if (text.Pattern is { } pattern)
            schema["pattern"] = pattern.ToString();
        return schema;
    }

    private static JsonObject Number(NumberType number)
    {
        var schema = new JsonObject { ["type"] = number.Integer ? "integer" : "number" };
        if (number.Minimum is { } least)
            schema[number.Exclusive ? "exclusiveMinimum" : "minimum"] = least;
        if (number.Maximum is { } most)
            schema["maximum"] = most;
        return schema;
    }

    private static JsonObject Object(ObjectType obj) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(obj.Members.Select(static member => KeyValuePair.Create(member.Key, (JsonNode?)Describe(member.Value)))),
        ["additionalProperties"] = obj.Additional is { } additional ? Describe(additional) : JsonValue.Create(obj.Open),
    };
}
