using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Gateway.Core.Tests.Configuration;

public sealed class ConfigValueTests
{
    [Theory]
    [InlineData("local", "\"local\"")]
    [InlineData("23000", "23000")]
    [InlineData("'23000'", "\"23000\"")]
    [InlineData(" {dmPolicy:'open'} ", """{"dmPolicy":"open"}""")]
    [InlineData("[1,", "\"[1,\"")]
    [InlineData(" padded ", "\" padded \"")]
    public void TryParse_TypedValue_IsJson5OrText(string text, string json)
    {
        Assert.Null(ConfigValue.TryParse(text, strict: false, out var value));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), value));
    }

    [Fact]
    public void TryParse_StrictButNoJson5_SaysWhere() =>
        Assert.Equal("Failed to parse JSON5 value: SyntaxError: JSON5: invalid end of input at 1:4", ConfigValue.TryParse("[1,", strict: true, out _));

    [Theory]
    [InlineData("\"é🦞<\"", false, "é🦞<")]
    [InlineData("\"a\"", true, "\"a\"")]
    [InlineData("23000", false, "23000")]
    [InlineData("true", false, "true")]
    [InlineData("null", false, "null")]
    [InlineData("""{"a":{"b":[1]}}""", false, "{\n  \"a\": {\n    \"b\": [\n      1\n    ]\n  }\n}")]
    public void Format_Value_IsWhatScriptsExpect(string json, bool asJson, string text) =>
        Assert.Equal(text, ConfigValue.Format(JsonNode.Parse(json), asJson));
}
