using System.CommandLine;
using OpenClaw.Cli.Commands.Gateway.Run;
using OpenClaw.Cli.Commands.Gateway.Status;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Gateway;

/// <summary><c>openclaw gateway status</c>: where the gateway is expected, and whether it answers there.</summary>
internal static class GatewayStatusCommand
{
    public static Command Create(CommandContext context, GatewayRunFlags? outer)
    {
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var noProbe = new Option<bool>("--no-probe") { Description = "Do not try to reach the gateway." };
        var deep = new Option<bool>("--deep") { Description = "Look for other gateways' services in the directories of the system, too." };
        var system = new Option<bool>("--system") { Description = "Look at the system's service manager instead of the user's (systemd only)." };
        var command = new Command("status", "Say how the service is, where the gateway is expected, and whether it answers.") { noProbe, deep, system };
        flags.AddTo(command);
        command.SetAction((result, cancellation) =>
            new GatewayStatusRun(context, flags.Read(result, outer?.ReadSecrets(result) ?? default), !result.GetValue(noProbe), result.GetValue(deep), result.GetValue(system)).ExecuteAsync(cancellation));
        return command;
    }
}
