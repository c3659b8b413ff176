using System.CommandLine;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Pairing;

/// <summary><c>openclaw pairing</c>: who may write to the agent. Works on this machine's files, with or without a gateway that runs.</summary>
internal static class PairingCommand
{
    public static Command Create(CommandContext context) => new("pairing", "Let people write to the agent over a channel.") { List(context), Approve(context) };

    private static Command List(CommandContext context)
    {
        var channel = new Argument<string?>("channel") { Description = "The channel, for example telegram.", Arity = ArgumentArity.ZeroOrOne };
        var channelFlag = ChannelFlag();
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("list", "Show who waits to be let in, with their codes.") { channel, channelFlag, json };
        command.SetAction((result, cancellation) => PairingRun.ListAsync(context, result.GetValue(channelFlag) ?? result.GetValue(channel), result.GetValue(json), cancellation));
        return command;
    }

    private static Command Approve(CommandContext context)
    {
        var words = new Argument<string[]>("channel code") { Description = "The channel and the code; with --channel the code alone.", Arity = new ArgumentArity(1, 2) };
        var channelFlag = ChannelFlag();
        var notify = new Option<bool>("--notify") { Description = "Tell the sender in its chat; needs a gateway that runs." };
        var command = new Command("approve", "Let the sender of a code in, for good.") { words, channelFlag, notify };
        command.SetAction((result, cancellation) =>
        {
            var given = result.GetValue(words)!;
            var (channel, code) = result.GetValue(channelFlag) is { } named ? (named, given[^1]) : (given[0], given.Length > 1 ? given[1] : null);
            return PairingRun.ApproveAsync(context, channel, code, result.GetValue(notify), cancellation);
        });
        return command;
    }

    private static Option<string?> ChannelFlag() => new("--channel") { Description = "The channel.", HelpName = "channel" };
}
