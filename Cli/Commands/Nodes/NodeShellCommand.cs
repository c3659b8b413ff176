using System.CommandLine;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Nodes;

/// <summary><c>openclaw nodes run</c>.</summary>
internal static class NodeShellCommand
{
    private const int InvokeTimeoutMs = 30_000;

    public static Command Create(CommandContext context)
    {
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var node = NodesCommand.Node();
        var cwd = new Option<string?>("--cwd") { Description = "Directory on the node.", HelpName = "path" };
        var env = new Option<string[]>("--env") { Description = "Variable to set; may be given again.", HelpName = "key=value", DefaultValueFactory = _ => [] };
        var raw = new Option<string?>("--raw") { Description = "A line for the node's shell, instead of a program with arguments.", HelpName = "line" };
        var agent = new Option<string?>("--agent") { Description = "Agent whose approvals count (main).", HelpName = "id" };
        var ask = new Option<string?>("--ask") { Description = "off, on-miss or always; asks people about it first.", HelpName = "mode" };
        var limit = new Option<int?>("--command-timeout") { Description = "Milliseconds after which it is killed.", HelpName = "ms" };
        var invoke = new Option<int>("--invoke-timeout") { Description = $"Milliseconds to wait for the node ({InvokeTimeoutMs}).", HelpName = "ms", DefaultValueFactory = _ => InvokeTimeoutMs };
        var words = new Argument<string[]>("command") { Description = "Program and arguments.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("run", "Run a program on a node; its approvals decide whether it may.") { words, node, cwd, env, raw, agent, ask, limit, invoke };
        flags.AddTo(command);
        command.SetAction((result, cancellation) => new NodeShellRun(context, flags.Read(result)).RunAsync(
            new NodeShellOrder
            {
                Node = result.GetValue(node)!,
                Words = result.GetValue(words) ?? [],
                Raw = result.GetValue(raw)?.Trim() is { Length: > 0 } line ? line : null,
                Cwd = result.GetValue(cwd),
                Variables = result.GetValue(env)!,
                AgentId = result.GetValue(agent)?.Trim() is { Length: > 0 } id ? id : "main",
                Ask = result.GetValue(ask),
                TimeoutMs = result.GetValue(limit),
                InvokeTimeoutMs = result.GetValue(invoke),
            },
            cancellation));
        return command;
    }
}
