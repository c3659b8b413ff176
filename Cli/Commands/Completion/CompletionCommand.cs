using System.CommandLine;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Completion;

/// <summary><c>openclaw completion</c>: what a shell needs to complete this program's commands.</summary>
internal static class CompletionCommand
{
    public static Command Create(CommandContext context)
    {
        var shell = new Option<string>("--shell", "-s") { Description = "zsh, bash, powershell or fish (zsh).", HelpName = "shell", DefaultValueFactory = static _ => "zsh" };
        var install = new Option<bool>("--install", "-i") { Description = "Let the shell read the script when it starts." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        var state = new Option<bool>("--write-state") { Description = "Write the scripts of all shells to the state directory, and print nothing." };
        var command = new Command("completion", "Print a script with which a shell completes commands.") { shell, install, yes, state };
        command.SetAction((result, cancellation) => new CompletionRun(
            context, result.GetValue(shell)!, result.GetValue(install), result.GetValue(yes), result.GetValue(state)).ExecuteAsync(cancellation));
        return command;
    }
}
