using System.Text.Json.Nodes;

namespace OpenClaw.Fakes.Telegram;

/// <summary>Executes one call.</summary>
/// <param name="server">The server.</param>
/// <param name="bot">Whose call it is.</param>
/// <param name="parameters">What was given.</param>
/// <param name="files">What was uploaded.</param>
/// <param name="isGone">Whether the caller has closed its connection.</param>
/// <param name="isHanging">It is a poll that is not answered.</param>
internal sealed class BotMethods(FakeBotServer server, FakeBot bot, JsonObject parameters, IReadOnlyDictionary<string, UploadedFile> files, Func<bool> isGone, bool isHanging)
{
    private static readonly Dictionary<string, string> MediaParts = new()
    {
        ["sendPhoto"] = "photo",
        ["sendVideo"] = "video",
        ["sendAudio"] = "audio",
        ["sendVoice"] = "voice",
        ["sendDocument"] = "document",
        ["sendAnimation"] = "animation",
        ["sendVideoNote"] = "video_note",
        ["sendSticker"] = "sticker",
    };

    public async Task<JsonNode?> CallAsync(string method, CancellationToken cancellationToken)
    {
        switch (method)
        {
            case "getMe":
                return new JsonObject { ["id"] = bot.Id, ["is_bot"] = true, ["first_name"] = "Fake", ["username"] = bot.Username, ["can_join_groups"] = true, ["has_topics_enabled"] = bot.HasTopics };
            case "getUpdates":
                if (bot.WebhookUrl is not null)
                    throw new ApiError(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
                return await bot.Updates.PollAsync(Number("offset"), (int)(Number("limit") ?? 100), TimeSpan.FromSeconds(Number("timeout") ?? 0), isHanging, isGone, cancellationToken);
            case "getWebhookInfo":
                return new JsonObject { ["url"] = bot.WebhookUrl ?? "", ["has_custom_certificate"] = false, ["pending_update_count"] = bot.Waiting };
            case "setWebhook":
            case "deleteWebhook":
                if (parameters["drop_pending_updates"]?.GetValue<bool>() == true)
                    bot.Updates.Clear();
                await server.SetWebhookAsync(bot, method == "setWebhook" && Text("url") is { Length: > 0 } url ? url : null, Text("secret_token"));
                return true;
            case "setMyCommands":
            case "deleteMyCommands":
            case "answerCallbackQuery":
                return true;
            case "sendChatAction":
                ChatOf();
                return true;
            case "sendMessage":
                return Send(message => message["text"] = Checked(Text("text"), 4096, mayBeEmpty: false));
            case "sendMessageDraft":
                return Draft();
            case "sendPoll":
                return Send(message => message["poll"] = new JsonObject { ["id"] = "1", ["question"] = Text("question") });
            case "editMessageText":
                return Edit();
            case "deleteMessage":
                return bot.Delete(ChatOf().Id, (int)(Number("message_id") ?? 0)) ? true : throw ApiError.BadRequest("message to delete not found");
            case "setMessageReaction":
                return bot.FindMessage(ChatOf().Id, (int)(Number("message_id") ?? 0)) is not null ? true : throw ApiError.BadRequest("message to react not found");
            case "getFile":
                return GetFile();
            case "getChat":
                return ChatOf().ToJson();
            case "getChatMember":
                return new JsonObject { ["status"] = "member", ["user"] = Updates.User(Number("user_id") ?? 0) };
            case "createForumTopic":
                return CreateTopic();
            case "pinChatMessage":
            case "unpinChatMessage":
                return bot.FindMessage(ChatOf().Id, (int)(Number("message_id") ?? 0)) is not null ? true : throw ApiError.BadRequest("message to pin not found");
            case "editForumTopic":
            case "editMessageReplyMarkup":
                ChatOf();
                return true;
            default:
                return MediaParts.TryGetValue(method, out var part) ? SendMedia(part) : throw new ApiError(404, "Not Found");
        }
    }

    private bool Draft()
    {
        var chat = ChatOf();
        if (chat.Id < 0 || !bot.HasTopics || Number("message_thread_id") is null)
            throw ApiError.BadRequest("there are no drafts in this chat");
        if (Number("draft_id") is not { } id || id == 0)
            throw ApiError.BadRequest("DRAFT_ID_INVALID");
        bot.ShowDraft(chat, Checked(Text("text"), 4096, mayBeEmpty: false));
        return true;
    }

    private JsonObject SendMedia(string part) => Send(message =>
    {
        var isReference = Text(part) is { } reference && !reference.StartsWith("attach://", StringComparison.Ordinal) && !files.ContainsKey(part);
        var file = isReference ? null : files.GetValueOrDefault(Text(part)?.Replace("attach://", "", StringComparison.Ordinal) ?? part) ?? files.GetValueOrDefault(part);
        if (!isReference && file is not { Content.Length: > 0 })
            throw ApiError.BadRequest("there is no " + part + " in the request");
        message[part] = part == "photo"
            ? new JsonArray(new JsonObject { ["file_id"] = "sent", ["file_unique_id"] = "sent", ["width"] = 1, ["height"] = 1 })
            : new JsonObject { ["file_id"] = "sent", ["file_unique_id"] = "sent" };
        if (Text("caption") is { Length: > 0 } caption)
            message["caption"] = Checked(caption, 1024, mayBeEmpty: true);
    });

    private JsonObject Send(Action<JsonObject> fill)
    {
        var chat = ChatOf();
        var message = new JsonObject
        {
            // As with the API, the id comes first.
            ["message_id"] = 0,
            ["chat"] = chat.ToJson(),
            ["date"] = Updates.Date,
            ["from"] = new JsonObject { ["id"] = bot.Id, ["is_bot"] = true, ["first_name"] = "Fake", ["username"] = bot.Username },
        };
        if (Number("message_thread_id") is { } thread)
        {
            // General is no thread to the methods that send.
            if (thread == 1 || (chat.Id < 0 && !chat.Topics.Contains((int)thread)))
                throw ApiError.BadRequest("message thread not found");
            message["message_thread_id"] = thread;
            message["is_topic_message"] = true;
        }
        var isLenient = parameters["allow_sending_without_reply"]?.GetValue<bool>() == true || parameters["reply_parameters"]?["allow_sending_without_reply"]?.GetValue<bool>() == true;
        if ((Number("reply_to_message_id") ?? parameters["reply_parameters"]?["message_id"]?.Number()) is { } answered)
        {
            if (bot.FindMessage(chat.Id, (int)answered) is { } original)
                message["reply_to_message"] = new JsonObject { ["message_id"] = original["message_id"]!.DeepClone() };
            else if (!isLenient)
                throw ApiError.BadRequest("message to be replied not found");
        }
        if (parameters["reply_markup"] is { } markup)
            message["reply_markup"] = markup.DeepClone();
        fill(message);
        message["message_id"] = chat.NextMessageId();
        bot.Store(chat, message);
        return message.DeepClone().AsObject();
    }

    private JsonObject Edit()
    {
        var chat = ChatOf();
        if (bot.FindMessage(chat.Id, (int)(Number("message_id") ?? 0)) is not { } message)
            throw ApiError.BadRequest("message to edit not found");
        var text = Checked(Text("text"), 4096, mayBeEmpty: false);
        var markup = parameters["reply_markup"]?.DeepClone();
        if (message["text"]?.GetValue<string>() == text && JsonNode.DeepEquals(message["reply_markup"], markup))
            throw ApiError.BadRequest("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message");
        message["text"] = text;
        message["reply_markup"] = markup;
        return message.DeepClone().AsObject();
    }

    private JsonObject GetFile()
    {
        var id = Text("file_id") ?? "";
        if (bot.FindFile(id) is not { } content)
            throw ApiError.BadRequest("invalid file_id");
        if (content.Length > FakeBotServer.MaxDownload)
            throw ApiError.BadRequest("file is too big");
        return new JsonObject { ["file_id"] = id, ["file_unique_id"] = id, ["file_size"] = content.Length, ["file_path"] = $"files/{id}.bin" };
    }

    private JsonObject CreateTopic()
    {
        var chat = ChatOf();
        var id = chat.NextMessageId();
        chat.Topics.Add(id);
        return new JsonObject { ["message_thread_id"] = id, ["name"] = Text("name") };
    }

    private FakeChat ChatOf()
    {
        var named = Text("chat_id") ?? "";
        var chat = named.StartsWith('@') ? bot.FindChat(named[1..]) : long.TryParse(named, out var id) ? bot.FindChat(id) : null;
        if (chat is null)
            throw ApiError.BadRequest("chat not found");
        return chat.IsBlocked ? throw new ApiError(403, "Forbidden: bot was blocked by the user") : chat;
    }

    /// <summary>The words after the marks are taken out; their number is what is limited.</summary>
    private string Checked(string? text, int limit, bool mayBeEmpty)
    {
        var plain = Text("parse_mode") switch
        {
            null => text ?? "",
            "HTML" => HtmlText.Parse(text ?? ""),
            var mode => throw ApiError.BadRequest($"unsupported parse_mode {mode}"),
        };
        if (plain.Length > limit)
            throw ApiError.BadRequest(limit == 1024 ? "message caption is too long" : "message is too long");
        return plain.Trim().Length == 0 && !mayBeEmpty ? throw ApiError.BadRequest("message text is empty") : plain;
    }

    private string? Text(string name) => parameters[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        var node => node.ToJsonString(),
    };

    private long? Number(string name) => Text(name) is { } text && long.TryParse(text, out var number) ? number : null;
}
