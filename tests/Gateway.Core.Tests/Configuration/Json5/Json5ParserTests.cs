using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Json5;
using OpenClaw.Gateway.Core.Configuration.Loading;

namespace OpenClaw.Gateway.Core.Tests.Configuration.Json5;

public sealed class Json5ParserTests
{
    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("// c\n{ a: 1, /* b */ 'b': \"x\", }", """{"a":1,"b":"x"}""")]
    [InlineData("[1, 2,]", "[1,2]")]
    [InlineData("{ $a_1: +1, \u00e4: .5, c: 5., d: 1e3, e: -0x1F }", """{"$a_1":1,"ä":0.5,"c":5,"d":1000,"e":-31}""")]
    [InlineData("'a\\\nb\\x41\\u0042\\'\\q'", "\"abAB'q\"")]
    [InlineData("{ a: Infinity, b: -Infinity, c: NaN }", """{"a":null,"b":null,"c":null}""")]
    [InlineData("{ \\u0061b: true }", """{"ab":true}""")]
    [InlineData("{ a: 1, a: 2 }", """{"a":2}""")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("\uFEFF\u00A0null", null)]
    public void Parse_Json5_GivesTheValue(string text, string? json)
    {
        Assert.True(Json5Document.TryParse(text, out var document, out var error), error?.Message);
        var actual = Json5Conversion.ToJson(document);
        Assert.True(JsonNode.DeepEquals(json is null ? null : JsonNode.Parse(json), actual), actual?.ToJsonString());
    }

    [Theory]
    [InlineData("", "JSON5: invalid end of input at 1:1")]
    [InlineData("{\n  a: 1\n  b: 2\n}", "JSON5: invalid character 'b' at 3:3")]
    [InlineData("{ a: }", "JSON5: invalid character '}' at 1:6")]
    [InlineData("{ a: 'x\ny' }", "JSON5: invalid character '\\n' at 1:8")]
    [InlineData("[1, 2", "JSON5: invalid end of input at 1:6")]
    [InlineData("{ a: truth }", "JSON5: invalid character 't' at 1:9")]
    [InlineData("{ a: 01 }", "JSON5: invalid character '1' at 1:7")]
    [InlineData("/* open", "JSON5: invalid end of input at 1:8")]
    [InlineData("{ 'a\\8': 1 }", "JSON5: invalid character '8' at 1:6")]
    [InlineData("{} x", "JSON5: invalid character 'x' at 1:4")]
    [InlineData("{ a: \"\\u00g0\" }", "JSON5: invalid character 'g' at 1:11")]
    public void Parse_BrokenText_NamesThePlace(string text, string message)
    {
        Assert.False(Json5Document.TryParse(text, out _, out var error));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Parse_TooDeep_IsRefused()
    {
        Assert.True(Json5Document.TryParse(Nested(Json5Document.MaxDepth), out _, out _));
        Assert.False(Json5Document.TryParse(Nested(Json5Document.MaxDepth + 1), out _, out var error));
        Assert.Contains($"nesting deeper than {Json5Document.MaxDepth}", error.Message, StringComparison.Ordinal);
        Assert.False(Json5Document.TryParse(new string('[', 1_000_000), out _, out _));

        static string Nested(int depth) => new string('[', depth) + new string(']', depth);
    }

    [Fact]
    public void Parse_TooLarge_IsRefused()
    {
        Assert.False(Json5Document.TryParse("'" + new string('x', Json5Document.MaxBytes) + "'", out _, out var error));
        Assert.Contains("larger than 8388608 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_LoneSurrogate_BecomesAReplacementCharacter()
    {
        Assert.True(Json5Document.TryParse("'\\ud800x'", out var document, out _));
        Assert.Equal("\uFFFDx", ((Json5String)document.Root).Value);
    }

    [Fact]
    public void Parse_Members_KeepTheirPlaces()
    {
        const string text = "{\n  a: {\n    'b c': [10, true],\n  },\n}";
        Assert.True(Json5Document.TryParse(text, out var document, out _));
        var inner = ((Json5Object)document.Root).Find("a")!;
        var member = ((Json5Object)inner.Value).Find("b c")!;
        Assert.Equal((3, 5), document.Locate(member.Start));
        Assert.Equal("'b c'", text[member.Start..member.NameEnd]);
        Assert.Equal("[10, true]", text[member.Value.Start..member.Value.End]);
    }
}
