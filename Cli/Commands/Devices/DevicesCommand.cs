using System.CommandLine;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Protocol.Methods.Devices;

namespace OpenClaw.Cli.Commands.Devices;

/// <summary><c>openclaw devices</c>: who may connect. Works on this machine's files when its gateway cannot be asked.</summary>
internal static class DevicesCommand
{
    public static Command Create(CommandContext context) => new("devices", "Approve devices and look after their tokens.")
    {
        List(context),
        Decision(context, "approve", "Let a waiting device in.", DevicesRun.ApproveAsync),
        Decision(context, "reject", "Turn a waiting device away.", DevicesRun.RejectAsync),
        Revoke(context),
        Rotate(context),
    };

    private static Command List(CommandContext context)
    {
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var command = new Command("list", "Show devices that wait and devices that were approved.");
        flags.AddTo(command);
        command.SetAction((result, cancellation) => DevicesRun.ListAsync(context, flags.Read(result), cancellation));
        return command;
    }

    private static Command Decision(
        CommandContext context, string name, string description, Func<CommandContext, ClientArguments, string, CancellationToken, Task<int>> run)
    {
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var request = new Argument<string>("requestId") { Description = "Id of the request, as the list shows it." };
        var command = new Command(name, description) { request };
        flags.AddTo(command);
        command.SetAction((result, cancellation) => run(context, flags.Read(result), result.GetValue(request)!, cancellation));
        return command;
    }

    private static Command Revoke(CommandContext context)
    {
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var (device, role) = (Device(), Role());
        var command = new Command("revoke", "End a device's token for a role; its connections are closed.") { device, role };
        flags.AddTo(command);
        command.SetAction((result, cancellation) => DevicesRun.RevokeAsync(
            context, flags.Read(result), new DeviceTokenRevokeParams { DeviceId = result.GetValue(device)!, Role = result.GetValue(role)! }, cancellation));
        return command;
    }

    private static Command Rotate(CommandContext context)
    {
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var (device, role) = (Device(), Role());
        var scopes = new Option<string[]>("--scope")
        {
            Description = "What the new token opens, within what the device was approved for.",
            HelpName = "scope...",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("rotate", "Replace a device's token for a role and print the new one.") { device, role, scopes };
        flags.AddTo(command);
        command.SetAction((result, cancellation) => DevicesRun.RotateAsync(
            context,
            flags.Read(result),
            new DeviceTokenRotateParams
            {
                DeviceId = result.GetValue(device)!,
                Role = result.GetValue(role)!,
                Scopes = result.GetValue(scopes) is { Length: > 0 } given ? given : null,
            },
            cancellation));
        return command;
    }

    private static Option<string> Device() => new("--device") { Description = "Device id.", HelpName = "id", Required = true };

    private static Option<string> Role() => new("--role") { Description = "Role of the token: operator or node.", HelpName = "role", Required = true };
}
