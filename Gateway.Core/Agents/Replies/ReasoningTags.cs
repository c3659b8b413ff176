using System.Text;
using System.Text.RegularExpressions;

namespace OpenClaw.Gateway.Core.Agents.Replies;

/// <summary>
/// Separates what a model wrote between think tags from what it wrote for the user, and takes final tags out. Tags in code
/// are text.
/// </summary>
internal static partial class ReasoningTags
{
    /// <summary>Longest tag that is waited for, in characters; a longer one is text.</summary>
    private const int MaxTagChars = 40;

    private static readonly string[] Names = ["antthinking", "thinking", "thought", "think", "final"];

    /// <summary>
    /// The visible text and the reasoning. While <paramref name="complete"/> is false an unfinished tag at the end is held
    /// back, as the next piece decides what it is.
    /// </summary>
    public static (string Visible, string Reasoning) Split(string raw, bool complete)
    {
        if (!raw.Contains('<', StringComparison.Ordinal))
            return (raw, "");
        var text = complete ? raw : raw[..HoldAt(raw)];
        var code = CodeSpans.Find(text);
        var visible = new StringBuilder(text.Length);
        var reasoning = new StringBuilder();
        var inside = false;
        var position = 0;
        foreach (Match tag in TagPattern().Matches(text))
        {
            if (CodeSpans.Contains(code, tag.Index))
                continue;
            (inside ? reasoning : visible).Append(text, position, tag.Index - position);
            position = tag.Index + tag.Length;
            if (!tag.Groups["name"].ValueSpan.Equals("final", StringComparison.OrdinalIgnoreCase))
                inside = !tag.Groups["close"].Success;
        }
        (inside ? reasoning : visible).Append(text, position, text.Length - position);
        return (visible.ToString(), reasoning.ToString().Trim());
    }

    private static int HoldAt(string raw)
    {
        var open = raw.LastIndexOf('<');
        if (open < 0 || raw.Length - open > MaxTagChars || raw.IndexOf('>', open) >= 0)
            return raw.Length;
        var started = raw[(open + 1)..].TrimStart(' ', '/').ToLowerInvariant();
        var canBeTag = started.Length == 0 || Names.Any(name =>
            name.StartsWith(started, StringComparison.Ordinal)
            || (started.StartsWith(name, StringComparison.Ordinal) && (started.Length == name.Length || !char.IsLetterOrDigit(started[name.Length]))));
        return canBeTag ? open : raw.Length;
    }

    [GeneratedRegex(@"<\s*(?:(?<close>/)\s*)?(?<name>antthinking|thinking|thought|think|final)\b[^<>]{0,30}>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TagPattern();
}
