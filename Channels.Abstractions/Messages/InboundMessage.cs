using System.Text.Json.Serialization;

namespace OpenClaw.Channels.Abstractions.Messages;

/// <summary>
/// Something that came in from a channel, in the terms that all channels share. A channel fills in what its provider says and decides nothing:
/// who may talk to the agent, and what becomes of the message, is the core's to say.
/// </summary>
public sealed record InboundMessage
{
    /// <summary>The channel, for example <c>telegram</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>The account that received it, for example <c>default</c>.</summary>
    public required string AccountId { get; init; }

    /// <summary>What kind of thing it is.</summary>
    public InboundKind Kind { get; init; } = InboundKind.Message;

    /// <summary>The provider's id of the message, unique in its chat; for a button the id of the press.</summary>
    public required string MessageId { get; init; }

    /// <summary>Where it was said.</summary>
    public required ChatAddress Chat { get; init; }

    /// <summary>Who said it.</summary>
    public required ChatSender Sender { get; init; }

    /// <summary>When it was said by the provider's clock, Unix milliseconds; null when that does not tell.</summary>
    public long? SentAtMs { get; init; }

    /// <summary>The words, as Markdown where the provider marks them up. Empty for a picture without a caption.</summary>
    public string Text { get; init; } = "";

    /// <summary>The account itself is named, or the message answers one of its own: it was spoken to.</summary>
    public bool WasMentioned { get; init; }

    /// <summary>Somebody else is named.</summary>
    public bool MentionsOthers { get; init; }

    /// <summary>A command that was picked from the channel's own menu, such as <c>/status@bot</c>, already without the account's name.</summary>
    public bool IsNativeCommand { get; init; }

    /// <summary>The message that it answers.</summary>
    public QuotedMessage? ReplyTo { get; init; }

    /// <summary>Where it was passed on from.</summary>
    public ForwardOrigin? Forwarded { get; init; }

    /// <summary>Pictures, sounds and files, in their order.</summary>
    public IReadOnlyList<InboundMedia> Media { get; init; } = [];

    /// <summary>A place that was sent.</summary>
    public GeoLocation? Location { get; init; }

    /// <summary>For <see cref="InboundKind.Reaction"/>: the signs that came and went.</summary>
    public ReactionChange? Reaction { get; init; }

    /// <summary>For <see cref="InboundKind.Moved"/>: the provider's new id of the chat.</summary>
    public string? MovedTo { get; init; }

    /// <summary>Several messages that are one: the ids of the others of an album or of a long text that was cut up.</summary>
    public IReadOnlyList<string> PartIds { get; init; } = [];

    /// <summary>Names the conversation: messages of one are worked on in their order.</summary>
    [JsonIgnore]
    public string Conversation => $"{Channel}:{AccountId}:{Chat.Id}";

    /// <summary>
    /// The key of its queue entry: the conversation, or that conversation's lane for <see cref="UrgentText"/>, which waits for nothing that was said before
    /// it, the files of an album for example.
    /// </summary>
    [JsonIgnore]
    public string Lane => Kind is InboundKind.Message && Forwarded is null && Media.Count == 0 && UrgentText.Matches(Text) ? Conversation + ":control" : Conversation;
}

/// <summary>Kinds of <see cref="InboundMessage"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InboundKind>))]
public enum InboundKind
{
    /// <summary>Somebody wrote.</summary>
    Message,

    /// <summary>Somebody pressed a button; the text is what the button stands for.</summary>
    Button,

    /// <summary>Somebody put a sign on a message, or took it away.</summary>
    Reaction,

    /// <summary>The chat goes on under another id. The provider says so, whoever made it happen.</summary>
    Moved,
}

/// <summary>Kinds of chat.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChatType>))]
public enum ChatType
{
    /// <summary>Two alone.</summary>
    Direct,

    /// <summary>Many.</summary>
    Group,

    /// <summary>One speaks to many.</summary>
    Channel,
}

/// <summary>A chat.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Id">The provider's id.</param>
public sealed record ChatAddress(ChatType Type, string Id)
{
    /// <summary>The topic in it; null for none.</summary>
    public string? ThreadId { get; init; }

