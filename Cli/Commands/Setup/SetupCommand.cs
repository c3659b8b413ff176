using System.CommandLine;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Setup;

/// <summary><c>openclaw setup</c>: makes what a gateway needs to start, and leaves alone what is there.</summary>
internal static class SetupCommand
{
    public static Command Create(CommandContext context)
    {
        var workspace = new Option<string?>("--workspace") { Description = "Directory of the agent's files.", HelpName = "dir" };
        var command = new Command("setup", "Write a configuration with a fresh token, and make the agent's workspace.") { workspace };
        command.SetAction((result, cancellation) => new SetupRun(context, result.GetValue(workspace)).ExecuteAsync(cancellation));
        return command;
    }
}
