using System.Text.Json.Serialization;

namespace OpenClaw.Channels.Telegram.Api;

/// <summary>No parameters.</summary>
internal sealed record NoParameters;

/// <summary>getUpdates.</summary>
internal sealed record GetUpdatesRequest
{
    public long? Offset { get; init; }

    public int Limit { get; init; } = 100;

    /// <summary>Seconds.</summary>
    public required int Timeout { get; init; }

    public required IReadOnlyList<string> AllowedUpdates { get; init; }
}

/// <summary>deleteWebhook.</summary>
internal sealed record DeleteWebhookRequest
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool DropPendingUpdates { get; init; }
}

/// <summary>setWebhook.</summary>
internal sealed record SetWebhookRequest
{
    public required string Url { get; init; }

    public required string SecretToken { get; init; }

    public required IReadOnlyList<string> AllowedUpdates { get; init; }
}

/// <summary>setMyCommands and deleteMyCommands.</summary>
internal sealed record CommandsRequest
{
    public IReadOnlyList<BotCommand>? Commands { get; init; }

    public BotCommandScope? Scope { get; init; }
}

/// <summary>An entry of the menu.</summary>
internal sealed record BotCommand(string Command, string Description);

/// <summary>Where a menu is shown.</summary>
internal sealed record BotCommandScope(string Type);

/// <summary>getFile.</summary>
internal sealed record GetFileRequest(string FileId);

/// <summary>answerCallbackQuery.</summary>
internal sealed record AnswerCallbackQueryRequest(string CallbackQueryId);

/// <summary>Every method that speaks in a chat; each takes some of these.</summary>
internal sealed record ChatRequest
{
    public required string ChatId { get; init; }

    public long? MessageThreadId { get; init; }

    public long? MessageId { get; init; }

    /// <summary>Of a draft; not 0.</summary>
    public int? DraftId { get; init; }

    public string? Text { get; init; }

    public string? Caption { get; init; }

    public string? ParseMode { get; init; }

    public long? ReplyToMessageId { get; init; }

    public bool? AllowSendingWithoutReply { get; init; }

    public bool? DisableNotification { get; init; }

    public LinkPreviewOptions? LinkPreviewOptions { get; init; }

    public InlineKeyboardMarkup? ReplyMarkup { get; init; }

    public string? Action { get; init; }

    public IReadOnlyList<ReactionType>? Reaction { get; init; }

    /// <summary>A file that the API has, by its id.</summary>
    public string? Sticker { get; init; }

    /// <summary>Of a topic.</summary>
    public string? Name { get; init; }

    public string? Question { get; init; }

    public IReadOnlyList<PollOption>? Options { get; init; }

    public bool? IsAnonymous { get; init; }

    public bool? AllowsMultipleAnswers { get; init; }

    /// <summary>Seconds.</summary>
    public int? OpenPeriod { get; init; }
}

/// <summary>Whether links show what they lead to.</summary>
internal sealed record LinkPreviewOptions(bool IsDisabled)
{
    /// <summary>As the account has it; null leaves it to the API, which shows one.</summary>
    public static LinkPreviewOptions? Of(Accounts.TelegramAccount account) => account.HasLinkPreview ? null : new LinkPreviewOptions(true);
}

/// <summary>Buttons under a message.</summary>
internal sealed record InlineKeyboardMarkup(IReadOnlyList<IReadOnlyList<InlineKeyboardButton>> InlineKeyboard);

/// <summary>A button.</summary>
internal sealed record InlineKeyboardButton(string Text, string CallbackData);

/// <summary>An answer to choose.</summary>
internal sealed record PollOption(string Text);
