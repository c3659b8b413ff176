using System.Text;
using OpenClaw.Cli.Output;

namespace OpenClaw.Cli.Tests.Output;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("""{"a":[],"b":{},"c":[1,{"d":null}]}""", "{\n  \"a\": [],\n  \"b\": {},\n  \"c\": [\n    1,\n    {\n      \"d\": null\n    }\n  ]\n}")]
    [InlineData("""[1.50,1e3,12345678901234567890]""", "[\n  1.50,\n  1e3,\n  12345678901234567890\n]")]
    [InlineData("\"<a> \\u00fc \\ud83e\\udd9e \\\"x\\\" \\n\"", "\"<a> ü 🦞 \\\"x\\\" \\n\"")]
    [InlineData("true", "true")]
    public void Indent_AnyJson_LooksLikeJsonStringify(string json, string expected) =>
        Assert.Equal(expected, JsonText.Indent(Encoding.UTF8.GetBytes(json)));
}
