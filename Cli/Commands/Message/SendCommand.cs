using System.CommandLine;
using System.Text.Json.Nodes;
using OpenClaw.Cli.Startup;

namespace OpenClaw.Cli.Commands.Message;

/// <summary><c>openclaw message send</c> and <c>broadcast</c>.</summary>
internal static class SendCommand
{
    public static Command Create(CommandContext context)
    {
        var message = new Option<string?>("--message", "-m") { Description = "The text, as Markdown; may be left out with --media.", HelpName = "text" };
        var media = new Option<string?>("--media") { Description = "A picture, sound, film or file: a path or a URL.", HelpName = "path-or-url" };
        var replyTo = new Option<string?>("--reply-to") { Description = "The message that it answers.", HelpName = "id" };
        var thread = new Option<string?>("--thread-id") { Description = "The topic of a group.", HelpName = "id" };
        var buttons = new Option<string?>("--buttons") { Description = "Rows of buttons: [[{\"text\":\"Yes\",\"callback_data\":\"y\"}]].", HelpName = "json" };
        var card = new Option<string?>("--card") { Description = "A card; no channel of this gateway has them.", HelpName = "json", Hidden = true };
        var silent = new Option<bool>("--silent") { Description = "It arrives without a sound." };
        var gif = new Option<bool>("--gif-playback") { Description = "A film plays like a moving picture." };
        var flags = new MessageFlags();
        var command = flags.AddTo(new Command("send", "Send a message, once.") { message, media, replyTo, thread, buttons, card, silent, gif });
        command.SetAction(async (result, cancellation) =>
        {
            if (result.GetValue(card) is not null)
                return await context.FailAsync("Error: no channel of this gateway can send cards").ConfigureAwait(false);
            var content = new MessageContent(result.GetValue(message), result.GetValue(media))
            {
                ReplyTo = result.GetValue(replyTo),
                ThreadId = result.GetValue(thread),
                Buttons = result.GetValue(buttons),
                IsSilent = result.GetValue(silent),
                PlaysAsGif = result.GetValue(gif),
            };
            return await new MessageRun(context, flags.Read(result)).SendAsync(content, cancellation).ConfigureAwait(false);
        });
        return command;
    }

    public static Command Broadcast(CommandContext context)
    {
        var targets = new Option<string[]>("--targets") { Description = "The receivers.", HelpName = "target...", Required = true, AllowMultipleArgumentsPerToken = true };
        var message = new Option<string?>("--message", "-m") { Description = "The text, as Markdown; may be left out with --media.", HelpName = "text" };
        var media = new Option<string?>("--media") { Description = "A picture, sound, film or file: a path or a URL.", HelpName = "path-or-url" };
        var flags = new MessageFlags(hasTarget: false);
        var command = flags.AddTo(new Command("broadcast", "Send one message to several receivers; each gets it once.") { targets, message, media });
        command.SetAction((result, cancellation) =>
            new BroadcastRun(context, flags.Read(result)).SendAsync(result.GetValue(targets)!, new MessageContent(result.GetValue(message), result.GetValue(media)), cancellation));
        return command;
    }
}

/// <summary>What is to be sent.</summary>
/// <param name="Text">The words.</param>
/// <param name="Media">A path or URL.</param>
internal sealed record MessageContent(string? Text, string? Media)
{
    public string? ReplyTo { get; init; }

    public string? ThreadId { get; init; }

    public string? Buttons { get; init; }

    public bool IsSilent { get; init; }

    public bool PlaysAsGif { get; init; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Problem()
    {
        if (string.IsNullOrWhiteSpace(Text) && string.IsNullOrWhiteSpace(Media))
            return "send requires text or media: give --message or --media.";
        if (Buttons is null)
            return null;
        try
        {
            return JsonNode.Parse(Buttons) is JsonArray rows && rows.All(static row => row is JsonArray) ? null : NoButtons;
        }
        catch (System.Text.Json.JsonException)
        {
            return NoButtons;
        }
    }

    private const string NoButtons = "--buttons is no JSON list of rows: [[{\"text\":\"Yes\",\"callback_data\":\"y\"}]]";

    /// <summary>As <c>message.action</c> wants it.</summary>
    /// <param name="media">The file as the gateway may read it.</param>
    public JsonObject ToDetails(string? media)
    {
        var details = new JsonObject { ["message"] = Text ?? "" };
        if (media is not null)
            details["mediaUrl"] = media;
        if (ReplyTo is not null)
            details["replyTo"] = ReplyTo;
        if (ThreadId is not null)
            details["threadId"] = ThreadId;
        if (Buttons is not null)
            details["buttons"] = JsonNode.Parse(Buttons);
        if (IsSilent)
            details["silent"] = true;
        if (PlaysAsGif)
            details["gifPlayback"] = true;
        return details;
    }

    /// <summary><c>send</c> says all that is to be said; it is known to more gateways.</summary>
    public bool FitsSend => !string.IsNullOrWhiteSpace(Text) && ReplyTo is null && ThreadId is null && Buttons is null && !IsSilent;
}
