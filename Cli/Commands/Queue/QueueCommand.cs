using System.CommandLine;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Queue;

/// <summary><c>openclaw queue</c>: what is to be sent and what became of it, over the running gateway; and work that was set aside, where no gateway runs.</summary>
internal static class QueueCommand
{
    public static Command Create(CommandContext context) => new("queue", "See messages on their way out and work that was set aside; try again or drop.")
    {
        List(context),
        Retry(context),
        Drop(context),
        Replay(context),
    };

    private static Command List(CommandContext context)
    {
        var redis = Redis();
        var state = new Option<string?>("--state") { Description = "Only those that are prepared, queued, attempting, delivered, failed, ambiguous or dropped.", HelpName = "state" };
        state.AcceptOnlyFromAmong(OutboxRun.States);
        var channel = new Option<string?>("--channel") { Description = "Only those of this channel.", HelpName = "channel" };
        var limit = new Option<int>("--limit") { Description = "How many at most, the newest (200).", HelpName = "n", DefaultValueFactory = static _ => 200 };
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var command = new Command("list", "Show the messages to send and where they have got to; where no gateway runs, the work that was set aside, and why.") { state, channel, limit, redis };
        flags.AddTo(command);
        command.SetAction((result, cancellation) =>
            new OutboxRun(context, flags.Read(result)).ListAsync(result.GetValue(redis), result.GetValue(state), result.GetValue(channel), result.GetValue(limit), cancellation));
        return command;
    }

    private static Command Retry(CommandContext context)
    {
        var id = new Argument<string>("id") { Description = "The message to send, as the list shows it." };
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var command = new Command("retry", "Send a message again that failed, or that may be there or not; once.") { id };
        flags.AddTo(command);
        command.SetAction((result, cancellation) => new OutboxRun(context, flags.Read(result)).RetryAsync(result.GetValue(id)!, cancellation));
        return command;
    }

    private static Command Drop(CommandContext context)
    {
        var redis = Redis();
        var words = new Argument<string[]>("[queue] id") { Description = "The message to send, by its id; or the queue and the id of work that was set aside.", Arity = new ArgumentArity(1, 2) };
        var flags = new ClientFlags(GatewayCaller.UsualTimeoutMs);
        var command = new Command("drop", "Give a message up, for good.") { words, redis };
        flags.AddTo(command);
        command.SetAction((result, cancellation) => result.GetValue(words) is [var queue, var id]
            ? QueueRun.DropAsync(context, result.GetValue(redis), queue, id, cancellation)
            : new OutboxRun(context, flags.Read(result)).DropAsync(result.GetValue(words)![0], cancellation));
        return command;
    }

    private static Command Replay(CommandContext context)
    {
        var redis = Redis();
        var queue = new Argument<string>("queue") { Description = "Name of the queue, as the list shows it." };
        var id = new Argument<string>("id") { Description = "Id of the message, as the list shows it." };
        var command = new Command("replay", "Put work that was set aside back into its queue.") { queue, id, redis };
        command.SetAction((result, cancellation) => QueueRun.ReplayAsync(context, result.GetValue(redis), result.GetValue(queue)!, result.GetValue(id)!, cancellation));
        return command;
    }

    private static Option<string?> Redis() => new("--redis")
    {
        Description = "Work that was set aside, in the Redis of a gateway of several processes (ConnectionStrings__redis).",
        HelpName = "address",
    };
}
