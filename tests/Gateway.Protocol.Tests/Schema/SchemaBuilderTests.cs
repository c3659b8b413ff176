using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Tests.Schema;

public sealed class SchemaBuilderTests
{
    private readonly SchemaBuilder _builder = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    });

    [Fact]
    public void Build_EveryAttribute_RefinesItsProperty()
    {
        var shape = Assert.IsType<ObjectNode>(_builder.Build(typeof(Everything)));

        Assert.Equal("Everything", shape.Name);
        Assert.True(shape.Closed);
        Assert.Equal(
            ["text", "name", "names", "label", "day", "one", "mode", "cleared", "limit", "ratio", "flag", "map", "any", "child"],
            shape.Properties.Select(property => property.Name));
        Assert.Equal(new StringNode(), Node(shape, "text"));
        Assert.Equal(new StringNode(MinLength: 1), Node(shape, "name"));
        var names = Assert.IsType<ArrayNode>(Node(shape, "names"));
        Assert.Equal((new StringNode(MinLength: 1), 1, 3), ((StringNode)names.Items, names.MinItems, names.MaxItems));
        Assert.Equal(new StringNode(MinLength: 1, MaxLength: 64), Node(shape, "label"));
        Assert.Equal("^a$", Assert.IsType<StringNode>(Node(shape, "day")).Pattern?.Source);
        Assert.Equal(new ConstantNode("x"), Node(shape, "one"));
        Assert.Equal([new ConstantNode("on"), new ConstantNode("off"), NullNode.Instance], Assert.IsType<AnyOfNode>(Node(shape, "mode")).Branches);
        Assert.Equal([new StringNode(), NullNode.Instance], Assert.IsType<AnyOfNode>(Node(shape, "cleared")).Branches);
        Assert.Equal(new NumberNode(Integer: true, Minimum: 1, Maximum: 5), Node(shape, "limit"));
        Assert.Equal(new NumberNode(Integer: false), Node(shape, "ratio"));
        Assert.Equal(BooleanNode.Instance, Node(shape, "flag"));
        Assert.Equal(BooleanNode.Instance, Assert.IsType<MapNode>(Node(shape, "map")).Values);
        Assert.Equal(AnyNode.Instance, Node(shape, "any"));
        Assert.False(Assert.IsType<ObjectNode>(Node(shape, "child")).Closed);
    }

    [Fact]
    public void Build_RequiredMember_IsRequired()
    {
        var shape = (ObjectNode)_builder.Build(typeof(Everything));

        Assert.Equal(["text"], shape.Properties.Where(property => property.Required).Select(property => property.Name));
    }

    [Fact]
    public void Build_MemberThatCannotBeNull_IsRequired()
    {
        // In the product the compiler's nullable annotations come with the source-generated metadata.
        var shape = (ObjectNode)ProtocolJson.SchemaOf<Protocol.Methods.Chat.ChatAbortResult>();

        Assert.All(shape.Properties, property => Assert.True(property.Required, property.Name));
    }

    [Fact]
    public void Build_Params_RequireOnlyWhatTheyDeclareRequired()
    {
        foreach (var method in GatewayMethods.All.Where(method => ProtocolJson.SchemaOf(method.ParamsType) is ObjectNode))
        {
            var declared = ProtocolJson.Context.GetTypeInfo(method.ParamsType)!.Properties.Where(property => property.IsRequired).Select(property => property.Name);
            var required = ((ObjectNode)ProtocolJson.SchemaOf(method.ParamsType)).Properties.Where(property => property.Required).Select(property => property.Name);
            Assert.Equal(declared, required);
        }
    }

    [Fact]
    public void Build_SameType_IsTheSameNode() => Assert.Same(_builder.Build(typeof(Everything)), _builder.Build(typeof(Everything)));

    [Theory]
    [InlineData(typeof(Recursive), "contains itself")]
    [InlineData(typeof(Misplaced), "BoundsAttribute does not fit the property text")]
    [InlineData(typeof(Dated), "has no place in the contract")]
    [InlineData(typeof(List<List<List<List<List<List<List<List<List<List<List<List<List<List<List<List<List<string>>>>>>>>>>>>>>>>>), "nests deeper than 16")]
    public void Build_TypeOutsideTheContract_SaysWhy(Type type, string reason) =>
        Assert.Contains(reason, Assert.Throws<NotSupportedException>(() => _builder.Build(type)).Message, StringComparison.Ordinal);

    private static SchemaNode Node(ObjectNode shape, string name) => shape.Properties.Single(property => property.Name == name).Node;

    public sealed record Everything
    {
        public required string Text { get; init; }

        [NonEmpty]
        public string? Name { get; init; }

        [NonEmpty]
        [ItemCount(1, 3)]
        public IReadOnlyList<string>? Names { get; init; }

        [TextLength(1, 64)]
        public string? Label { get; init; }

        [Pattern("^a$")]
        public string? Day { get; init; }

        [OneOf("x")]
        public string? One { get; init; }

        [OneOf("on", "off")]
        [OrNull]
        public string? Mode { get; init; }

        [OrNull]
        public string? Cleared { get; init; }

        [Bounds(1, 5)]
        public long? Limit { get; init; }

        public double? Ratio { get; init; }

        public bool? Flag { get; init; }

        public IReadOnlyDictionary<string, bool>? Map { get; init; }

        public JsonElement? Any { get; init; }

        public Child? Child { get; init; }

        [JsonIgnore]
        public string? Hidden { get; init; }
    }

    [OpenObject]
    public sealed record Child;

    public sealed record Recursive
    {
        public Recursive? Again { get; init; }
    }

    public sealed record Misplaced
    {
        [Bounds(1)]
        public string? Text { get; init; }
    }

    public sealed record Dated
    {
        public DateTime? When { get; init; }
    }
}
