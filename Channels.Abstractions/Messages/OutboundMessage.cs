namespace OpenClaw.Channels.Abstractions.Messages;

/// <summary>
/// One message to send: as much as the provider takes in one call, so that it can be delivered or not, and nothing in between. Longer replies are
/// several of them, in order.
/// </summary>
public sealed record OutboundMessage
{
    /// <summary>Names it for good; the same in every attempt, and when the work that made it is repeated.</summary>
    public required string Id { get; init; }

    /// <summary>The channel.</summary>
    public required string Channel { get; init; }

    /// <summary>The account that sends it.</summary>
    public required string AccountId { get; init; }

    /// <summary>The provider's id of the chat, or what else the channel takes for a receiver.</summary>
    public required string To { get; init; }

    /// <summary>The topic in it.</summary>
    public string? ThreadId { get; init; }

    /// <summary>The message that it answers.</summary>
    public string? ReplyToId { get; init; }

    /// <summary>The words, as Markdown; with media their caption.</summary>
    public string Text { get; init; } = "";

    /// <summary>What goes with it; null for words alone.</summary>
    public OutboundMedia? Media { get; init; }

    /// <summary>A sticker that the provider has, by its id there; it comes alone.</summary>
    public string? StickerId { get; init; }

    /// <summary>Rows of buttons under it.</summary>
    public IReadOnlyList<IReadOnlyList<OutboundButton>> Buttons { get; init; } = [];

    /// <summary>A question with answers to choose from.</summary>
    public OutboundPoll? Poll { get; init; }

    /// <summary>Arrives without a sound.</summary>
    public bool IsSilent { get; init; }

    /// <summary>When it was made, Unix milliseconds.</summary>
    public required long CreatedAtMs { get; init; }

    /// <summary>When it is not worth sending any more, Unix milliseconds; set where it is stored.</summary>
    public long? ExpiresAtMs { get; init; }

    /// <summary>The run that made it; null for a call.</summary>
    public string? RunId { get; init; }

    /// <summary>The session that it belongs to.</summary>
    public string? SessionKey { get; init; }

    /// <summary>Orders the messages of a chat.</summary>
    internal string OrderKey => To;
}

/// <summary>A picture, sound or file to send.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Content">The bytes, when they are few; else empty, and there is a <see cref="Reference"/>.</param>
/// <param name="ContentType">Media type.</param>
public sealed record OutboundMedia(MediaKind Kind, ReadOnlyMemory<byte> Content, string ContentType)
{
    /// <summary>Names it among the files of the core, from where <see cref="Accounts.ConnectionContext.OpenMediaAsync"/> gets it.</summary>
    public string? Reference { get; init; }

    /// <summary>How many bytes there are at the <see cref="Reference"/>.</summary>
    public long Length { get; init; }

    /// <summary>Name without a path.</summary>
    public string? FileName { get; init; }

    /// <summary>A film that plays like a moving picture: by itself, again and again, without sound.</summary>
    public bool PlaysAsGif { get; init; }
}

/// <summary>A button.</summary>
/// <param name="Text">What is on it.</param>
/// <param name="Data">What a press says.</param>
public sealed record OutboundButton(string Text, string Data);

/// <summary>A question.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Options">2 to 12 answers.</param>
/// <param name="MaxSelections">How many may be chosen.</param>
public sealed record OutboundPoll(string Question, IReadOnlyList<string> Options, int MaxSelections = 1)
{
    /// <summary>How long it is open; null for as long as the provider likes.</summary>
    public TimeSpan? Duration { get; init; }
}
