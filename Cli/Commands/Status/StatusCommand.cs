using System.CommandLine;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Status;

/// <summary><c>openclaw status</c>: everything about this instance on one screen.</summary>
internal static class StatusCommand
{
    public static Command Create(CommandContext context)
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var deep = new Option<bool>("--deep") { Description = "The gateway's health, too." };
        var all = new Option<bool>("--all") { Description = "A report to paste for those who help; secrets are taken out." };
        var timeout = new Option<string?>("--timeout") { Description = $"Milliseconds to wait for the gateway ({StatusRun.UsualTimeoutMs}).", HelpName = "ms" };
        var verbose = new Option<bool>("--verbose", "--debug") { Description = "Say which gateway is asked, too." };
        var command = new Command("status", "Show the gateway, its channels and its sessions.") { json, all, deep, timeout, verbose };
        command.SetAction((result, cancellation) =>
        {
            var arguments = new ClientArguments { Json = result.GetValue(json), Timeout = result.GetValue(timeout) };
            return new StatusRun(context, arguments, result.GetValue(all), result.GetValue(deep), result.GetValue(verbose)).ExecuteAsync(cancellation);
        });
        return command;
    }
}
