using System.CommandLine;
using System.CommandLine.Parsing;

namespace OpenClaw.Cli.Commands;

/// <summary>What is wrong with a command line, in the words that the peer's users and scripts know.</summary>
internal static class UsageErrors
{
    /// <summary>A name is close enough to be suggested up to this many changed letters.</summary>
    private const int LargestTypo = 3;

    public static IEnumerable<string> Describe(ParseResult result) =>
        result.Errors.Select(error => Describe(error, result)).Distinct(StringComparer.Ordinal);

    private static string Describe(ParseError error, ParseResult result)
    {
        if (result.UnmatchedTokens is [var token, ..])
            return Unmatched(token, result);
        return error.SymbolResult switch
        {
            OptionResult { Tokens.Count: 0, Option: { Required: true } option } => $"error: required option '{Usage(option)}' not specified",
            OptionResult { Tokens.Count: 0, Option: var option } => $"error: option '{Usage(option)}' argument missing",
            ArgumentResult { Tokens.Count: 0, Argument: var argument } => $"error: missing required argument '{argument.Name}'",
            _ => "error: " + error.Message,
        };
    }

    private static string Unmatched(string token, ParseResult result)
    {
        var command = result.CommandResult.Command;
        if (token is "--dev" or "--profile" || token.StartsWith("--profile=", StringComparison.Ordinal))
            return $"error: unknown option '{token}'\n(It chooses the instance and stands before the command: openclaw {token} {command.Name} …)";
        if (token.StartsWith('-'))
            return $"error: unknown option '{token}'";
        if (command.Action is null && command.Subcommands.Count > 0)
            return $"error: unknown command '{token}'" + (Closest(token, command) is { } near ? $"\n(Did you mean {near}?)" : "");
        var expected = command.Arguments.Count;
        return $"error: too many arguments for '{command.Name}'. Expected {expected} argument{(expected == 1 ? "" : "s")} but got {expected + result.UnmatchedTokens.Count}.";
    }

    /// <summary><c>-t, --target &lt;dest&gt;</c>.</summary>
    private static string Usage(Option option) =>
        string.Join(", ", option.Aliases.Append(option.Name).OrderBy(name => name.Length)) + (option.HelpName is { } value ? $" <{value}>" : "");

    private static string? Closest(string word, Command command)
    {
        string? best = null;
        var bestDistance = LargestTypo + 1;
        foreach (var candidate in command.Subcommands)
        {
            var distance = Distance(word, candidate.Name);
            // A short word is not a typo of every other short word.
            if (distance < bestDistance && distance * 2 <= Math.Max(word.Length, candidate.Name.Length))
                (best, bestDistance) = (candidate.Name, distance);
        }
        return best;
    }

    /// <summary>Levenshtein's: inserted, removed and changed letters between two words.</summary>
    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
