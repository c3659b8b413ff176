using System.Globalization;
using System.Text;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Telegram.Accounts;
using OpenClaw.Channels.Telegram.Api;
using OpenClaw.Channels.Telegram.Formatting;

namespace OpenClaw.Channels.Telegram.Outbound;

/// <summary>A message as the API wants it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Request">Its parameters.</param>
/// <param name="Part">Name of the file's part; null without a file.</param>
/// <param name="PlainText">The words for when the API cannot read the marks.</param>
internal sealed record OutboundRequest(string Method, ChatRequest Request, string? Part, string? PlainText)
{
    /// <summary>The API's limit on what a press says, in bytes.</summary>
    public const int MaxCallbackData = 64;

    private const int MaxPollQuestion = 300;
    private const int MaxPollOption = 100;

    /// <summary>The API's limits of a poll that closes by itself, in seconds.</summary>
    private const int MinOpenPeriod = 5;
    private const int MaxOpenPeriod = 600;

    /// <summary>The same without marks.</summary>
    public OutboundRequest AsPlain() => this with
    {
        Request = Request with { ParseMode = null, Text = Request.Text is null ? null : PlainText, Caption = Request.Caption is null ? null : PlainText },
        PlainText = null,
    };

    /// <summary>Makes it; a text instead says why it cannot be.</summary>
    public static (OutboundRequest? Request, string? Problem) Create(OutboundMessage message, TelegramTarget target, TelegramAccount account)
    {
        var request = new ChatRequest
        {
            ChatId = target.Chat,
            MessageThreadId = target.SendThreadId,
            ReplyToMessageId = long.TryParse(message.ReplyToId, CultureInfo.InvariantCulture, out var answered) && answered > 0 ? answered : null,
            DisableNotification = message.IsSilent ? true : null,
        };
        if (message.Poll is { } poll)
            return Poll(request, poll);
        if (message.StickerId is { } sticker)
            return (new OutboundRequest("sendSticker", request with { Sticker = sticker }, null, null), null);
        if (Keyboard(message.Buttons) is { Problem: { } problem })
            return (null, problem);
        request = request with { ReplyMarkup = Keyboard(message.Buttons).Markup };
        var text = TelegramText.FromMarkdown(message.Text);
        if (message.Media is { } media)
            return Media(request, media, text);
        if (text.Plain.Trim().Length == 0)
            return (null, "the message is empty");
        // What is set off from the words around it can make a text longer than it was; then it goes as it was written.
        if (text.Plain.Length > TelegramText.MaxLength && message.Text.Trim() is { Length: <= TelegramText.MaxLength } written)
            return (new OutboundRequest("sendMessage", request with { Text = written, LinkPreviewOptions = LinkPreviewOptions.Of(account) }, null, written), null);
        if (text.Plain.Length > TelegramText.MaxLength)
            return (null, $"the message is longer than {TelegramText.MaxLength} characters");
        request = request with { Text = text.Html, ParseMode = "HTML", LinkPreviewOptions = LinkPreviewOptions.Of(account) };
        return (new OutboundRequest("sendMessage", request, null, text.Plain), null);
    }

    private static (OutboundRequest?, string?) Media(ChatRequest request, OutboundMedia media, TelegramText text)
    {
        if (media.Content.IsEmpty && media is not { Reference: not null, Length: > 0 })
            return (null, "the file is empty");
        if (text.Plain.Length > TelegramText.MaxCaption)
            return (null, $"the caption is longer than {TelegramText.MaxCaption} characters");
        var type = media.ContentType.Split(';')[0].Trim().ToLowerInvariant();
        var (method, part) = media.Kind switch
        {
            // Moving pictures would stand still, and what is no picture to the API is refused.
            MediaKind.Image when type == "image/gif" => ("sendAnimation", "animation"),
            MediaKind.Image when type is "image/jpeg" or "image/png" or "image/webp" => ("sendPhoto", "photo"),
            MediaKind.Video when media.PlaysAsGif => ("sendAnimation", "animation"),
            MediaKind.Video => ("sendVideo", "video"),
            // Only what is recorded this way is shown as spoken.
            MediaKind.Voice when type is "audio/ogg" or "audio/opus" => ("sendVoice", "voice"),
            MediaKind.Voice or MediaKind.Audio => ("sendAudio", "audio"),
            MediaKind.Sticker => ("sendSticker", "sticker"),
            _ => ("sendDocument", "document"),
        };
        if (text.Plain.Length > 0 && media.Kind is not MediaKind.Sticker)
            request = request with { Caption = text.Html, ParseMode = "HTML" };
        return (new OutboundRequest(method, request, part, text.Plain), null);
    }

    private static (OutboundRequest?, string?) Poll(ChatRequest request, OutboundPoll poll)
    {
        if (poll.Question.Trim().Length == 0 || poll.Question.Length > MaxPollQuestion)
            return (null, $"the question of a poll has 1 to {MaxPollQuestion} characters");
        if (poll.Options.Count is < 2 or > 12 || poll.Options.Any(static option => option.Trim().Length == 0 || option.Length > MaxPollOption))
            return (null, $"a poll has 2 to 12 options of 1 to {MaxPollOption} characters");
        request = request with
        {
            Question = poll.Question,
            Options = [.. poll.Options.Select(static option => new PollOption(option))],
            AllowsMultipleAnswers = poll.MaxSelections > 1 ? true : null,
            IsAnonymous = false,
            OpenPeriod = poll.Duration is { } duration ? Math.Clamp((int)Math.Min(duration.TotalSeconds, int.MaxValue), MinOpenPeriod, MaxOpenPeriod) : null,
        };
        return (new OutboundRequest("sendPoll", request, null, null), null);
    }

    public static (InlineKeyboardMarkup? Markup, string? Problem) Keyboard(IReadOnlyList<IReadOnlyList<OutboundButton>>? rows)
    {
        var kept = (rows ?? []).Select(static row => row.Where(static button => button.Text.Length > 0 && button.Data.Length > 0).ToList()).Where(static row => row.Count > 0).ToList();
        if (kept.Count == 0)
            return (null, null);
        if (kept.SelectMany(static row => row).FirstOrDefault(static button => Encoding.UTF8.GetByteCount(button.Data) > MaxCallbackData) is { } tooLong)
            return (null, $"the data of button \"{tooLong.Text}\" is longer than {MaxCallbackData} bytes");
        return (new InlineKeyboardMarkup([.. kept.Select(static row => (IReadOnlyList<InlineKeyboardButton>)[.. row.Select(static button => new InlineKeyboardButton(button.Text, button.Data))])]), null);
    }
}
