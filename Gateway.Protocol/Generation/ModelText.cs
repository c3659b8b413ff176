using System.Globalization;
using System.Text;

namespace OpenClaw.Gateway.Protocol.Generation;

/// <summary>Builds the text of a generated file, line by line.</summary>
internal sealed class ModelText(string indent)
{
    /// <summary>First line of every generated model.</summary>
    public const string Notice = "// Generated from the contract types by `openclaw protocol gen`. Changes are lost.";

    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string line = "")
    {
        for (var i = 0; i < _depth && line.Length > 0; i++)
            _text.Append(indent);
        _text.Append(line).Append('\n');
    }

    /// <summary>Writes <paramref name="head"/> with an opening brace, the body one step deeper, and <paramref name="end"/>.</summary>
    public void Block(string head, Action body, string end = "}")
    {
        Line(head + " {");
        _depth++;
        body();
        _depth--;
        Line(end);
    }

    /// <summary>A literal as TypeScript and Swift both write it.</summary>
    public static string Literal(object value) => value switch
    {
        string text when text.All(c => c is >= ' ' and <= '~' and not '"' and not '\\') => $"\"{text}\"",
        int number => number.ToString(CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"{value} is no literal of the contract."),
    };

    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(_text.ToString());
}
