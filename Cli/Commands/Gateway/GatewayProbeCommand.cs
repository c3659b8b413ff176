using System.CommandLine;
using OpenClaw.Cli.Commands.Gateway.Probe;
using OpenClaw.Cli.Commands.Gateway.Run;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Gateway;

/// <summary><c>openclaw gateway probe</c>: which of the known gateways can be reached.</summary>
internal static class GatewayProbeCommand
{
    public const int UsualTimeoutMs = 3000;

    public static Command Create(CommandContext context, GatewayRunFlags outer)
    {
        var flags = new ClientFlags(UsualTimeoutMs);
        var command = new Command("probe", "Try to reach this machine's gateway and the configured remote one.");
        flags.AddTo(command);
        command.SetAction((result, cancellation) =>
            new GatewayProbe(context, flags.Read(result, outer.ReadSecrets(result))).ExecuteAsync(cancellation));
        return command;
    }
}
