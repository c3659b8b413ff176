namespace OpenClaw.Channels.Telegram.Api;

/// <summary>A message.</summary>
internal sealed record Message
{
    public required long MessageId { get; init; }

    public long? MessageThreadId { get; init; }

    public bool IsTopicMessage { get; init; }

    public User? From { get; init; }

    public Chat? SenderChat { get; init; }

    /// <summary>Unix seconds.</summary>
    public long Date { get; init; }

    public required Chat Chat { get; init; }

    public MessageOrigin? ForwardOrigin { get; init; }

    public Message? ReplyToMessage { get; init; }

    public TextQuote? Quote { get; init; }

    public ExternalReply? ExternalReply { get; init; }

    public string? MediaGroupId { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<MessageEntity> Entities { get; set; } = [];

    public string? Caption { get; init; }

    public IReadOnlyList<MessageEntity> CaptionEntities { get; set; } = [];

    public IReadOnlyList<FileReference> Photo { get; set; } = [];

    public FileReference? Video { get; init; }

    public FileReference? VideoNote { get; init; }

    public FileReference? Audio { get; init; }

    public FileReference? Voice { get; init; }

    public FileReference? Document { get; init; }

    public FileReference? Animation { get; init; }

    public FileReference? Sticker { get; init; }

    public Location? Location { get; init; }

    public Venue? Venue { get; init; }

    public Contact? Contact { get; init; }

    public Poll? Poll { get; init; }

    public long? MigrateToChatId { get; init; }
}

/// <summary>A part of a text that means something.</summary>
internal sealed record MessageEntity
{
    public required string Type { get; init; }

    /// <summary>In UTF-16 units.</summary>
    public required int Offset { get; init; }

    /// <summary>In UTF-16 units.</summary>
    public required int Length { get; init; }

    public string? Url { get; init; }

    public User? User { get; init; }

    public string? Language { get; init; }
}

/// <summary>A file of any kind: photo, video, voice and so on share these members.</summary>
internal sealed record FileReference
{
    public required string FileId { get; init; }

    public long? FileSize { get; init; }

    public string? FileName { get; init; }

    public string? MimeType { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    /// <summary>Of a sticker: it moves.</summary>
    public bool IsAnimated { get; init; }

    /// <summary>Of a sticker: it is a film.</summary>
    public bool IsVideo { get; init; }

    /// <summary>Of a sticker: what it stands for.</summary>
    public string? Emoji { get; init; }
}

/// <summary>A file that can be fetched.</summary>
internal sealed record RemoteFile
{
    public long? FileSize { get; init; }

    public string? FilePath { get; init; }
}

/// <summary>A place.</summary>
internal sealed record Location
{
    public double Latitude { get; init; }

    public double Longitude { get; init; }

    public double? HorizontalAccuracy { get; init; }

    public int? LivePeriod { get; init; }
}

/// <summary>A place with a name.</summary>
internal sealed record Venue
{
    public required Location Location { get; init; }

    public string? Title { get; init; }

    public string? Address { get; init; }
}

/// <summary>Somebody whom the sender knows.</summary>
internal sealed record Contact
{
    public string PhoneNumber { get; set; } = "";

    public string FirstName { get; set; } = "";

    public string? LastName { get; init; }
}

/// <summary>A question to many.</summary>
internal sealed record Poll
{
    public string Question { get; set; } = "";

    public IReadOnlyList<PollOption> Options { get; set; } = [];
}

/// <summary>Where a message was passed on from.</summary>
internal sealed record MessageOrigin
{
    /// <summary><c>user</c>, <c>hidden_user</c>, <c>chat</c> or <c>channel</c>.</summary>
    public required string Type { get; init; }

    public long Date { get; init; }

    public User? SenderUser { get; init; }

    public string? SenderUserName { get; init; }

    public Chat? SenderChat { get; init; }

    public Chat? Chat { get; init; }

    public string? AuthorSignature { get; init; }

    public long? MessageId { get; init; }
}

/// <summary>The part of a message that an answer picks out.</summary>
internal sealed record TextQuote
{
    public string Text { get; set; } = "";
}

/// <summary>A message of another chat that is answered.</summary>
internal sealed record ExternalReply
{
    public MessageOrigin? Origin { get; init; }

    public long? MessageId { get; init; }
}

/// <summary>A topic of a group.</summary>
internal sealed record ForumTopic
{
    public required long MessageThreadId { get; init; }
}
