using System.CommandLine;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Nodes;

/// <summary><c>openclaw nodes</c>: the machines and phones that run commands for the gateway.</summary>
internal static class NodesCommand
{
    private const int InvokeTimeoutMs = 15_000;

    public static Command Create(CommandContext context)
    {
        var command = Basics(context);
        command.Add(NodeShellCommand.Create(context));
        foreach (var action in NodeActions.Create(context))
            command.Add(action);
        return command;
    }

    public static Option<string> Node() => new("--node") { Description = "Node: its id, the first six or more characters of it, its name or its address.", HelpName = "node", Required = true };

    private static Command Basics(CommandContext context) => new("nodes", "See nodes, decide about them and let them run commands.")
    {
        Plain(context, "status", "Show nodes that are connected or were approved.", NodesRun.StatusAsync),
        Plain(context, "list", "Show the node-pair store: who waits, who is in.", NodesRun.ListAsync),
        Plain(context, "pending", "Show the requests that wait.", NodesRun.PendingAsync),
        Decision(context, "approve", "Put a waiting node into the store and print its token.", "node.pair.approve"),
        Decision(context, "reject", "Turn a waiting node away.", "node.pair.reject"),
        Rename(context),
        Describe(context),
        Invoke(context),
    };

    private static Command Plain(CommandContext context, string name, string description, Func<CommandContext, ClientArguments, CancellationToken, Task<int>> run)
    {
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var command = new Command(name, description);
        flags.AddTo(command);
        command.SetAction((result, cancellation) => run(context, flags.Read(result), cancellation));
        return command;
    }

    private static Command Decision(CommandContext context, string name, string description, string method)
    {
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var request = new Argument<string>("requestId") { Description = "Id of the request, as the list shows it." };
        var command = new Command(name, description) { request };
        flags.AddTo(command);
        command.SetAction((result, cancellation) => NodesRun.DecideAsync(context, flags.Read(result), name, method, result.GetValue(request)!, cancellation));
        return command;
    }

    private static Command Rename(CommandContext context)
    {
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var node = Node();
        var newName = new Option<string>("--name") { Description = "New name.", HelpName = "name", Required = true };
        var command = new Command("rename", "Rename a node of the store.") { node, newName };
        flags.AddTo(command);
        command.SetAction((result, cancellation) => NodesRun.RenameAsync(context, flags.Read(result), result.GetValue(node)!, result.GetValue(newName)!, cancellation));
        return command;
    }

    private static Command Describe(CommandContext context)
    {
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var node = Node();
        var command = new Command("describe", "Show one node.") { node };
        flags.AddTo(command);
        command.SetAction((result, cancellation) => NodesRun.DescribeAsync(context, flags.Read(result), result.GetValue(node)!, cancellation));
        return command;
    }

    private static Command Invoke(CommandContext context)
    {
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var node = Node();
        var commandName = new Option<string>("--command") { Description = "A command that the node declared.", HelpName = "command", Required = true };
        var parameters = new Option<string>("--params") { Description = "JSON object of its params.", HelpName = "json", DefaultValueFactory = _ => "{}" };
        var limit = new Option<int>("--invoke-timeout") { Description = $"Milliseconds that the node may take ({InvokeTimeoutMs}).", HelpName = "ms", DefaultValueFactory = _ => InvokeTimeoutMs };
        var key = new Option<string?>("--idempotency-key") { Description = "Key by which the node recognises a repeat.", HelpName = "key" };
        var command = new Command("invoke", "Let a node run one of its commands.") { node, commandName, parameters, limit, key };
        flags.AddTo(command);
        command.SetAction((result, cancellation) => NodesRun.InvokeAsync(
            context,
            flags.Read(result),
            new NodeOrder(result.GetValue(node)!, result.GetValue(commandName)!, result.GetValue(parameters)!, result.GetValue(limit), result.GetValue(key)),
            cancellation));
        return command;
    }
}
