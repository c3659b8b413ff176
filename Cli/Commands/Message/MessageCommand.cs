using System.CommandLine;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Message;

/// <summary><c>openclaw message</c>: sends and changes messages, through the running gateway.</summary>
internal static class MessageCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("message", "Send messages, and do other things with them, through the running gateway.")
        {
            SendCommand.Create(context),
            SendCommand.Broadcast(context),
            Poll(context),
            OnMessage(context, "react", "Put a sign on a message, or take it off.", [Text("--emoji", "The sign."), Switch("--remove", "Take the sign off.")], static details =>
                details.ContainsKey("emoji") || details.ContainsKey("remove") ? null : "--emoji or --remove is needed."),
            OnMessage(context, "edit", "Change a message that the bot sent.", [Text("--message", "The new text.", "-m")], static details => details.ContainsKey("message") ? null : "--message is needed."),
            OnMessage(context, "delete", "Take a message away.", []),
            OnMessage(context, "pin", "Keep a message in sight.", []),
            OnMessage(context, "unpin", "Keep a message in sight no more.", []),
            Thread(context),
            Sticker(context),
        };
        OtherActions.AddTo(command, context);
        return command;
    }

    private static Command Poll(CommandContext context)
    {
        var question = new Option<string>("--poll-question") { Description = "What is asked.", HelpName = "text", Required = true };
        var options = new Option<string[]>("--poll-option") { Description = "An answer to choose; 2 to 12 of them.", HelpName = "choice", Required = true };
        var multi = Switch("--poll-multi", "Several answers may be chosen.");
        var flags = new MessageFlags();
        var command = flags.AddTo(new Command("poll", "Ask a question with answers to choose from.") { question, options, multi });
        command.SetAction((result, cancellation) =>
        {
            var details = new JsonObject { ["pollQuestion"] = result.GetValue(question), ["pollOption"] = new JsonArray([.. result.GetValue(options)!.Select(static option => (JsonNode)option)]) };
            if (result.GetValue(multi))
                details["pollMulti"] = true;
            return new MessageRun(context, flags.Read(result)).ActAsync("poll", details, cancellation);
        });
        return command;
    }

    /// <summary>Something that is done to a message that is there.</summary>
    private static Command OnMessage(CommandContext context, string action, string description, Option[] own, Func<JsonObject, string?>? check = null)
    {
        var id = new Option<string>("--message-id") { Description = "The message, by its id in the chat.", HelpName = "id", Required = true };
        var flags = new MessageFlags();
        var command = flags.AddTo(new Command(action, description) { id });
        foreach (var option in own)
            command.Add(option);
        command.SetAction(async (result, cancellation) =>
        {
            var details = new JsonObject { ["messageId"] = result.GetValue(id) };
            foreach (var option in own)
            {
                if (option is Option<bool> given && result.GetValue(given))
                    details[option.Name[2..]] = true;
                else if (option is Option<string?> text && result.GetValue(text) is { } value)
                    details[option.Name[2..]] = value;
            }
            return check?.Invoke(details) is { } wrong
                ? await context.FailAsync("Error: " + wrong).ConfigureAwait(false)
                : await new MessageRun(context, flags.Read(result)).ActAsync(action, details, cancellation).ConfigureAwait(false);
        });
        return command;
    }

    private static Command Thread(CommandContext context)
    {
        var name = new Option<string>("--thread-name") { Description = "What it is called.", HelpName = "name", Required = true };
        var flags = new MessageFlags();
        var create = flags.AddTo(new Command("create", "Open a topic in a group.") { name });
        create.SetAction((result, cancellation) => new MessageRun(context, flags.Read(result)).ActAsync("thread-create", new JsonObject { ["threadName"] = result.GetValue(name) }, cancellation));
        var command = new Command("thread", "Topics of groups.") { create };
        OtherActions.AddTo(command, context, "thread");
        return command;
    }

    private static Command Sticker(CommandContext context)
    {
        var id = new Option<string>("--sticker-id") { Description = "The sticker, by the id that the channel's service has for it.", HelpName = "id", Required = true };
        var flags = new MessageFlags();
        var send = flags.AddTo(new Command("send", "Send a sticker.") { id });
        send.SetAction((result, cancellation) => new MessageRun(context, flags.Read(result)).ActAsync("sticker", new JsonObject { ["stickerId"] = result.GetValue(id) }, cancellation));
        var command = new Command("sticker", "Stickers.") { send };
        OtherActions.AddTo(command, context, "sticker");
        return command;
    }

    private static Option<string?> Text(string name, string description, params string[] aliases) => new(name, aliases) { Description = description, HelpName = "text" };

    private static Option<bool> Switch(string name, string description) => new(name) { Description = description };
}
