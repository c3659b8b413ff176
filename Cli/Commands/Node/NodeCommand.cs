using System.CommandLine;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Node;

/// <summary><c>openclaw node</c>: this machine as a node of a gateway elsewhere.</summary>
internal static class NodeCommand
{
    public static Command Create(CommandContext context) => new("node", "Let a gateway run commands on this machine.")
    {
        Run(context),
        Service(context, "status"),
        Service(context, "install"),
        Service(context, "uninstall"),
        Service(context, "stop"),
        Service(context, "restart"),
    };

    private static Command Run(CommandContext context)
    {
        var host = new Option<string?>("--host") { Description = "Gateway's host. Default: the one of last time, else 127.0.0.1.", HelpName = "host" };
        var port = new Option<string?>("--port") { Description = "Gateway's port. Default: the one of last time, else 18789.", HelpName = "port" };
        var tls = new Option<bool>("--tls") { Description = "Speak TLS to the gateway." };
        var fingerprint = new Option<string?>("--tls-fingerprint") { Description = "SHA-256 of the only certificate to accept. Implies --tls.", HelpName = "sha256" };
        var nodeId = new Option<string?>("--node-id") { Description = "Instance id of this node.", HelpName = "id" };
        var name = new Option<string?>("--display-name") { Description = "Name of this node for people.", HelpName = "name" };
        var command = new Command("run", "Connect to a gateway and serve it until stopped.") { host, port, tls, fingerprint, nodeId, name };
        command.SetAction((result, cancellation) => NodeRun.RunAsync(
            context,
            new NodeRunArguments(result.GetValue(host), result.GetValue(port), result.GetValue(tls), result.GetValue(fingerprint), result.GetValue(nodeId), result.GetValue(name)),
            cancellation));
        return command;
    }

    /// <summary>Scripts of the peer know these words; here the system's own service manager does the work.</summary>
    private static Command Service(CommandContext context, string verb)
    {
        var command = new Command(verb, "Not available: run `openclaw node run` under a service manager.") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction((_, _) => context.FailAsync(
            $"Error: node {verb} is not available. Run `{context.Environment.CommandName} node run` under a service manager of your choice; it reconnects by itself and stops on SIGTERM."));
        return command;
    }
}
