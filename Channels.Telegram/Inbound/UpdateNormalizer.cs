using System.Globalization;
using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Telegram.Api;

namespace OpenClaw.Channels.Telegram.Inbound;

/// <summary>Turns what the API says into what all channels share.</summary>
/// <param name="accountId">The account.</param>
/// <param name="self">The bot itself.</param>
/// <param name="isOwn">Whether a message of a chat is one that the bot sent.</param>
internal sealed class UpdateNormalizer(string accountId, User self, Func<long, long, bool> isOwn)
{
    /// <summary>Name of the channel.</summary>
    public const string ChannelId = "telegram";

    /// <summary>A message; null when there is nothing in it for the gateway.</summary>
    public NormalizedMessage? Normalize(Message message)
    {
        if (message.MigrateToChatId is { } moved)
            return new NormalizedMessage(Moved(message, moved), []);
        if (SenderOf(message) is not { } sender || sender.Id == Id(self.Id))
            return null;
        var files = MessageFiles.Of(message);
        var text = message.Text ?? message.Caption ?? MessageNotes.Of(message) ?? "";
        var entities = message.Text is not null ? message.Entities : message.CaptionEntities;
        var location = LocationOf(message);
        if (text.Length == 0 && files.Count == 0 && location is null)
            return null;
        var mentions = Mentions.Find(text, entities, self);
        var answered = AnsweredBy(message);
        return new NormalizedMessage(
            new InboundMessage
            {
                Channel = ChannelId,
                AccountId = accountId,
                MessageId = Id(message.MessageId),
                Chat = ChatOf(message.Chat, message.MessageThreadId),
                Sender = sender,
                SentAtMs = message.Date > 0 ? message.Date * 1000 : null,
                Text = EntityMarkdown.Render(mentions.Text, mentions.Entities),
                WasMentioned = mentions.OfSelf || answered?.From?.Id == self.Id,
                MentionsOthers = mentions.OfOthers,
                IsNativeCommand = mentions.IsCommand,
                ReplyTo = QuotedBy(message, answered),
                Forwarded = ForwardOf(message.ForwardOrigin),
                Location = location,
            },
            files);
    }

    private InboundMessage Moved(Message message, long group) => new()
    {
        Channel = ChannelId,
        AccountId = accountId,
        Kind = InboundKind.Moved,
        MessageId = Id(message.MessageId),
        Chat = ChatOf(message.Chat, null),
        Sender = SenderOf(message) ?? SenderOf(message.Chat),
        MovedTo = Id(group),
    };

    /// <summary>A press on a button; null when it says nothing.</summary>
    public InboundMessage? Normalize(CallbackQuery press) =>
        press is not { Message: { } message, Data.Length: > 0 }
            ? null
            : new InboundMessage
            {
                Channel = ChannelId,
                AccountId = accountId,
                Kind = InboundKind.Button,
                MessageId = press.Id,
                Chat = ChatOf(message.Chat, message.MessageThreadId),
                Sender = SenderOf(press.From),
                Text = press.Data,
                WasMentioned = true,
                ReplyTo = new QuotedMessage(Id(message.MessageId)) { Text = message.Text ?? message.Caption, Sender = NameOf(message.From) },
            };

    /// <summary>Signs that came and went; null when none did.</summary>
    public InboundMessage? Normalize(MessageReactionUpdated change)
    {
        var before = change.OldReaction.Select(SignOf).OfType<string>().ToList();
        var after = change.NewReaction.Select(SignOf).OfType<string>().ToList();
        var (added, removed) = (after.Except(before).ToList(), before.Except(after).ToList());
        var sender = change.User is { } user ? SenderOf(user) : change.ActorChat is { } chat ? SenderOf(chat) : null;
        if (sender is null || sender.Id == Id(self.Id) || (added.Count == 0 && removed.Count == 0))
            return null;
        return new InboundMessage
        {
            Channel = ChannelId,
            AccountId = accountId,
            Kind = InboundKind.Reaction,
            // The API gives a change no id; the same change of the same second is the same.
            MessageId = string.Create(CultureInfo.InvariantCulture, $"{change.MessageId}/{sender.Id}/{change.Date}/{string.Concat(after)}"),
            Chat = ChatOf(change.Chat, null),
            Sender = sender,
            SentAtMs = change.Date > 0 ? change.Date * 1000 : null,
            Reaction = new ReactionChange(Id(change.MessageId), added, removed, isOwn(change.Chat.Id, change.MessageId)),
        };
    }

