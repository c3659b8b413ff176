using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration.Json5;

namespace OpenClaw.Gateway.Core.Tests.Configuration.Json5;

public sealed class Json5EditTests
{
    private const string Written =
        """
        // my gateway
        {
          gateway: {
            mode: 'local', // do not change
            /* the port */
            port: 18789,

            auth: { token: '${TOKEN}' },
          },
          // people
          list: ['a', 'b'],
        }

        """;

    [Fact]
    public void Set_ExistingValue_TouchesNothingElse() =>
        Assert.Equal(Written.Replace("18789", "20000", StringComparison.Ordinal), Set(Written, "gateway.port", 20000));

    [Fact]
    public void Set_SameValueInOtherWords_ChangesNothing() => Assert.Same(Written, Set(Written, "gateway.mode", "local"));

    [Fact]
    public void Set_NewMember_GoesBehindTheLastInTheSameStyle() =>
        Assert.Equal(
            Written.Replace("    auth: { token: '${TOKEN}' },\n", "    auth: { token: '${TOKEN}' },\n    bind: \"lan\",\n", StringComparison.Ordinal),
            Set(Written, "gateway.bind", "lan"));

    [Fact]
    public void Set_InlineObject_StaysInline() =>
        Assert.Contains("auth: { token: '${TOKEN}', mode: \"token\" },", Set(Written, "gateway.auth.mode", "token"), StringComparison.Ordinal);

    [Fact]
    public void Set_ObjectIntoALine_StaysInTheLine() =>
        Assert.Equal("{ a: 1, b: { c: { d: 2 } } }", Set("{ a: 1 }", "b.c.d", 2));

    [Fact]
    public void Set_NewPath_MakesTheObjectsOnTheWay() =>
        Assert.Contains("  list: ['a', 'b'],\n  agents: {\n    list: [\n      {\n        id: \"main\"\n      }\n    ]\n  },\n}", Set(Written, "agents.list.0.id", "main"), StringComparison.Ordinal);

