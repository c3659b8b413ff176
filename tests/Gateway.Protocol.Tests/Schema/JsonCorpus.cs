using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Tests.Schema;

/// <summary>Makes JSON texts for a schema: valid ones, and ones with mistakes at random places. The same seed makes the same texts.</summary>
internal sealed class JsonCorpus(int seed)
{
    private static readonly string[] OddNames =
        ["extra", "", " ", "\uFEFF", "\u0085", "10", "9", "09", "4294967295", "__proto__", "constructor", "a/b", "~", "x'y", "длина", "🦞", "Type", "toString"];

    private static readonly string[] OddValues =
        ["null", "true", "false", "0", "-1", "0.5", "1e3", "1.0", "1e400", "-1e400", "9007199254740993", "5e-324", "\"\"", "\"x\"", "\"1\"", "\"\\ud83d\"", "\"a\\nb\"", "[]", "[null]", "{}", "{\"a\":1}"];

    private static readonly string[] OddTexts = ["", " ", "x", "2026-11-21", "2026-11-21\n", "2026-1-1", "٢٠٢٦-11-21", "operator", "🦞", new('é', 64), new('x', 65), new('x', 101), new('x', 129)];

    private readonly Random _random = new(seed);
    private double _mistakes;

    /// <summary>A JSON text for <paramref name="node"/>.</summary>
    /// <param name="node">The schema.</param>
    /// <param name="mistakes">Chance of a mistake at each place; 0 makes a valid text.</param>
    public string Make(SchemaNode node, double mistakes)
    {
        _mistakes = mistakes;
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    private bool Chance(double chance) => _random.NextDouble() < chance;

    private T Pick<T>(IReadOnlyList<T> values) => values[_random.Next(values.Count)];

    private void Write(StringBuilder text, SchemaNode node)
    {
        if (Chance(_mistakes))
        {
            text.Append(Pick(OddValues));
            return;
        }
        switch (node)
        {
            case AnyNode:
                text.Append(Pick(OddValues));
                break;
            case NullNode:
                text.Append("null");
                break;
            case BooleanNode:
                text.Append(Pick(["true", "false"]));
                break;
            case ConstantNode constant:
                text.Append(Quote(Chance(_mistakes) ? Pick(OddTexts) : constant.Value));
                break;
            case NumberNode number:
                text.Append(Number(number));
                break;
            case StringNode node1:
                text.Append(Quote(Chance(2 * _mistakes) ? Pick(OddTexts) : Text(node1)));
                break;
            case AnyOfNode anyOf:
                Write(text, Pick(anyOf.Branches));
                break;
            case ArrayNode array:
                WriteArray(text, array);
                break;
            case MapNode map:
                text.Append('{').AppendJoin(',', OddNames.Take(_random.Next(4)).Select(name => $"{Quote(name)}:{Part(map.Values)}")).Append('}');
                break;
            case ObjectNode shape:
                WriteObject(text, shape);
                break;
            default:
                throw new NotSupportedException(node.GetType().Name);
        }
    }

    private string Part(SchemaNode node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    private void WriteArray(StringBuilder text, ArrayNode array)
    {
        var count = _random.Next(array.MinItems, Math.Min(array.MaxItems ?? int.MaxValue, array.MinItems + 3) + 1);
        if (Chance(_mistakes))
            count = Chance(0.5) ? 0 : array.MaxItems + 1 ?? 0;
        text.Append('[').AppendJoin(',', Enumerable.Range(0, count).Select(_ => Part(array.Items))).Append(']');
    }

    private void WriteObject(StringBuilder text, ObjectNode shape)
    {
        var members = new List<string>();
        foreach (var property in shape.Properties)
        {
            if (property.Required ? Chance(_mistakes) : Chance(0.5))
                continue;
            // A repeated name: only the last value may count.
            if (Chance(_mistakes / 2))
                members.Add($"{Name(property.Name)}:{Pick(OddValues)}");
            members.Add($"{Name(property.Name)}:{Part(property.Node)}");
        }
        for (var i = _random.Next(3); i > 0 && Chance(2 * _mistakes); i--)
            members.Insert(_random.Next(members.Count + 1), $"{Quote(Pick(OddNames))}:{Pick(OddValues)}");
        text.Append('{').AppendJoin(Chance(0.1) ? " ,\n" : ",", members).Append('}');
    }

    private string Number(NumberNode node)
    {
        if (Chance(2 * _mistakes))
            return Pick(["0", "-1", "0.5", "1.5", "1e400", "1e3", "5001", "1001", "1000001", "19", "1e21"]);
        var low = node.Minimum ?? -3;
        var value = low + _random.Next((int)Math.Min(5, (node.Maximum ?? double.MaxValue) - low) + 1);
        return value.ToString(CultureInfo.InvariantCulture) + Pick(["", "", "", ".0", "e0"]);
    }

    private string Text(StringNode node)
    {
        if (node.Pattern is not null)
            return "2026-11-21";
        var length = Math.Clamp(_random.Next(8), node.MinLength, node.MaxLength ?? 8);
        return string.Concat(Enumerable.Range(0, length).Select(_ => Pick(["a", "Z", "é", "🦞", "\"", "\\", "/", "\n", "\u2028"])));
    }

    // Escapes in names and values must make no difference.
    private string Name(string name) => Chance(0.05) ? $"\"\\u{(int)name[0]:x4}{name[1..]}\"" : Quote(name);

    private static string Quote(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";
}
