using System.CommandLine;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Sessions;

/// <summary><c>openclaw sessions</c>: the sessions on the disk, with or without a gateway.</summary>
internal static class SessionsCommand
{
    public static Command Create(CommandContext context)
    {
        var active = new Option<string?>("--active") { Description = "Only those with activity in the last minutes.", HelpName = "minutes" };
        var store = new Option<string?>("--store") { Description = "Read this file instead of the configured one.", HelpName = "path" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var verbose = new Option<bool>("--verbose") { Description = "Name files that cannot be read." };
        var command = new Command("sessions", "List the stored sessions.") { active, store, json, verbose };
        command.SetAction((result, cancellation) => new SessionsRun(
            context, result.GetValue(active), result.GetValue(store), result.GetValue(json)).ExecuteAsync(cancellation));
        return command;
    }
}
