using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Loading;

namespace OpenClaw.Gateway.Core.Configuration.Schema;

/// <summary>What fits a schema type, and how to say what does not. The first sentence of a complaint is the peer's.</summary>
internal static class ValueRules
{
    private const int ShownCharacters = 60;

    /// <summary>Whether the JSON type fits, whatever the value.</summary>
    public static bool FitsKind(JsonNode? value, SchemaType type)
    {
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        return type switch
        {
            AnyType => true,
            BooleanType => kind is JsonValueKind.True or JsonValueKind.False,
            StringType or LiteralType or EnumType => kind is JsonValueKind.String,
            NumberType => kind is JsonValueKind.Number,
            ArrayType => kind is JsonValueKind.Array,
            ObjectType or MapType => kind is JsonValueKind.Object,
            _ => false,
        };
    }

    /// <summary>What is wrong with a scalar of the right JSON type; null when it fits.</summary>
    public static string? Problem(JsonNode? value, SchemaType type)
    {
        if (!FitsKind(value, type))
            return "Invalid input";
        switch (type)
        {
            case LiteralType literal:
                return Text(value) == literal.Word ? null : "Invalid input";
            case EnumType words:
                return words.Words.Contains(Text(value)) ? null : $"Invalid option: expected one of {string.Join('|', words.Words.Select(word => $"\"{word}\""))}";
            case StringType text:
                var length = Text(value).Length;
                if (length < text.MinLength)
                    return $"Too small: expected string to have >={text.MinLength} characters";
                if (length > text.MaxLength)
                    return $"Too big: expected string to have <={text.MaxLength} characters";
                return text.Pattern is null || text.Pattern.IsMatch(Text(value)) ? null : $"Invalid string: must match pattern /{text.Pattern}/";
            case NumberType number:
                return NumberProblem(Number(value), number);
            default:
                return null;
        }
    }

    public static string DescribeMismatch(JsonNode? value, IReadOnlyList<SchemaType> types) =>
        types.Count > 1 || types[0] is LiteralType
            ? "Invalid input"
            : types[0] is EnumType ? Problem(JsonValue.Create(""), types[0])!
            : $"Invalid input: expected {ExpectedName(types[0])}, received {JsonKinds.ReceivedName(value)}";

    public static string Describe(JsonNode? value, IReadOnlyList<SchemaType> types, SchemaType kind) =>
        types.Count > 1 ? "Invalid input" : Problem(value, kind)!;

    /// <summary>The value for a message: short, on one line, and never a secret.</summary>
    public static string Show(JsonNode? value, string key)
    {
        var kind = JsonKinds.ReceivedName(value);
        if (kind is "object" or "array" || Redaction.ConfigRedaction.IsSensitiveKey(key))
            return kind;
        var text = value?.ToJsonString() ?? "null";
        return text.Length <= ShownCharacters ? text : text[..ShownCharacters] + "…";
    }

    public static string? Allowed(IReadOnlyList<SchemaType> types) =>
        string.Join(", ", types.Select(AllowedName)) is { Length: > 0 } text ? text : null;

    private static string AllowedName(SchemaType type) => type switch
    {
        LiteralType literal => $"\"{literal.Word}\"",
        EnumType words => string.Join(", ", words.Words.Select(word => $"\"{word}\"")),
        BooleanType => "true, false",
        StringType { Pattern: { } pattern } => $"text like {pattern}",
        StringType { MinLength: > 0 } text => $"text of at least {text.MinLength} character(s)",
        StringType { MaxLength: < int.MaxValue } text => $"text of at most {text.MaxLength} characters",
        StringType => "text in quotes",
        NumberType number => (number.Integer ? "a whole number" : "a number") + RangeText(number),
        ArrayType => "a list [ … ]",
        ObjectType or MapType => "an object { … }",
        _ => "anything",
    };

    private static string RangeText(NumberType number) => (number.Minimum, number.Maximum) switch
    {
        ({ } least, { } most) => string.Create(CultureInfo.InvariantCulture, $" from {least} to {most}"),
        ({ } least, null) => string.Create(CultureInfo.InvariantCulture, $" {(number.Exclusive ? "greater than" : "of at least")} {least}"),
        (null, { } most) => string.Create(CultureInfo.InvariantCulture, $" of at most {most}"),
        _ => "",
    };

    private static string? NumberProblem(double value, NumberType type)
    {
        if (type.Integer && !double.IsInteger(value))
            return "Invalid input: expected int, received number";
        if (type.Minimum is { } least && (type.Exclusive ? value <= least : value < least))
        {
            // The peer's port rule is "greater than 0", and its wording is what scripts compare with.
            return type is { Integer: true, Minimum: 1, Maximum: not null }
                ? "Too small: expected number to be >0"
                : string.Create(CultureInfo.InvariantCulture, $"Too small: expected number to be {(type.Exclusive ? ">" : ">=")}{least}");
        }
        if (type.Maximum is { } most && value > most)
            return string.Create(CultureInfo.InvariantCulture, $"Too big: expected number to be <={most}");
        return null;
    }

    private static string ExpectedName(SchemaType type) => type switch
    {
        BooleanType => "boolean",
        StringType => "string",
        NumberType => "number",
        ArrayType => "array",
        MapType => "record",
        _ => "object",
    };

    private static string Text(JsonNode? value) => value!.GetValue<string>();

    private static double Number(JsonNode? value) => value!.GetValue<double>();
}
