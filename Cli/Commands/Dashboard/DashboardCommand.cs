using System.CommandLine;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Dashboard;

/// <summary><c>openclaw dashboard</c>: the way to the browser page.</summary>
internal static class DashboardCommand
{
    public static Command Create(CommandContext context)
    {
        var noOpen = new Option<bool>("--no-open") { Description = "Print the address, and start no browser." };
        var command = new Command("dashboard", "Open the gateway's page in a browser, signed in.") { noOpen };
        command.SetAction((result, cancellation) => new DashboardRun(context, !result.GetValue(noOpen)).ExecuteAsync(cancellation));
        return command;
    }
}
