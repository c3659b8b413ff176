using System.Text.Json;

namespace OpenClaw.Gateway.Protocol.Schema;

/// <summary>The part of <see cref="SchemaValidator"/> that is about properties.</summary>
internal static class ObjectValidation
{
    /// <summary>More unexpected names than this are not even put in order: most of them will not be told.</summary>
    private const int MaxUnexpected = 1024;

    public static bool CheckObject(ObjectNode node, JsonElement value, ref SchemaErrors errors)
    {
        if (value.ValueKind is not JsonValueKind.Object)
            return errors.Add("must be object");
        var valid = true;
        foreach (var property in node.Properties)
        {
            if (property.Required && !value.TryGetProperty(property.Name, out _))
                valid = errors.Add($"must have required property '{property.Name}'");
        }
        if (node.Closed)
            valid &= CheckUnexpected(node, value, ref errors);
        foreach (var property in node.Properties)
        {
            if (!valid && errors.Full)
                return false;
            if (property.Node is AnyNode || !value.TryGetProperty(property.Name, out var child))
                continue;
            errors.Enter(property.Name);
            valid &= SchemaValidator.Check(property.Node, child, ref errors);
            errors.Leave();
        }
        return valid;
    }

    public static bool CheckMap(MapNode node, JsonElement value, ref SchemaErrors errors)
    {
        if (value.ValueKind is not JsonValueKind.Object)
            return errors.Add("must be object");
        if (node.Values is AnyNode)
            return true;
        Dictionary<string, JsonElement>? suspects = null;
        foreach (var property in value.EnumerateObject())
        {
            if (!SchemaValidator.IsValid(node.Values, property.Value))
                (suspects ??= new Dictionary<string, JsonElement>(StringComparer.Ordinal))[property.Name] = default;
        }
        return suspects is null || CheckSuspects(node, value, suspects, ref errors);
    }

    // A wrong value may be followed by a right one of the same name, which is the one that counts.
    private static bool CheckSuspects(MapNode node, JsonElement value, Dictionary<string, JsonElement> suspects, ref SchemaErrors errors)
    {
        var names = new List<string>(suspects.Count);
        foreach (var property in value.EnumerateObject())
        {
            if (!suspects.TryGetValue(property.Name, out var known))
                continue;
            if (known.ValueKind is JsonValueKind.Undefined)
                names.Add(property.Name);
            suspects[property.Name] = property.Value;
        }
        var valid = true;
        foreach (var name in EcmaScriptOrder.Of(names))
        {
            if (!valid && errors.Full)
                return false;
            errors.Enter(name);
            valid &= SchemaValidator.Check(node.Values, suspects[name], ref errors);
            errors.Leave();
        }
        return valid;
    }

    private static bool CheckUnexpected(ObjectNode node, JsonElement value, ref SchemaErrors errors)
    {
        HashSet<string>? seen = null;
        List<string>? names = null;
        foreach (var candidate in value.EnumerateObject())
        {
            if (Declares(node, candidate))
                continue;
            if (errors.Full)
                return false;
            if ((seen ??= new HashSet<string>(StringComparer.Ordinal)).Add(candidate.Name))
                (names ??= []).Add(candidate.Name);
            if (seen.Count == MaxUnexpected)
                break;
        }
        if (names is null)
            return true;
        foreach (var name in EcmaScriptOrder.Of(names))
            errors.AddUnexpected(name);
        return false;
    }

    private static bool Declares(ObjectNode node, JsonProperty candidate)
    {
        foreach (var property in node.Properties)
        {
            if (candidate.NameEquals(property.Name))
                return true;
        }
        return false;
    }
}
