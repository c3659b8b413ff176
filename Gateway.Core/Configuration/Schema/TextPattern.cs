using System.Text.RegularExpressions;

namespace OpenClaw.Gateway.Core.Configuration.Schema;

/// <summary>What a text has to look like. Made ready with the first text that is compared: most starts meet none.</summary>
/// <param name="expression">A regular expression.</param>
internal sealed class TextPattern(string expression)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lazy<Regex> _regex = new(() => new Regex(expression, RegexOptions.CultureInvariant, Patience));

    public bool IsMatch(string text) => _regex.Value.IsMatch(text);

    public override string ToString() => expression;
}
