using System.CommandLine;
using OpenClaw.Cli.Commands.Gateway.Run;
using OpenClaw.Cli.Commands.Gateway.Service;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Gateway;

/// <summary><c>openclaw gateway</c>: runs the gateway, and the group of commands about it.</summary>
internal static class GatewayCommand
{
    public static Command Create(CommandContext context)
    {
        var flags = new GatewayRunFlags();
        var command = new Command("gateway", "Run the gateway in the foreground; subcommands look after it.");
        flags.AddTo(command);
        command.SetAction((result, cancellation) => new GatewayRun(context, flags.Read(result)).ExecuteAsync(cancellation));

        // The same flags work behind the subcommand too, where the peer loses them.
        var runFlags = new GatewayRunFlags();
        var run = new Command("run", "Run the gateway in the foreground.");
        runFlags.AddTo(run);
        run.SetAction((result, cancellation) => new GatewayRun(context, runFlags.Read(result, flags)).ExecuteAsync(cancellation));
        command.Add(run);
        command.Add(GatewayHealthCommand.Create(context, flags));
        command.Add(GatewayStatusCommand.Create(context, flags));
        command.Add(GatewayCallCommand.Create(context, flags));
        command.Add(GatewayProbeCommand.Create(context, flags));
        ServiceCommands.AddTo(command, context, flags);
        return command;
    }
}