    /// <summary>The group is divided into topics.</summary>
    public bool IsForum { get; init; }

    /// <summary>Name of a group.</summary>
    public string? Title { get; init; }
}

/// <summary>A person or program that writes.</summary>
/// <param name="Id">The provider's id, which does not change.</param>
public sealed record ChatSender(string Id)
{
    /// <summary>How it calls itself. Not to be believed.</summary>
    public string? Name { get; init; }

    /// <summary>Its handle without <c>@</c>, which may change hands.</summary>
    public string? Username { get; init; }

    /// <summary>Its phone number in E.164 form, where the provider tells it.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>It is a program.</summary>
    public bool IsBot { get; init; }
}

/// <summary>The message that another one answers.</summary>
/// <param name="MessageId">Its id.</param>
public sealed record QuotedMessage(string MessageId)
{
    /// <summary>Its words, or the part that was picked from them.</summary>
    public string? Text { get; init; }

    /// <summary>Who wrote it, as shown.</summary>
    public string? Sender { get; init; }

    /// <summary>Only a part was picked.</summary>
    public bool IsExcerpt { get; init; }
}

/// <summary>Where a message was passed on from.</summary>
/// <param name="Name">As shown.</param>
public sealed record ForwardOrigin(string Name)
{
    /// <summary><c>user</c>, <c>hidden_user</c>, <c>chat</c> or <c>channel</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The provider's id of the one who wrote it.</summary>
    public string? Id { get; init; }

    /// <summary>Handle without <c>@</c>.</summary>
    public string? Username { get; init; }

    /// <summary>When it was written, Unix milliseconds.</summary>
    public long? SentAtMs { get; init; }
}

/// <summary>A picture, sound or file that came in.</summary>
/// <param name="Kind">What it is for.</param>
public sealed record InboundMedia(MediaKind Kind)
{
    /// <summary>Begins the <see cref="Problem"/> of a file that is larger than is taken, and the failure of a <see cref="ReadMediaAction"/> for one. The limit follows, such as "5 MB".</summary>
    public const string TooLarge = "larger than the limit of ";

    /// <summary>Media type as the provider says, or as sniffed.</summary>
    public string? ContentType { get; init; }

    /// <summary>Name without a path.</summary>
    public string? FileName { get; init; }

    /// <summary>
    /// Names it at the channel, for <see cref="ReadMediaAction"/>: the core has it fetched when it knows that the sender may write and the agent is meant, and
    /// never before. Null when the bytes are here.
    /// </summary>
    public string? Reference { get; init; }

    /// <summary>The bytes, of a channel that gets them with the message; few, as they lie in a queue.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>Why it is not to be had, for the user: too large for example.</summary>
    public string? Problem { get; init; }
}

/// <summary>Kinds of media.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MediaKind>))]
public enum MediaKind
{
    /// <summary>A picture.</summary>
    Image,

    /// <summary>A film.</summary>
    Video,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Sound that was spoken for this message.</summary>
    Voice,

    /// <summary>Any file.</summary>
    Document,

    /// <summary>A sticker.</summary>
    Sticker,
}

/// <summary>A place.</summary>
/// <param name="Latitude">Degrees.</param>
/// <param name="Longitude">Degrees.</param>
public sealed record GeoLocation(double Latitude, double Longitude)
{
    /// <summary>Radius of uncertainty in metres.</summary>
    public double? AccuracyMeters { get; init; }

    /// <summary>Name of a place of business.</summary>
    public string? Name { get; init; }

    /// <summary>Its address.</summary>
    public string? Address { get; init; }

    /// <summary>It goes on to be told.</summary>
    public bool IsLive { get; init; }
}

/// <summary>Signs on a message.</summary>
/// <param name="TargetMessageId">The message.</param>
/// <param name="Added">Signs that are new.</param>
/// <param name="Removed">Signs that are gone.</param>
/// <param name="IsOnOwn">The message is one of the account's own.</param>
public sealed record ReactionChange(string TargetMessageId, IReadOnlyList<string> Added, IReadOnlyList<string> Removed, bool IsOnOwn);
