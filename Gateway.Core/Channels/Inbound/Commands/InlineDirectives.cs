using System.Text.RegularExpressions;
using OpenClaw.Gateway.Core.Sessions.Patching;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Commands;

/// <summary>
/// <c>/think high</c> and <c>/verbose on</c> in the midst of a text: they hold for that message alone. Words that only look like one are left to the
/// agent.
/// </summary>
/// <param name="Rest">The text without them.</param>
internal sealed partial record InlineDirectives(string Rest)
{
    public string? Thinking { get; private init; }

    public string? Verbose { get; private init; }

    /// <summary>Those of a text; null when there are none, or nothing else.</summary>
    public static InlineDirectives? Find(string text)
    {
        var found = new InlineDirectives(text);
        var rest = Pattern().Replace(text, match =>
        {
            var word = match.Groups["level"].Value;
            var isThinking = match.Groups["name"].Value.ToLowerInvariant() is "think" or "thinking" or "t";
            var level = isThinking ? LevelNames.Thinking(word) : LevelNames.Verbose(word);
            if (level is null)
                return match.Value;
            found = isThinking ? found with { Thinking = level } : found with { Verbose = level };
            return "";
        }).Trim();
        return rest.Length == 0 || found is { Thinking: null, Verbose: null } ? null : found with { Rest = rest };
    }

    [GeneratedRegex(@"(?<=^|\s)/(?<name>think|thinking|t|verbose|v)(?:\s*:\s*|\s+)(?<level>[A-Za-z-]{1,16})(?=\s|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
