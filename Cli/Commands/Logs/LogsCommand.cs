using System.CommandLine;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Logs;

/// <summary>What a user typed after <c>openclaw logs</c>.</summary>
internal sealed record LogsArguments(ClientArguments Client, bool Follow, string? Limit, string? MaxBytes, string? Interval, bool Plain);

/// <summary><c>openclaw logs</c>: the end of the gateway's log file, read through the gateway.</summary>
internal static class LogsCommand
{
    public static Command Create(CommandContext context)
    {
        var flags = new ClientFlags(LogsRun.UsualTimeoutMs);
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on printing what is logged, over restarts of the gateway too." };
        var limit = new Option<string?>("--limit") { Description = $"Most lines to print at once ({LogsRun.UsualLimit}).", HelpName = "n" };
        var maxBytes = new Option<string?>("--max-bytes") { Description = $"Most bytes to read at once ({LogsRun.UsualMaxBytes}).", HelpName = "n" };
        var interval = new Option<string?>("--interval") { Description = $"Milliseconds between two looks with --follow ({LogsRun.UsualIntervalMs}).", HelpName = "ms" };
        var plain = new Option<bool>("--plain") { Description = "Whole times and no colours, on a terminal too." };
        var command = new Command("logs", "Print the end of the gateway's log.") { follow, limit, maxBytes, interval, plain };
        flags.AddTo(command);
        command.SetAction((result, cancellation) =>
        {
            var arguments = new LogsArguments(
                flags.Read(result), result.GetValue(follow), result.GetValue(limit), result.GetValue(maxBytes), result.GetValue(interval), result.GetValue(plain));
            return new LogsRun(context, arguments).ExecuteAsync(cancellation);
        });
        return command;
    }
}
