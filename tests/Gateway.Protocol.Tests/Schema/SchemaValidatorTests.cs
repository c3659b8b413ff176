using System.Text.Json;
using OpenClaw.Gateway.Protocol.Connect;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Sessions;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Tests.Schema;

public sealed class SchemaValidatorTests
{
    private static readonly ObjectNode Sample = new(
        "Sample",
        [
            new("name", new StringNode(MinLength: 2, MaxLength: 4), Required: true),
            new("count", new NumberNode(Integer: true, Minimum: 1, Maximum: 5), Required: true),
            new("ratio", new NumberNode(Integer: false), Required: false),
            new("day", new StringNode(Pattern: new TextPattern("^a$")), Required: false),
            new("mode", new AnyOfNode([new ConstantNode("on"), new ConstantNode("off"), NullNode.Instance]), Required: false),
            new("kind", new ConstantNode("x"), Required: false),
            new("tags", new ArrayNode(new StringNode(MinLength: 1), MinItems: 2, MaxItems: 3), Required: false),
            new("flags", new MapNode(BooleanNode.Instance), Required: false),
            new("any", AnyNode.Instance, Required: false),
        ],
        Closed: true);

    [Theory]
    [InlineData("""{"name":"ab","count":1}""", null)]
    [InlineData("""{"name":"ab","count":1,"ratio":0.5,"day":"a","mode":null,"kind":"x","tags":["a","b"],"flags":{"f":true},"any":[{}]}""", null)]
    [InlineData("null", "must be object")]
    [InlineData("[]", "must be object")]
    [InlineData("{}", "must have required property 'name'; must have required property 'count'")]
    [InlineData("""{"count":9,"b":1,"a":2}""", "must have required property 'name'; at root: unexpected property 'b'; at root: unexpected property 'a'; at /count: must be <= 5")]
    [InlineData("""{"name":"a","count":0}""", "at /name: must NOT have fewer than 2 characters; at /count: must be >= 1")]
    [InlineData("""{"name":"abcde","count":1.5}""", "at /name: must NOT have more than 4 characters; at /count: must be integer")]
    [InlineData("""{"name":1,"count":"1"}""", "at /name: must be string; at /count: must be integer")]
    [InlineData("""{"name":"ab","count":0.5}""", "at /count: must be integer; at /count: must be >= 1")]
    [InlineData("""{"name":"ab","count":1e999}""", "at /count: must be integer")]
    [InlineData("""{"name":"ab","count":3.0}""", null)]
    [InlineData("""{"name":"ab","count":0.3e1}""", null)]
    [InlineData("""{"name":"ab","count":1,"ratio":-1e999}""", "at /ratio: must be number")]
    [InlineData("""{"name":"ab","count":1,"day":"b"}""", "at /day: must match pattern \"^a$\"")]
    [InlineData("""{"name":"ab","count":1,"day":"a\n"}""", "at /day: must match pattern \"^a$\"")]
    [InlineData("""{"name":"ab","count":1,"mode":"x"}""", "at /mode: must be equal to constant; at /mode: must be null; at /mode: must match a schema in anyOf")]
    [InlineData("""{"name":"ab","count":1,"mode":5}""", "at /mode: must be string; at /mode: must be equal to constant; at /mode: must be null; at /mode: must match a schema in anyOf")]
    [InlineData("""{"name":"ab","count":1,"kind":"y"}""", "at /kind: must be equal to constant")]
    [InlineData("""{"name":"ab","count":1,"tags":[""]}""", "at /tags: must NOT have fewer than 2 items; at /tags/0: must NOT have fewer than 1 characters")]
    [InlineData("""{"name":"ab","count":1,"tags":["a","b","c",4]}""", "at /tags: must NOT have more than 3 items; at /tags/3: must be string")]
    [InlineData("""{"name":"ab","count":1,"tags":{}}""", "at /tags: must be array")]
    [InlineData("""{"name":"ab","count":1,"flags":{"a/b~c":1,"ok":true}}""", "at /flags/a~1b~0c: must be boolean")]
    [InlineData("""{"name":"ab","count":1,"flags":[]}""", "at /flags: must be object")]
    [InlineData("""{"name":"ab","count":1,"":1," ":2}""", "must NOT have additional properties")]
    [InlineData("""{"name":"ab","count":1,"x":1,"10":1,"9":1,"09":1}""", "at root: unexpected property '9'; at root: unexpected property '10'; at root: unexpected property 'x'; at root: unexpected property '09'")]
    [InlineData("""{"name":"ab","count":1,"x":1,"x":2}""", "at root: unexpected property 'x'")]
    [InlineData("""{"name":5,"name":"ab","count":"1","count":1}""", null)]
    [InlineData("""{"name":"ab","count":1,"count":"1"}""", "at /count: must be integer")]
    [InlineData("""{"name":"ab","count":1,"flags":{"a":1,"b":1,"a":true}}""", "at /flags/b: must be boolean")]
    [InlineData("""{"name":"ab","count":1,"flags":{"a":true,"b":1,"a":1}}""", "at /flags/a: must be boolean; at /flags/b: must be boolean")]
    [InlineData("""{"name":"ab","count":1,"flags":{"b":1,"1":2,"0":3}}""", "at /flags/0: must be boolean; at /flags/1: must be boolean; at /flags/b: must be boolean")]
    public void Validate_Value_IsWordedAsThePeerDoes(string json, string? expected)
    {
        var value = JsonElement.Parse(json);

        Assert.Equal(expected, SchemaValidator.Validate(Sample, value));
        Assert.Equal(expected is null, SchemaValidator.IsValid(Sample, value));
    }

