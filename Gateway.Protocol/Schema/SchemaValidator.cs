using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OpenClaw.Gateway.Protocol.Schema;

/// <summary>Checks JSON against a <see cref="SchemaNode"/> and words every violation as the peer's clients know it.</summary>
/// <remarks>Order of the errors: missing properties, unexpected ones, then property by property as declared.</remarks>
public static class SchemaValidator
{
    /// <summary>More violations than this are not collected: the answer stays small whatever was sent.</summary>
    private const int MaxErrors = 64;

    /// <summary>True when <paramref name="value"/> has the shape of <paramref name="node"/>.</summary>
    public static bool IsValid(SchemaNode node, JsonElement value) => Validate(node, value) is null;

    /// <summary>All violations joined with <c>; </c>, or null when there is none.</summary>
    public static string? Validate(SchemaNode node, JsonElement value)
    {
        List<string>? errors = null;
        Check(node, value, "", ref errors);
        return errors is null ? null : string.Join("; ", errors.Distinct(StringComparer.Ordinal));
    }

    private static bool Check(SchemaNode node, JsonElement value, string path, ref List<string>? errors) => node switch
    {
        AnyNode => true,
        StringNode text => CheckString(text, value, path, ref errors),
        ObjectNode shape => CheckObject(shape, value, path, ref errors),
        NumberNode number => CheckNumber(number, value, path, ref errors),
        BooleanNode => value.ValueKind is JsonValueKind.True or JsonValueKind.False || Fail(ref errors, path, "must be boolean"),
        NullNode => value.ValueKind is JsonValueKind.Null || Fail(ref errors, path, "must be null"),
        ConstantNode constant => (value.ValueKind is JsonValueKind.String && value.ValueEquals(constant.Value)) || Fail(ref errors, path, "must be equal to constant"),
        AnyOfNode anyOf => CheckAnyOf(anyOf, value, path, ref errors),
        ArrayNode array => CheckArray(array, value, path, ref errors),
        MapNode map => CheckMap(map, value, path, ref errors),
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    private static bool CheckString(StringNode node, JsonElement value, string path, ref List<string>? errors)
    {
        if (value.ValueKind is not JsonValueKind.String)
            return Fail(ref errors, path, "must be string");
        if (node is { MinLength: 0, MaxLength: null, Pattern: null })
            return true;
        var text = value.GetString()!;
        var length = CodePoints(text);
        var valid = true;
        if (node.MaxLength is { } max && length > max)
            valid = Fail(ref errors, path, $"must NOT have more than {max} characters");
        if (length < node.MinLength)
            valid = Fail(ref errors, path, $"must NOT have fewer than {node.MinLength} characters");
        if (node.Pattern is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.ECMAScript | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
            valid = Fail(ref errors, path, $"must match pattern \"{pattern}\"");
        return valid;
    }

    private static bool CheckNumber(NumberNode node, JsonElement value, string path, ref List<string>? errors)
    {
        if (value.ValueKind is not JsonValueKind.Number || !value.TryGetDouble(out var number) || (node.Integer && number != Math.Floor(number)))
            return Fail(ref errors, path, node.Integer ? "must be integer" : "must be number");
        if (node.Maximum is { } max && number > max)
            return Fail(ref errors, path, "must be <= " + max.ToString(CultureInfo.InvariantCulture));
        if (node.Minimum is { } min && number < min)
            return Fail(ref errors, path, "must be >= " + min.ToString(CultureInfo.InvariantCulture));
        return true;
    }

    private static bool CheckAnyOf(AnyOfNode node, JsonElement value, string path, ref List<string>? errors)
    {
        List<string>? branchErrors = null;
        foreach (var branch in node.Branches)
        {
            if (Check(branch, value, path, ref branchErrors))
                return true;
        }
        (errors ??= []).AddRange(branchErrors ?? []);
        return Fail(ref errors, path, "must match a schema in anyOf");
    }

    private static bool CheckArray(ArrayNode node, JsonElement value, string path, ref List<string>? errors)
    {
        if (value.ValueKind is not JsonValueKind.Array)
            return Fail(ref errors, path, "must be array");
        var count = value.GetArrayLength();
        var valid = true;
        if (node.MaxItems is { } max && count > max)
            valid = Fail(ref errors, path, $"must NOT have more than {max} items");
        if (count < node.MinItems)
            valid = Fail(ref errors, path, $"must NOT have fewer than {node.MinItems} items");
        if (node.Items is AnyNode)
            return valid;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            valid &= Check(node.Items, item, $"{path}/{index++}", ref errors);
            if (errors?.Count >= MaxErrors)
                break;
        }
        return valid;
    }

    private static bool CheckMap(MapNode node, JsonElement value, string path, ref List<string>? errors)
    {
        if (value.ValueKind is not JsonValueKind.Object)
            return Fail(ref errors, path, "must be object");
        var valid = true;
        foreach (var property in value.EnumerateObject())
        {
            if (node.Values is AnyNode || IsValid(node.Values, property.Value))
                continue;
            // Of a repeated name the last value counts; looked up only for failures, which are few.
            valid &= Check(node.Values, value.GetProperty(property.Name), $"{path}/{Escape(property.Name)}", ref errors);
            if (errors?.Count >= MaxErrors)
                break;
        }
        return valid;
    }

    private static bool CheckObject(ObjectNode node, JsonElement value, string path, ref List<string>? errors)
    {
        if (value.ValueKind is not JsonValueKind.Object)
            return Fail(ref errors, path, "must be object");
        var valid = true;
        foreach (var property in node.Properties)
        {
            if (property.Required && !value.TryGetProperty(property.Name, out _))
                valid = Fail(ref errors, path, $"must have required property '{property.Name}'");
        }
        if (node.Closed)
            valid &= CheckUnexpected(node, value, path, ref errors);
        foreach (var property in node.Properties)
        {
            // Of a repeated name the last value counts, as everywhere in this contract.
            if (property.Node is not AnyNode && value.TryGetProperty(property.Name, out var child))
                valid &= Check(property.Node, child, $"{path}/{property.Name}", ref errors);
        }
        return valid;
    }

    private static bool CheckUnexpected(ObjectNode node, JsonElement value, string path, ref List<string>? errors)
    {
        var valid = true;
        foreach (var candidate in value.EnumerateObject())
        {
            if (Declares(node, candidate))
                continue;
            valid = Fail(ref errors, path.Length == 0 ? "root" : path, $"unexpected property '{candidate.Name}'");
            if (errors?.Count >= MaxErrors)
                break;
        }
        return valid;
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

    private static bool Fail(ref List<string>? errors, string path, string message)
    {
        if ((errors ??= []).Count < MaxErrors)
            errors.Add(path.Length == 0 ? message : $"at {path}: {message}");
        return false;
    }

    private static int CodePoints(string text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]))
                count--;
        }
        return count;
    }

    private static string Escape(string segment) => segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
