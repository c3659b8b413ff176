using System.CommandLine;

namespace OpenClaw.Cli.Commands.Completion;

/// <summary>A word that may come next.</summary>
/// <param name="Text">The word.</param>
/// <param name="Description">In one line, without quotation marks and backslashes.</param>
internal sealed record CommandWord(string Text, string Description);

/// <summary>A command, and the words that may follow it.</summary>
/// <param name="Path">Words that lead to it, joined by blanks; empty for the program itself.</param>
/// <param name="Subcommands">The next commands.</param>
/// <param name="Options">Its options.</param>
internal sealed record CommandWords(string Path, IReadOnlyList<CommandWord> Subcommands, IReadOnlyList<CommandWord> Options)
{
    /// <summary>A command and all below it.</summary>
    public static IReadOnlyList<CommandWords> Of(Command command, string path = "")
    {
        var below = command.Subcommands.Where(static sub => !sub.Hidden).OrderBy(static sub => sub.Name, StringComparer.Ordinal).ToList();
        var options = command.Options.Where(static option => !option.Hidden)
            .SelectMany(static option => option.Aliases.Append(option.Name).Where(static name => name.StartsWith('-')).Select(name => new CommandWord(name, Plain(option.Description))))
            .DistinctBy(static word => word.Text).OrderBy(static word => word.Text, StringComparer.Ordinal);
        return
        [
            new CommandWords(path, [.. below.Select(static sub => new CommandWord(sub.Name, Plain(sub.Description)))], [.. options]),
            .. below.SelectMany(sub => Of(sub, path.Length == 0 ? sub.Name : path + " " + sub.Name)),
        ];
    }

    /// <summary>Nothing that a shell would obey, inside of either kind of quotation marks.</summary>
    private static string Plain(string? text) => string.Concat((text ?? "").Where(static c => c is not ('\'' or '"' or '`' or '$' or '\\' or '[' or ']' or '\n' or '\r'))).Replace(':', ',');
}
