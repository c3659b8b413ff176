using System.CommandLine;
using System.CommandLine.Parsing;
using OpenClaw.Cli.Commands.Gateway;
using OpenClaw.Cli.Commands.Protocol;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands;

/// <summary>All commands, and how a wrong command line is answered.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(CommandContext context, IReadOnlyList<string> args)
    {
        var result = Build(context).Parse(args);
        if (result.Errors.Count > 0)
        {
            foreach (var text in result.Errors.Select(error => Word(error, result)).Distinct(StringComparer.Ordinal))
                await context.Error.WriteLineAsync(text).ConfigureAwait(false);
            return 1;
        }
        var settings = new InvocationConfiguration { Output = context.Out, Error = context.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await result.InvokeAsync(settings).ConfigureAwait(false);
    }

    private static RootCommand Build(CommandContext context) => new("Runs and operates the OpenClaw gateway.")
    {
        GatewayCommand.Create(context),
        ProtocolCommand.Create(context),
    };

    /// <summary>The parser's complaint in the words that the peer's users and scripts know.</summary>
    private static string Word(ParseError error, ParseResult result)
    {
        if (result.UnmatchedTokens is [var token, ..])
        {
            return token.StartsWith('-') ? $"error: unknown option '{token}'"
                : result.CommandResult.Command.Subcommands.Count > 0 ? $"error: unknown command '{token}'"
                : $"error: too many arguments for '{result.CommandResult.Command.Name}'. Expected {result.CommandResult.Command.Arguments.Count} arguments but got {result.CommandResult.Command.Arguments.Count + result.UnmatchedTokens.Count}.";
        }
        return error.SymbolResult switch
        {
            OptionResult { Tokens.Count: 0, Option: { Required: true } option } => $"error: required option '{option.Name}' not specified",
            OptionResult { Tokens.Count: 0, Option: var option } => $"error: option '{option.Name}' argument missing",
            ArgumentResult { Tokens.Count: 0, Argument: var argument } => $"error: missing required argument '{argument.Name}'",
            _ => "error: " + error.Message,
        };
    }
}
