using System.CommandLine;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Queue;

/// <summary><c>openclaw queue</c>: messages that were set aside because they could not be worked on.</summary>
internal static class QueueCommand
{
    public static Command Create(CommandContext context) => new("queue", "See messages that were set aside, and try them again or drop them.")
    {
        List(context),
        Change(context, "replay", "Put a message that was set aside back into its queue.", QueueRun.ReplayAsync),
        Change(context, "drop", "Forget a message that was set aside, for good.", QueueRun.DropAsync),
    };

    private static Command List(CommandContext context)
    {
        var redis = Redis();
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("list", "Show the messages that were set aside, and why.") { redis, json };
        command.SetAction((result, cancellation) => QueueRun.ListAsync(context, result.GetValue(redis), result.GetValue(json), cancellation));
        return command;
    }

    private static Command Change(CommandContext context, string name, string description, Func<CommandContext, string?, string, string, CancellationToken, Task<int>> run)
    {
        var redis = Redis();
        var queue = new Argument<string>("queue") { Description = "Name of the queue, as the list shows it." };
        var id = new Argument<string>("id") { Description = "Id of the message, as the list shows it." };
        var command = new Command(name, description) { queue, id, redis };
        command.SetAction((result, cancellation) => run(context, result.GetValue(redis), result.GetValue(queue)!, result.GetValue(id)!, cancellation));
        return command;
    }

    private static Option<string?> Redis() => new("--redis")
    {
        Description = "Redis of a gateway of several processes (ConnectionStrings__redis). Without it: this machine's gateway, which must not run.",
        HelpName = "address",
    };
}
