using System.CommandLine;
using OpenClaw.Cli.Commands.Gateway.Run;
using OpenClaw.Cli.Commands.Gateway.Status;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Gateway;

/// <summary><c>openclaw gateway status</c>: where the gateway is expected, and whether it answers there.</summary>
internal static class GatewayStatusCommand
{
    public static Command Create(CommandContext context, GatewayRunFlags outer)
    {
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var noProbe = new Option<bool>("--no-probe") { Description = "Do not try to reach the gateway." };
        var command = new Command("status", "Say where the gateway is expected, and whether it answers.") { noProbe };
        flags.AddTo(command);
        command.SetAction((result, cancellation) =>
            new GatewayStatusRun(context, flags.Read(result, outer.ReadSecrets(result)), !result.GetValue(noProbe)).ExecuteAsync(cancellation));
        return command;
    }
}
