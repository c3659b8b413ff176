using System.Text.Json;

namespace OpenClaw.Channels.Telegram.Api;

// Only what is used of the API's types (core.telegram.org/bots/api, "Available types"); the names are the API's.
// Members with a default are settable: the generated reader gives the others null when they do not come.

/// <summary>Something that happened.</summary>
internal sealed record Update
{
    public required long UpdateId { get; init; }

    public Message? Message { get; init; }

    public CallbackQuery? CallbackQuery { get; init; }

    public MessageReactionUpdated? MessageReaction { get; init; }
}

/// <summary>A press on a button.</summary>
internal sealed record CallbackQuery
{
    public required string Id { get; init; }

    public required User From { get; init; }

    public Message? Message { get; init; }

    public string? Data { get; init; }
}

/// <summary>Signs that were put on a message or taken away.</summary>
internal sealed record MessageReactionUpdated
{
    public required Chat Chat { get; init; }

    public required long MessageId { get; init; }

    public User? User { get; init; }

    public Chat? ActorChat { get; init; }

    public long Date { get; init; }

    public IReadOnlyList<ReactionType> OldReaction { get; set; } = [];

    public IReadOnlyList<ReactionType> NewReaction { get; set; } = [];
}

/// <summary>A sign.</summary>
internal sealed record ReactionType
{
    public required string Type { get; init; }

    public string? Emoji { get; init; }

    public string? CustomEmojiId { get; init; }
}

/// <summary>A person or bot.</summary>
internal sealed record User
{
    public required long Id { get; init; }

    public bool IsBot { get; init; }

    public string FirstName { get; set; } = "";

    public string? LastName { get; init; }

    public string? Username { get; init; }

    /// <summary>Of the bot itself: its private chats have topics.</summary>
    public bool HasTopicsEnabled { get; init; }
}

/// <summary>A chat.</summary>
internal sealed record Chat
{
    public required long Id { get; init; }

    /// <summary><c>private</c>, <c>group</c>, <c>supergroup</c> or <c>channel</c>.</summary>
    public string Type { get; set; } = "private";

    public string? Title { get; init; }

    public string? Username { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public bool IsForum { get; init; }
}

/// <summary>The answer to any call.</summary>
internal sealed record Envelope
{
    public bool Ok { get; init; }

    public JsonElement? Result { get; init; }

    public int ErrorCode { get; init; }

    public string? Description { get; init; }

    public ResponseParameters? Parameters { get; init; }
}

/// <summary>How a call that failed could be made again.</summary>
internal sealed record ResponseParameters
{
    public long? MigrateToChatId { get; init; }

    public double? RetryAfter { get; init; }
}