    [Fact]
    public void Set_ListItem_ReplacesOrAppends()
    {
        Assert.Contains("['a', \"c\"]", Set(Written, "list.1", "c"), StringComparison.Ordinal);
        Assert.Contains("['a', 'b', \"c\"]", Set(Written, "list.2", "c"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list.3", "Index 3 is past the end of a list of 2")]
    [InlineData("list.x", "Expected numeric index for array segment \"x\"")]
    [InlineData("new.5", "Index 5 is past the end of a list of 0")]
    public void Set_ImpossiblePath_SaysWhy(string path, string error)
    {
        Assert.True(Json5Document.TryParse(Written, out var document, out _));
        Assert.Equal(error, Json5Edit.Set(document, path.Split('.'), "c").Error);
    }

    [Theory]
    [InlineData("{}", "{\n  \"a\": 1\n}")]
    [InlineData("{\n}\n", "{\n  \"a\": 1\n}\n")]
    [InlineData("{ // c\n}", "{ // c\n  \"a\": 1\n}")]
    [InlineData("{\"b\":2}", "{\"b\":2, \"a\": 1}")]
    [InlineData("{\n    \"b\": 2\n}", "{\n    \"b\": 2,\n    \"a\": 1\n}")]
    [InlineData("{\n\tb: 2 // x, y\n}", "{\n\tb: 2, // x, y\n\ta: 1\n}")]
    [InlineData("{\n  b: 2, /* t */ // u\n}", "{\n  b: 2, /* t */ // u\n  a: 1,\n}")]
    [InlineData("{\n  b: 2 }", "{\n  b: 2,\n  a: 1\n}")]
    [InlineData("{\r\n  b: 2\r\n}", "{\r\n  b: 2,\r\n  a: 1\r\n}")]
    [InlineData("{ b: 2 /* , */ }", "{ b: 2, a: 1 /* , */ }")]
    public void Set_NewMember_FitsTheLayout(string before, string after) => Assert.Equal(after, Set(before, "a", 1));

    [Theory]
    [InlineData("{ a: 1, b: 2 }", "a", "{ b: 2 }")]
    [InlineData("{ a: 1, b: 2 }", "b", "{ a: 1 }")]
    [InlineData("{ a: 1 }", "a", "{ }")]
    [InlineData("{\n  // keep\n  a: 1, // goes\n  b: 2,\n}", "a", "{\n  // keep\n  b: 2,\n}")]
    [InlineData("{\n  a: 1, // keep\n  b: 2 // goes\n}", "b", "{\n  a: 1 // keep\n}")]
    [InlineData("{ a: 1, a: 2, b: 3 }", "a", "{ b: 3 }")]
    [InlineData("{\n  a: {\n    x: 1,\n  },\n  b: 2\n}", "a", "{\n  b: 2\n}")]
    [InlineData("{ l: [1, 2, 3] }", "l.1", "{ l: [1, 3] }")]
    [InlineData("{ l: [1, 2, 3,] }", "l.2", "{ l: [1, 2, ] }")]
    public void Remove_Value_TakesItsCommaAndLine(string before, string path, string after)
    {
        Assert.True(Json5Document.TryParse(before, out var document, out _));
        Assert.Equal(after, Json5Edit.Remove(document, path.Split('.')).Text);
    }

    [Fact]
    public void Remove_MissingPath_FindsNothing()
    {
        Assert.True(Json5Document.TryParse(Written, out var document, out _));
        Assert.Equal(new Json5EditResult(null, null), Json5Edit.Remove(document, ["gateway", "nope"]));
        Assert.Equal(new Json5EditResult(null, null), Json5Edit.Remove(document, ["gateway", "port", "deep"]));
    }

    /// <summary>Every edit checks its own result against the values it should have, and throws when they differ.</summary>
    [Fact]
    public void Edit_RandomTexts_NeverChangesAnythingElse()
    {
        var random = new Random(42);
        var edits = 0;
        for (var i = 0; i < 3_000; i++)
        {
            var text = RandomText(random);
            for (var step = 0; step < 4; step++)
            {
                Assert.True(Json5Document.TryParse(text, out var document, out var error), error?.Message + "\n" + text);
                var path = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(4) == 0 ? random.Next(3).ToString() : "k" + random.Next(4)).ToArray();
                var result = random.Next(2) == 0
                    ? Json5Edit.Set(document, path, RandomValue(random))
                    : Json5Edit.Remove(document, path);
                edits += result.Text is null ? 0 : 1;
                text = result.Text ?? text;
            }
        }
        Assert.InRange(edits, 3_000, int.MaxValue);
    }

    private static string? Set(string text, string path, JsonNode value)
    {
        Assert.True(Json5Document.TryParse(text, out var document, out var error), error?.Message);
        var result = Json5Edit.Set(document, path.Split('.'), value);
        Assert.Null(result.Error);
        return result.Text;
    }

    private static JsonNode? RandomValue(Random random) => random.Next(5) switch
    {
        0 => null,
        1 => random.Next(),
        2 => "x\"'\n// y",
        3 => new JsonArray(1, "two"),
        _ => new JsonObject { ["a-b"] = true, ["k1"] = new JsonObject() },
    };

    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        Blank();
        Container(0, isObject: true);
        Blank();
        return text.ToString();

        void Blank()
        {
            for (var i = random.Next(3); i > 0; i--)
                text.Append(random.Next(6) switch { 0 => "// c, }\n", 1 => "/* , ] */", 2 => "/* a\nb */", 3 => "\r\n", 4 => "\n  ", _ => " " });
        }

        void Container(int depth, bool isObject)
        {
            text.Append(isObject ? '{' : '[');
            Blank();
            var count = random.Next(4);
            for (var i = 0; i < count; i++)
            {
                if (isObject)
                {
                    text.Append(random.Next(2) == 0 ? "k" + random.Next(4) : $"'k{random.Next(4)}'");
                    Blank();
                    text.Append(':');
                    Blank();
                }
                if (depth < 3 && random.Next(3) == 0)
                    Container(depth + 1, random.Next(3) > 0);
                else
                    text.Append(random.Next(4) switch { 0 => "1", 1 => "'s,}'", 2 => "null", _ => "\"// no\"" });
                Blank();
                if (i < count - 1 || random.Next(2) == 0)
                {
                    text.Append(',');
                    Blank();
                }
            }
            text.Append(isObject ? '}' : ']');
        }
    }
}
