using System.Text.RegularExpressions;

namespace OpenClaw.Gateway.Core.Channels.Inbound.Commands;

/// <summary>A text that begins with a command: <c>/think high</c>, <c>/think: high</c>, <c>/think@bot high</c>.</summary>
/// <param name="Name">In lower case, without the slash.</param>
/// <param name="Arguments">The rest, trimmed.</param>
internal sealed partial record CommandText(string Name, string Arguments)
{
    /// <summary>The words of the arguments.</summary>
    public string[] Words => Arguments.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Null when the text is no command.</summary>
    public static CommandText? Parse(string text)
    {
        var match = Pattern().Match(text);
        return match.Success ? new CommandText(match.Groups[1].Value.ToLowerInvariant(), text[match.Length..].Trim()) : null;
    }

    // What goes on like a path ("/etc/hosts") is no command. The channel took its own name off; one that is left is of another bot.
    [GeneratedRegex(@"^\s*/([A-Za-z][A-Za-z0-9_-]{0,31})(?:\s*:(?=\s|$)|(?=\s|$))", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
