using System.Text;
using System.Text.RegularExpressions;

namespace OpenClaw.Gateway.Protocol.Schema;

/// <summary>A regular expression of the contract, with the meaning that ECMAScript gives it.</summary>
public sealed class TextPattern
{
    private readonly Regex _expression;

    /// <summary>Compiles <paramref name="source"/>.</summary>
    /// <exception cref="ArgumentException">It is not a regular expression.</exception>
    public TextPattern(string source)
    {
        Source = source;
        _expression = new Regex(ToDotNet(source), RegexOptions.ECMAScript | RegexOptions.CultureInvariant);
    }

    /// <summary>The expression as the contract states it.</summary>
    public string Source { get; }

    /// <summary>True when some part of <paramref name="text"/> matches.</summary>
    public bool IsMatch(string text) => _expression.IsMatch(text);

    /// <inheritdoc/>
    public override string ToString() => Source;

    // .NET's $ also matches before a trailing line feed, ECMAScript's only at the very end.
    private static string ToDotNet(string source)
    {
        var result = new StringBuilder(source.Length + 2);
        var inClass = false;
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            if (c == '\\' && i + 1 < source.Length)
            {
                result.Append(c).Append(source[++i]);
                continue;
            }
            inClass = c == '[' || (inClass && c != ']');
            result.Append(c == '$' && !inClass ? @"\z" : c.ToString());
        }
        return result.ToString();
    }
}
