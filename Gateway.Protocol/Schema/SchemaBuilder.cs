using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpenClaw.Gateway.Protocol.Json;

namespace OpenClaw.Gateway.Protocol.Schema;

/// <summary>Derives a <see cref="SchemaNode"/> from a contract type, so that type and schema cannot disagree.</summary>
public sealed class SchemaBuilder(JsonSerializerOptions options)
{
    /// <summary>How deep a contract type may nest: the validator keeps its place on the stack.</summary>
    public const int MaxDepth = 16;

    private readonly ConcurrentDictionary<Type, SchemaNode> _built = new();

    /// <summary>The schema of <paramref name="type"/>, which must be known to the JSON context.</summary>
    /// <exception cref="NotSupportedException">The type has a shape that the contract does not use, contains itself, or nests deeper than <see cref="MaxDepth"/>.</exception>
    public SchemaNode Build(Type type)
    {
        if (_built.TryGetValue(type, out var known))
            return known;
        var node = Build(type, new Stack<Type>());
        if (DepthOf(node) > MaxDepth)
            throw new NotSupportedException($"{type} nests deeper than {MaxDepth} levels.");
        return node;
    }

    private SchemaNode Build(Type type, Stack<Type> within)
    {
        if (_built.TryGetValue(type, out var known))
            return known;
        if (within.Contains(type))
            throw new NotSupportedException($"{type} contains itself.");
        within.Push(type);
        var node = BuildType(type, within);
        within.Pop();
        return _built.GetOrAdd(type, node);
    }

    private SchemaNode BuildType(Type type, Stack<Type> within)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return new StringNode();
        if (type == typeof(bool))
            return BooleanNode.Instance;
        if (type == typeof(long) || type == typeof(int))
            return new NumberNode(Integer: true);
        if (type == typeof(double))
            return new NumberNode(Integer: false);
        if (type == typeof(JsonElement) || type == typeof(RawJsonValue))
            return AnyNode.Instance;

        var info = options.GetTypeInfo(type);
        return info.Kind switch
        {
            JsonTypeInfoKind.Enumerable => new ArrayNode(Build(info.ElementType!, within)),
            JsonTypeInfoKind.Dictionary => new MapNode(Build(info.ElementType!, within)),
            JsonTypeInfoKind.Object => BuildObject(info, within),
            _ => throw new NotSupportedException($"{type} has no place in the contract."),
        };
    }

    private ObjectNode BuildObject(JsonTypeInfo info, Stack<Type> within)
    {
        var properties = new List<SchemaProperty>(info.Properties.Count);
        foreach (var property in info.Properties)
        {
            // Ignored members stay in the metadata, without accessors.
            if (property is { Get: null, Set: null })
                continue;
            var node = Refine(Build(property.PropertyType, within), property.AttributeProvider, property.Name);
            properties.Add(new SchemaProperty(property.Name, node, property.IsRequired || !property.IsGetNullable, property.DeclaringType.Name));
        }
        return new ObjectNode(info.Type.Name, properties, info.Type.GetCustomAttribute<OpenObjectAttribute>() is null);
    }

    private static int DepthOf(SchemaNode node) => node switch
    {
        ObjectNode shape => 1 + shape.Properties.Select(property => DepthOf(property.Node)).DefaultIfEmpty().Max(),
        ArrayNode array => 1 + DepthOf(array.Items),
        MapNode map => 1 + DepthOf(map.Values),
        AnyOfNode anyOf => anyOf.Branches.Max(DepthOf),
        _ => 0,
    };

    private static SchemaNode Refine(SchemaNode node, ICustomAttributeProvider? attributes, string name)
    {
        if (attributes is null)
            return node;
        var orNull = false;
        foreach (var attribute in attributes.GetCustomAttributes(inherit: true))
        {
            node = (attribute, node) switch
            {
                (NonEmptyAttribute, StringNode text) => text with { MinLength = 1 },
                (NonEmptyAttribute, ArrayNode { Items: StringNode text } array) => array with { Items = text with { MinLength = 1 } },
                (TextLengthAttribute length, StringNode text) => text with { MinLength = length.Min, MaxLength = length.Max == int.MaxValue ? null : length.Max },
                (PatternAttribute pattern, StringNode text) => text with { Pattern = new TextPattern(pattern.Pattern) },
                (ItemCountAttribute count, ArrayNode array) => array with { MinItems = count.Min, MaxItems = count.Max == int.MaxValue ? null : count.Max },
                (BoundsAttribute bounds, NumberNode number) => number with { Minimum = bounds.Min, Maximum = bounds.Max == double.MaxValue ? null : bounds.Max },
                (OneOfAttribute oneOf, StringNode) => oneOf.Values.Count == 1 ? new ConstantNode(oneOf.Values[0]) : new AnyOfNode([.. oneOf.Values.Select(v => new ConstantNode(v))]),
                (NonEmptyAttribute or TextLengthAttribute or PatternAttribute or ItemCountAttribute or BoundsAttribute or OneOfAttribute, _) =>
                    throw new NotSupportedException($"{attribute.GetType().Name} does not fit the property {name}."),
                _ => node,
            };
            orNull |= attribute is OrNullAttribute;
        }
        return !orNull ? node
            : node is AnyOfNode anyOf ? new AnyOfNode([.. anyOf.Branches, NullNode.Instance])
            : new AnyOfNode([node, NullNode.Instance]);
    }
}
