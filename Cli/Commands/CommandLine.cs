using System.CommandLine;
using OpenClaw.Cli.Commands.Backup;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands;

/// <summary>From the words of a command line to the command that they name.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(CommandContext context, IReadOnlyList<string> args)
    {
        // `help x` is another way to write `x --help`.
        if (args is ["help", ..])
            args = [.. args.Skip(1), "--help"];
        if (await InterruptedRestore.FinishAsync(Path.TrimEndingDirectorySeparator(context.Environment.StateDirectory), context).ConfigureAwait(false) is { } unfinished)
            return await context.FailAsync("Error: " + unfinished).ConfigureAwait(false);
        var settings = new InvocationConfiguration { Output = context.Out, Error = context.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        var root = CommandTree.Build(context, args);
        // "@name" is a name, and not a file of more words.
        var parsing = new ParserConfiguration { ResponseFileTokenReplacer = null };
        var result = root.Parse(args, parsing);
        if (result.Errors.Count == 0)
            return await result.InvokeAsync(settings).ConfigureAwait(false);
        if (IsGroupAlone(result))
        {
            // Which does nothing, and is no success.
            await root.Parse([.. args, "--help"], parsing).InvokeAsync(settings).ConfigureAwait(false);
            return 1;
        }
        foreach (var text in UsageErrors.Describe(result))
            await context.Error.WriteLineAsync(text).ConfigureAwait(false);
        return 1;
    }

    private static bool IsGroupAlone(ParseResult result) =>
        result is { UnmatchedTokens.Count: 0, CommandResult.Command: { Action: null, Subcommands.Count: > 0 } };
}
