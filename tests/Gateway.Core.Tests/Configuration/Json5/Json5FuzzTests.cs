using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Json5;
using OpenClaw.Gateway.Core.Configuration.Loading;

namespace OpenClaw.Gateway.Core.Tests.Configuration.Json5;

public sealed class Json5FuzzTests
{
    private const int Inputs = 100_000;
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "'", "\\", "//", "/*", "*/", "\n", "\r\n", " ", "\t", "a", "$b", "true", "false", "null",
        "0", "-1", "1e9", "0x1F", ".5", "+", "-", "Infinity", "NaN", "\\u0041", "\\x4", "\u2028", "\uFEFF", "\ud83e", "{a:1}", "[1]", "'x'",
    ];

    [Fact]
    public void Parse_AnyInput_EndsWithAValueOrAPlacedError()
    {
        var random = new Random(20260211);
        var parsed = 0;
        for (var i = 0; i < Inputs; i++)
        {
            var text = Input(random);
            if (Json5Document.TryParse(text, out var document, out var error))
            {
                parsed++;
                Json5Conversion.ToJson(document)?.ToJsonString();
            }
            else
            {
                Assert.InRange(error.Line, 1, int.MaxValue);
                Assert.InRange(error.Column, 1, text.Length + 1);
            }
        }
        Assert.InRange(parsed, 100, Inputs - 100);
    }

    [Fact]
    public void Parse_PlainJson_AgreesWithTheJsonParser()
    {
        var random = new Random(7);
        for (var i = 0; i < 5_000; i++)
        {
            var expected = RandomJson(random, depth: 0);
            var text = expected?.ToJsonString(new JsonSerializerOptions { WriteIndented = random.Next(2) == 0 }) ?? "null";
            Assert.True(Json5Document.TryParse(text, out var document, out var error), error?.Message + ": " + text);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(text), JsonNode.Parse(Json5Conversion.ToJson(document)?.ToJsonString() ?? "null")), text);
        }
    }

    [Fact]
    public void Parse_JsonWithOneByteChanged_NeverAcceptsLessThanJsonDoes()
    {
        var random = new Random(99);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder(RandomJson(random, depth: 0)?.ToJsonString() ?? "null");
            text[random.Next(text.Length)] = (char)random.Next(32, 127);
            if (IsJson(text.ToString()))
                Assert.True(Json5Document.TryParse(text.ToString(), out _, out var error), error?.Message + ": " + text);
        }
    }

    private static string Input(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 25); i > 0; i--)
            text.Append(random.Next(20) == 0 ? ((char)random.Next(0, 0xD800)).ToString() : Pieces[random.Next(Pieces.Length)]);
        return text.ToString();
    }

    private static JsonNode? RandomJson(Random random, int depth)
    {
        switch (random.Next(depth > 4 ? 5 : 7))
        {
            case 0: return null;
            case 1: return random.Next(2) == 0;
            case 2: return random.NextInt64(long.MinValue, long.MaxValue);
            case 3: return random.NextDouble() * Math.Pow(10, random.Next(-20, 20));
            case 4: return new string([.. Enumerable.Range(0, random.Next(12)).Select(_ => (char)random.Next(0, 0xD7FF))]);
            case 5: return new JsonArray([.. Enumerable.Range(0, random.Next(5)).Select(_ => RandomJson(random, depth + 1))]);
            default:
                var obj = new JsonObject();
                for (var i = random.Next(5); i > 0; i--)
                    obj["k" + random.Next(100)] = RandomJson(random, depth + 1);
                return obj;
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            JsonNode.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
