using System.Text;
using System.Text.Json;
using OpenClaw.Gateway.Core.Sessions.Json;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Json;

public sealed class JsonLayoutTests
{
    [Fact]
    public void Indent_CompactText_LooksLikeThePeersFiles()
    {
        var text = Indent("""{"a":{"b":[1,2.50,{}],"c":[]},"d":"x\u00e9\"y"}""");

        Assert.Equal("""
            {
              "a": {
                "b": [
                  1,
                  2.50,
                  {}
                ],
                "c": []
              },
              "d": "x\u00e9\"y"
            }
            """.ReplaceLineEndings("\n"), text);
    }

    [Fact]
    public void Compact_HandEditedText_LosesOnlyCommentsAndSpace() =>
        Assert.Equal("""{"a":[1,true,null],"b":"// no comment"}""", Compact("""
            { // first
              "a": [ 1, true, null, ],
              /* second */ "b": "// no comment",
            }
            """));

    [Fact]
    public void IndentThenCompact_AnyText_IsTheSameAsCompact()
    {
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var json = JsonSerializer.Serialize(RandomValue(random, 0));
            Assert.Equal(Compact(json), Compact(Indent(json)));
            Assert.Equal(json, Compact(json));
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":}")]
    [InlineData("nope")]
    public void Compact_NoJson_Throws(string text) => Assert.ThrowsAny<JsonException>(() => Compact(text));

    [Fact]
    public void Clean_HalfSurrogatePair_BecomesReplacementCharacter()
    {
        var clean = JsonLayout.Clean(Encoding.UTF8.GetBytes("""{"a":"cut \ud83d","b":"whole \ud83e\udd9e","c\udc00":1}"""));

        using var document = JsonDocument.Parse(clean);
        Assert.Equal("cut \ufffd", document.RootElement.GetProperty("a").GetString());
        Assert.Equal("whole 🦞", document.RootElement.GetProperty("b").GetString());
        Assert.Equal(1, document.RootElement.GetProperty("c\ufffd").GetInt32());
    }

    [Fact]
    public void Clean_InvalidUtf8_BecomesReplacementCharacter()
    {
        byte[] text = [.. "{\"a\":\""u8, 0xC3, 0x28, .. "\"}"u8];

        using var document = JsonDocument.Parse(JsonLayout.Clean(text));
        Assert.Equal("\ufffd(", document.RootElement.GetProperty("a").GetString());
    }

    [Fact]
    public void Clean_OrdinaryText_IsNotCopied()
    {
        var text = "{\"a\":\"\\n\"}"u8.ToArray();
        Assert.True(JsonLayout.Clean(text).Span == text.AsSpan());
    }

    [Fact]
    public void RawJson_ValueOfOtherType_ReadsAsAbsent()
    {
        var value = new RawJson("""{"n":12.7,"s":"x","b":true,"big":1e400,"half":"\ud800","o":{"p":1}}"""u8.ToArray());

        Assert.Equal(12, value["n"].AsInt64());
        Assert.Null(value["s"].AsInt64());
        Assert.Null(value["n"].AsString());
        Assert.Null(value["big"].AsInt64());
        Assert.True(value["b"].AsBoolean());
        Assert.Equal("\ufffd", value["half"].AsString());
        Assert.Equal(1, value["o"]["p"].AsInt64());
        Assert.True(value["none"]["deeper"].IsMissing);
    }

    [Fact]
    public void JsonSplice_Changes_LeaveOtherBytesAlone()
    {
        var json = """{ "type":"message",  "message":{"role":"hookMessage", "x":1.0} }"""u8;

        Assert.Equal("""{"id":"1", "type":"message",  "message":{"role":"hookMessage", "x":1.0} }""", Text(JsonSplice.Prepend(json, "\"id\":\"1\""u8)));
        Assert.Equal("""{ "type":"message",  "message":{"role":"custom", "x":1.0} }""", Text(JsonSplice.Replace(json, "\"custom\""u8, "message", "role")!));
        Assert.Null(JsonSplice.Replace(json, "1"u8, "message", "nope"));
        Assert.Equal("""{"a":1}""", Text(JsonSplice.Prepend("{}"u8, "\"a\":1"u8)));
    }

    private static object? RandomValue(Random random, int depth) => random.Next(depth > 4 ? 4 : 6) switch
    {
        0 => random.Next(),
        1 => "te\"xt \u00e9\n" + random.Next(),
        2 => null,
        3 => random.Next(2) == 0,
        4 => Enumerable.Range(0, random.Next(4)).Select(_ => RandomValue(random, depth + 1)).ToArray(),
        _ => Enumerable.Range(0, random.Next(4)).ToDictionary(n => "k" + n, _ => RandomValue(random, depth + 1)),
    };

    private static string Compact(string json) => Text(JsonLayout.Compact(Encoding.UTF8.GetBytes(json)));

    private static string Indent(string json) => Text(JsonLayout.Indent(Encoding.UTF8.GetBytes(json)));

    private static string Text(byte[] json) => Encoding.UTF8.GetString(json);
}
