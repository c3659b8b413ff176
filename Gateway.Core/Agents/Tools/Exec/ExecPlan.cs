using System.Security.Cryptography;
using System.Text;
using OpenClaw.Gateway.Core.Agents.Tools.Files;

namespace OpenClaw.Gateway.Core.Agents.Tools.Exec;

/// <summary>Exactly what would run: the line, the programs it names, where, and with which variables.</summary>
internal sealed record ExecPlan
{
    public required string Command { get; init; }

    public required string Cwd { get; init; }

    /// <summary>Variables of the call alone.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>Null when the line is more than plain commands.</summary>
    public CommandAnalysis? Analysis { get; init; }

    /// <summary>The programs' files, in order; empty when a line is not plain or a program does not exist.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    public static ExecPlan Create(string command, string cwd, IReadOnlyDictionary<string, string> variables, ProgramFinder finder) =>
        // The analysis knows the language of /bin/sh only.
        Create(command, OperatingSystem.IsWindows() ? null : CommandAnalysis.Parse(command), cwd, variables, finder);

    /// <summary>A program with its arguments, without a shell.</summary>
    public static ExecPlan Create(IReadOnlyList<string> arguments, string cwd, IReadOnlyDictionary<string, string> variables, ProgramFinder finder)
    {
        IReadOnlyList<IReadOnlyList<string>> commands = [arguments];
        return Create(CommandAnalysis.Quote(commands, []), arguments[0].Length == 0 ? null : new CommandAnalysis(commands, []), cwd, variables, finder);
    }

    private static ExecPlan Create(string command, CommandAnalysis? analysis, string cwd, IReadOnlyDictionary<string, string> variables, ProgramFinder finder)
    {
        var programs = analysis?.Commands.Select(words => finder.Find(words[0], cwd)).ToList() ?? [];
        return new ExecPlan
        {
            Command = command,
            Cwd = cwd,
            Variables = variables,
            Analysis = analysis,
            Programs = programs.Contains(null) ? [] : [.. programs.OfType<string>()],
        };
    }

    /// <summary>
    /// Identifies all of it: two plans with the same fingerprint run the same. It covers what programs really are (links
    /// followed, size and time of change), so an approval does not outlive an exchange of the program.
    /// </summary>
    public string Fingerprint()
    {
        var text = new StringBuilder();
        Add(text, Command);
        Add(text, LinkResolver.Resolve(Cwd));
        foreach (var (name, value) in Variables.OrderBy(static variable => variable.Key, StringComparer.Ordinal))
        {
            Add(text, name);
            Add(text, value);
        }
        foreach (var program in Programs)
        {
            var file = new FileInfo(LinkResolver.Resolve(program));
            Add(text, file.FullName);
            Add(text, file.Exists ? $"{file.Length}:{file.LastWriteTimeUtc.Ticks}" : "gone");
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>
    /// What the shell is given when no person has seen the line: its words, quoted, with the programs that were found. Null when
    /// the line is not plain.
    /// </summary>
    public string? QuotedCommand()
    {
        if (Analysis is null || Programs.Count == 0)
            return null;
        var commands = Analysis.Commands.Select((words, i) => (IReadOnlyList<string>)[Programs[i], .. words.Skip(1)]).ToList();
        return CommandAnalysis.Quote(commands, Analysis.Operators);
    }

    // With its length in front, no value can be mistaken for two.
    private static void Add(StringBuilder text, string value) => text.Append(value.Length).Append(':').Append(value);
}
