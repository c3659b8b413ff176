using System.Globalization;
using System.Text.Json;

namespace OpenClaw.Gateway.Protocol.Schema;

/// <summary>Checks JSON against a <see cref="SchemaNode"/> and words every violation as the peer's clients know it.</summary>
/// <remarks>
/// Order of the errors: missing properties, unexpected ones, then property by property as declared. Of a repeated name the
/// last value counts. Never throws; time is linear in the size of the value.
/// </remarks>
public static class SchemaValidator
{
    private const string IllFormed = "must be well-formed Unicode";

    /// <summary>True when <paramref name="value"/> has the shape of <paramref name="node"/>.</summary>
    public static bool IsValid(SchemaNode node, JsonElement value)
    {
        try
        {
            var errors = SchemaErrors.Silent();
            return Check(node, value, ref errors);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>All violations (the first 64) joined with <c>; </c>, or null when there is none.</summary>
    public static string? Validate(SchemaNode node, JsonElement value)
    {
        try
        {
            var errors = SchemaErrors.Collecting();
            return Check(node, value, ref errors) ? null : errors.ToString();
        }
        catch (InvalidOperationException)
        {
            // An unpaired surrogate, or bytes that are not UTF-8: the reader of frames repairs both before anything comes here.
            return IllFormed;
        }
    }

    internal static bool Check(SchemaNode node, JsonElement value, ref SchemaErrors errors) => node switch
    {
        AnyNode => true,
        StringNode text => CheckString(text, value, ref errors),
        ObjectNode shape => ObjectValidation.CheckObject(shape, value, ref errors),
        NumberNode number => CheckNumber(number, value, ref errors),
        BooleanNode => value.ValueKind is JsonValueKind.True or JsonValueKind.False || errors.Add("must be boolean"),
        NullNode => value.ValueKind is JsonValueKind.Null || errors.Add("must be null"),
        ConstantNode constant => CheckConstant(constant, value, ref errors),
        AnyOfNode anyOf => CheckAnyOf(anyOf, value, ref errors),
        ArrayNode array => CheckArray(array, value, ref errors),
        MapNode map => ObjectValidation.CheckMap(map, value, ref errors),
        _ => throw new NotSupportedException(node.GetType().Name),
    };

    private static bool CheckString(StringNode node, JsonElement value, ref SchemaErrors errors)
    {
        if (value.ValueKind is not JsonValueKind.String)
            return errors.Add("must be string");
        if (node is { MinLength: 0, MaxLength: null, Pattern: null })
            return true;
        var valid = true;
        var length = JsonText.CodePoints(value);
        if (node.MaxLength is { } max && length > max)
            valid = errors.Add($"must NOT have more than {max} characters");
        if (length < node.MinLength)
            valid = errors.Add($"must NOT have fewer than {node.MinLength} characters");
        if (node.Pattern is { } pattern && !pattern.IsMatch(value.GetString()!))
            valid = errors.Add($"must match pattern \"{pattern.Source}\"");
        return valid;
    }

    private static bool CheckConstant(ConstantNode node, JsonElement value, ref SchemaErrors errors)
    {
        if (value.ValueKind is JsonValueKind.String)
            return value.ValueEquals(node.Value) || errors.Add("must be equal to constant");
        errors.Add("must be string");
        return errors.Add("must be equal to constant");
    }

    private static bool CheckNumber(NumberNode node, JsonElement value, ref SchemaErrors errors)
    {
        // 1e999 is JSON, but no finite number, and no number at all to the peer.
        var isNumber = value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number);
        number = isNumber ? value.GetDouble() : 0;
        var valid = isNumber && !(node.Integer && number != Math.Floor(number));
        if (!valid)
            errors.Add(node.Integer ? "must be integer" : "must be number");
        if (node is { Minimum: { } only, Maximum: { } same } && only.Equals(same))
            return isNumber && number.Equals(only) ? valid : errors.Add("must be equal to constant");
        if (isNumber && node.Maximum is { } max && number > max)
            valid = errors.Add("must be <= " + max.ToString(CultureInfo.InvariantCulture));
        if (isNumber && node.Minimum is { } min && number < min)
            valid = errors.Add("must be >= " + min.ToString(CultureInfo.InvariantCulture));
        return valid;
    }

    private static bool CheckAnyOf(AnyOfNode node, JsonElement value, ref SchemaErrors errors)
    {
        var before = errors.Count;
        foreach (var branch in node.Branches)
        {
            if (Check(branch, value, ref errors))
            {
                errors.Forget(before);
                return true;
            }
        }
        return errors.Add("must match a schema in anyOf");
    }

    private static bool CheckArray(ArrayNode node, JsonElement value, ref SchemaErrors errors)
    {
        if (value.ValueKind is not JsonValueKind.Array)
            return errors.Add("must be array");
        var count = value.GetArrayLength();
        var valid = true;
        if (node.MaxItems is { } max && count > max)
            valid = errors.Add($"must NOT have more than {max} items");
        if (count < node.MinItems)
            valid = errors.Add($"must NOT have fewer than {node.MinItems} items");
        if (node.Items is AnyNode)
            return valid;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (!valid && errors.Full)
                return false;
            errors.Enter(index++);
            valid &= Check(node.Items, item, ref errors);
            errors.Leave();
        }
        return valid;
    }
}