    internal static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    internal static string? NameOf(User? user) => user is null ? null : $"{user.FirstName} {user.LastName}".Trim() is { Length: > 0 } name ? name : user.Username;

    private static ChatAddress ChatOf(Chat chat, long? threadId)
    {
        var type = chat.Type switch
        {
            "private" => ChatType.Direct,
            "channel" => ChatType.Channel,
            _ => ChatType.Group,
        };
        // In a group without topics a thread is only a chain of answers; in one with them, General has no id on its messages and is 1.
        var thread = type is ChatType.Direct ? threadId : chat.IsForum ? threadId ?? 1 : null;
        return new ChatAddress(type, Id(chat.Id)) { ThreadId = thread is { } id ? Id(id) : null, IsForum = chat.IsForum, Title = chat.Title };
    }

    private static ChatSender? SenderOf(Message message) =>
        message.From is { } user ? SenderOf(user) : message.SenderChat is { } chat ? SenderOf(chat) : null;

    private static ChatSender SenderOf(User user) => new(Id(user.Id)) { Name = NameOf(user), Username = user.Username, IsBot = user.IsBot };

    private static ChatSender SenderOf(Chat chat) => new(Id(chat.Id)) { Name = chat.Title ?? $"{chat.FirstName} {chat.LastName}".Trim(), Username = chat.Username };

    /// <summary>In a topic, a message that answers nothing names the message that opened the topic.</summary>
    private static Message? AnsweredBy(Message message) =>
        message is { ReplyToMessage: { } answered } && !(message.IsTopicMessage && answered.MessageId == message.MessageThreadId) ? answered : null;

    private static QuotedMessage? QuotedBy(Message message, Message? answered)
    {
        var excerpt = message.Quote?.Text is { Length: > 0 } quote ? quote : null;
        if (answered is not null)
        {
            return new QuotedMessage(Id(answered.MessageId))
            {
                Text = excerpt ?? answered.Text ?? answered.Caption ?? MessageFiles.PlaceholderOf(answered),
                Sender = NameOf(answered.From) ?? answered.SenderChat?.Title,
                IsExcerpt = excerpt is not null,
            };
        }
        return message.ExternalReply is { } other
            ? new QuotedMessage(other.MessageId is { } id ? Id(id) : "") { Text = excerpt, Sender = ForwardOf(other.Origin)?.Name, IsExcerpt = excerpt is not null }
            : null;
    }

    private static ForwardOrigin? ForwardOf(MessageOrigin? origin)
    {
        if (origin is null)
            return null;
        var chat = origin.SenderChat ?? origin.Chat;
        var name = NameOf(origin.SenderUser) ?? origin.SenderUserName ?? chat?.Title ?? chat?.Username ?? "unknown";
        return new ForwardOrigin(origin.AuthorSignature is { Length: > 0 } signature ? $"{name} ({signature})" : name)
        {
            Type = origin.Type,
            Id = origin.SenderUser is { } user ? Id(user.Id) : chat is not null ? Id(chat.Id) : null,
            Username = origin.SenderUser?.Username ?? chat?.Username,
            SentAtMs = origin.Date > 0 ? origin.Date * 1000 : null,
        };
    }

    private static GeoLocation? LocationOf(Message message)
    {
        if ((message.Venue?.Location ?? message.Location) is not { } location)
            return null;
        return new GeoLocation(location.Latitude, location.Longitude)
        {
            AccuracyMeters = location.HorizontalAccuracy,
            Name = message.Venue?.Title,
            Address = message.Venue?.Address,
            IsLive = location.LivePeriod > 0,
        };
    }

    private static string? SignOf(ReactionType reaction) => reaction.Emoji ?? (reaction.CustomEmojiId is { } id ? $"custom:{id}" : null);
}

/// <summary>A message and the files that are still to be fetched for it.</summary>
/// <param name="Message">Without its media.</param>
/// <param name="Files">What is to be fetched.</param>
internal sealed record NormalizedMessage(InboundMessage Message, IReadOnlyList<FileToFetch> Files);
