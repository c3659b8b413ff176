using System.Text.Json;
using OpenClaw.Gateway.Protocol.Generation;

namespace OpenClaw.Gateway.Protocol.Schema;

/// <summary>Writes one <see cref="SchemaNode"/> as JSON Schema.</summary>
internal static class SchemaNodeWriter
{
    /// <summary>Writes the members of a type's definition.</summary>
    public static void WriteDefinition(Utf8JsonWriter json, ObjectNode type, ContractDocs docs)
    {
        json.WriteString("type", "object");
        WriteDescription(json, docs.OfType(type.Name));
        json.WriteStartObject("properties");
        foreach (var property in type.Properties)
        {
            json.WriteStartObject(property.Name);
            WriteMembers(json, property.Node);
            WriteDescription(json, docs.OfMember(property.DeclaredBy ?? type.Name, property.Name));
            json.WriteEndObject();
        }
        json.WriteEndObject();
        if (type.Properties.Any(property => property.Required))
        {
            json.WriteStartArray("required");
            foreach (var property in type.Properties.Where(property => property.Required))
                json.WriteStringValue(property.Name);
            json.WriteEndArray();
        }
        if (type.Closed)
            json.WriteBoolean("additionalProperties", false);
    }

    /// <summary>Writes <paramref name="node"/> as a schema called <paramref name="name"/>.</summary>
    public static void Write(Utf8JsonWriter json, string name, SchemaNode node)
    {
        json.WriteStartObject(name);
        WriteMembers(json, node);
        json.WriteEndObject();
    }

    /// <summary>Writes the member that points to a type's definition.</summary>
    public static void WriteReference(Utf8JsonWriter json, ObjectNode type) => json.WriteString("$ref", "#/definitions/" + type.Name);

    /// <summary>Writes a description, when there is one.</summary>
    public static void WriteDescription(Utf8JsonWriter json, string? text)
    {
        if (text is not null)
            json.WriteString("description", text);
    }

    private static void WriteMembers(Utf8JsonWriter json, SchemaNode node)
    {
        switch (node)
        {
            case AnyNode:
                break;
            case ObjectNode type:
                WriteReference(json, type);
                break;
            case NullNode:
                json.WriteString("type", "null");
                break;
            case BooleanNode:
                json.WriteString("type", "boolean");
                break;
            case ConstantNode constant:
                json.WriteString("type", "string");
                json.WriteString("const", constant.Value);
                break;
            case StringNode text:
                WriteText(json, text);
                break;
            case NumberNode number:
                json.WriteString("type", number.Integer ? "integer" : "number");
                if (number is { Minimum: { } only, Maximum: { } same } && only.Equals(same))
                {
                    json.WriteNumber("const", only);
                    break;
                }
                if (number.Minimum is { } minimum)
                    json.WriteNumber("minimum", minimum);
                if (number.Maximum is { } maximum)
                    json.WriteNumber("maximum", maximum);
                break;
            case ArrayNode array:
                json.WriteString("type", "array");
                if (array.MinItems > 0)
                    json.WriteNumber("minItems", array.MinItems);
                if (array.MaxItems is { } maxItems)
                    json.WriteNumber("maxItems", maxItems);
                Write(json, "items", array.Items);
                break;
            case MapNode map:
                json.WriteString("type", "object");
                Write(json, "additionalProperties", map.Values);
                break;
            case AnyOfNode anyOf:
                WriteAnyOf(json, anyOf);
                break;
            default:
                throw new NotSupportedException(node.GetType().Name);
        }
    }

    private static void WriteText(Utf8JsonWriter json, StringNode text)
    {
        json.WriteString("type", "string");
        if (text.MinLength > 0)
            json.WriteNumber("minLength", text.MinLength);
        if (text.MaxLength is { } maxLength)
            json.WriteNumber("maxLength", maxLength);
        if (text.Pattern is { } pattern)
            json.WriteString("pattern", pattern.Source);
    }

    private static void WriteAnyOf(Utf8JsonWriter json, AnyOfNode anyOf)
    {
        json.WriteStartArray("anyOf");
        foreach (var branch in anyOf.Branches)
        {
            json.WriteStartObject();
            WriteMembers(json, branch);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
