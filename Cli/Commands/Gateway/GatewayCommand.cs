using System.CommandLine;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Gateway;

/// <summary><c>openclaw gateway</c>: runs the gateway, and the group of commands about it.</summary>
internal static class GatewayCommand
{
    public static Command Create(CommandContext context)
    {
        var options = new GatewayRunFlags();
        var command = new Command("gateway", "Run the gateway in the foreground; subcommands look after it.");
        options.AddTo(command);
        command.SetAction((result, cancellation) => new GatewayRun(context, options.Read(result)).ExecuteAsync(cancellation));

        // The same flags work behind the subcommand too, where the peer loses them.
        var runOptions = new GatewayRunFlags();
        var run = new Command("run", "Run the gateway in the foreground.");
        runOptions.AddTo(run);
        run.SetAction((result, cancellation) => new GatewayRun(context, runOptions.Read(result, options)).ExecuteAsync(cancellation));
        command.Add(run);
        return command;
    }
}