    [Theory]
    [InlineData("\"🦞🦞🦞🦞\"", true)]
    [InlineData("\"🦞🦞🦞🦞🦞\"", false)]
    [InlineData("""
        "\ud83e\udd9e\uD83E\uDD9E\ud83e\udd9e\ud83e\udd9e"
        """, true)]
    [InlineData("""
        "\ud83e\udd9e\ud83e\udd9e\ud83e\udd9e\ud83e\udd9ex"
        """, false)]
    [InlineData("""
        "\u00e9\n\\\""
        """, true)]
    [InlineData("""
        "\u00e9\n\\\"\/"
        """, false)]
    [InlineData("\"ééé\"", true)]
    [InlineData("\"é\"", false)]
    [InlineData("""
        "\ud83e\udd9e"
        """, false)]
    public void Validate_TextOfTwoToFour_CountsCodePoints(string json, bool valid) =>
        Assert.Equal(valid, SchemaValidator.IsValid(new StringNode(MinLength: 2, MaxLength: 4), JsonElement.Parse(json)));

    [Fact]
    public void Validate_NestedObject_NamesThePlace()
    {
        var value = JsonElement.Parse("""{"minProtocol":3,"maxProtocol":3,"client":{"id":"cli","mode":"cli","version":"1","extra":1},"scopes":["a",""]}""");

        var errors = SchemaValidator.Validate(ProtocolJson.SchemaOf<ConnectParams>(), value);

        Assert.Equal(
            "at /client: must have required property 'platform'; at /client: unexpected property 'extra'; at /scopes/1: must NOT have fewer than 1 characters",
            errors);
    }

    [Fact]
    public void Validate_NothingGiven_IsNoObject() =>
        Assert.Equal("must be object", SchemaValidator.Validate(ProtocolJson.SchemaOf<ConnectParams>(), default));

    [Fact]
    public void Validate_NullWhereNullClears_IsValid() =>
        Assert.Null(SchemaValidator.Validate(ProtocolJson.SchemaOf<SessionsPatchParams>(), JsonElement.Parse("""{"key":"k","label":null,"sendPolicy":null}""")));
}
