using System.CommandLine;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Message;

/// <summary>
/// What some service or other can do with messages. Whether a channel of this gateway can, the gateway says: its answer names what is supported.
/// </summary>
internal static class OtherActions
{
    /// <summary>The group of the command ("" for none), its name, and the action's name for the gateway.</summary>
    private static readonly (string Group, string Name, string Action)[] All =
    [
        ("", "read", "read"), ("", "reactions", "reactions"), ("", "pins", "list-pins"), ("", "permissions", "permissions"), ("", "search", "search"),
        ("", "timeout", "timeout"), ("", "kick", "kick"), ("", "ban", "ban"),
        ("thread", "list", "thread-list"), ("thread", "reply", "thread-reply"), ("sticker", "upload", "sticker-upload"),
        ("emoji", "list", "emoji-list"), ("emoji", "upload", "emoji-upload"), ("role", "info", "role-info"), ("role", "add", "role-add"), ("role", "remove", "role-remove"),
        ("channel", "info", "channel-info"), ("channel", "list", "channel-list"), ("member", "info", "member-info"), ("voice", "status", "voice-status"),
        ("event", "list", "event-list"), ("event", "create", "event-create"),
    ];

    /// <summary>Adds those of a group that has commands of its own already, or else all others.</summary>
    public static void AddTo(Command command, CommandContext context, string? group = null)
    {
        foreach (var (ofGroup, name, action) in All)
        {
            if (group is not null || ofGroup.Length == 0)
            {
                if (ofGroup == (group ?? ""))
                    command.Add(Of(context, name, action));
                continue;
            }
            if (ofGroup is "thread" or "sticker")
                continue;
            var parent = command.Subcommands.FirstOrDefault(each => each.Name == ofGroup);
            if (parent is null)
                command.Add(parent = new Command(ofGroup, "What services with such things can do; see which your channel can with: channels capabilities.") { Hidden = true });
            parent.Add(Of(context, name, action));
        }
    }

    private static Command Of(CommandContext context, string name, string action)
    {
        var flags = new MessageFlags(hasTarget: false);
        // Its own options are not looked at: there is no channel yet that could do it.
        var command = new Command(name, "Where the channel's service can do that; Telegram's bots cannot.") { Hidden = true, TreatUnmatchedTokensAsErrors = false };
        flags.AddTo(command);
        command.SetAction((result, cancellation) => new MessageRun(context, flags.Read(result)).ActAsync(action, new JsonObject(), cancellation));
        return command;
    }
}
