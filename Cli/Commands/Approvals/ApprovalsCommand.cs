using System.CommandLine;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Approvals;

/// <summary><c>openclaw approvals</c>: which programs agents may run on this machine, on the gateway's, or on a node's.</summary>
internal static class ApprovalsCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("approvals", "See and change which commands run without asking.")
        {
            Get(context),
            Set(context),
            new Command("allowlist", "Change the programs that run unasked.")
            {
                Pattern(context, "add", "Let a program, or a pattern of programs, run unasked.", static (run, agent, pattern, cancellation) => run.AddAsync(agent, pattern, cancellation)),
                Pattern(context, "remove", "Take a program or pattern off the list.", static (run, agent, pattern, cancellation) => run.RemoveAsync(agent, pattern, cancellation)),
            },
        };
        command.Aliases.Add("exec-approvals");
        return command;
    }

    private static Command Get(CommandContext context)
    {
        var place = new PlaceFlags();
        var command = new Command("get", "Show what was decided.");
        place.AddTo(command);
        command.SetAction((result, cancellation) => place.Read(context, result).GetAsync(cancellation));
        return command;
    }

    private static Command Set(CommandContext context)
    {
        var place = new PlaceFlags();
        var file = new Option<string?>("--file") { Description = "JSON file with the new content.", HelpName = "path" };
        var stdin = new Option<bool>("--stdin") { Description = "Read the new content from standard input." };
        var command = new Command("set", "Replace all of it.") { file, stdin };
        place.AddTo(command);
        command.SetAction((result, cancellation) => place.Read(context, result).SetAsync(result.GetValue(file), result.GetValue(stdin), cancellation));
        return command;
    }

    private static Command Pattern(CommandContext context, string name, string description, Func<ApprovalsRun, string?, string, CancellationToken, Task<int>> change)
    {
        var place = new PlaceFlags();
        var agent = new Option<string?>("--agent") { Description = "Agent it counts for. Default: all (*).", HelpName = "id" };
        var pattern = new Argument<string>("pattern") { Description = "Path of a program; * stays inside one directory, ** crosses them." };
        var command = new Command(name, description) { pattern, agent };
        place.AddTo(command);
        command.SetAction((result, cancellation) => change(place.Read(context, result), result.GetValue(agent), result.GetValue(pattern)!, cancellation));
        return command;
    }

    /// <summary>Whose file is meant.</summary>
    private sealed class PlaceFlags
    {
        private readonly ClientFlags _client = new(GatewayCaller.UsualTimeoutMs);
        private readonly Option<string?> _node = new("--node") { Description = "A node's file: its id, name or address.", HelpName = "node" };
        private readonly Option<bool> _gateway = new("--gateway") { Description = "The file of the gateway's machine." };

        public void AddTo(Command command)
        {
            command.Add(_node);
            command.Add(_gateway);
            _client.AddTo(command);
        }

        public ApprovalsRun Read(CommandContext context, ParseResult result)
        {
            var arguments = _client.Read(result);
            // As with the peer, --gateway wins over --node.
            return new ApprovalsRun(context, arguments.Json, new ApprovalsPlace(context, arguments, result.GetValue(_gateway) ? null : result.GetValue(_node)?.Trim(), result.GetValue(_gateway)));
        }
    }
}
