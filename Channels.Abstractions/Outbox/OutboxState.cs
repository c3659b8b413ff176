using System.Text.Json.Serialization;
using OpenClaw.Channels.Abstractions.Messages;

namespace OpenClaw.Channels.Abstractions.Outbox;

/// <summary>Where a message to send has got to.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OutboxState>))]
public enum OutboxState
{
    /// <summary>It is about to be put into the queue; if nobody did, nobody was told that it would be sent.</summary>
    Prepared,

    /// <summary>It is in the queue.</summary>
    Queued,

    /// <summary>It is being sent.</summary>
    Attempting,

    /// <summary>The provider has it.</summary>
    Delivered,

    /// <summary>It will not be sent any more; it is among the queue's dead letters.</summary>
    Failed,

    /// <summary>It may be there or not; it is tried again, three times in all, and then a person is to decide.</summary>
    Ambiguous,

    /// <summary>A person did not want it sent any more.</summary>
    Dropped,
}

/// <summary>What is known of a message to send. Kept for a day longer than a reply is tried.</summary>
/// <param name="Id">Id of the message.</param>
/// <param name="State">Where it has got to.</param>
/// <param name="AtMs">Since when, Unix milliseconds.</param>
public sealed record OutboxRecord(string Id, OutboxState State, long AtMs)
{
    /// <summary>The channel.</summary>
    public string Channel { get; init; } = "";

    /// <summary>The account.</summary>
    public string AccountId { get; init; } = "";

    /// <summary>The chat.</summary>
    public string To { get; init; } = "";

    /// <summary>The topic in it.</summary>
    public string? ThreadId { get; init; }

    /// <summary>When it was made, Unix milliseconds.</summary>
    public long CreatedAtMs { get; init; }

    /// <summary>When it is not worth sending any more, Unix milliseconds; null when nobody said.</summary>
    public long? ExpiresAtMs { get; init; }

    /// <summary>The message that a person had sent in its place.</summary>
    public string? RetriedAs { get; init; }

    /// <summary>Attempts that have begun.</summary>
    public int Attempts { get; init; }

    /// <summary>Attempts that ended without anybody knowing what came of them.</summary>
    public int AmbiguousAttempts { get; init; }

    /// <summary>Its id at the provider, when delivered.</summary>
    public string? MessageId { get; init; }

    /// <summary>What went wrong last, for people.</summary>
    public string? Error { get; init; }

    /// <summary>It was sent again without knowing what had become of an attempt before: it may be there twice.</summary>
    public bool MayBeDouble { get; init; }

    /// <summary>For <see cref="OutboxState.Failed"/>: its time was over, and nobody refused it.</summary>
    public bool IsTooLate { get; init; }

    /// <summary>For <see cref="OutboxState.Ambiguous"/>: it is not tried any more, and is among the queue's dead letters.</summary>
    public bool IsSetAside { get; init; }

    /// <summary>Nothing more will happen to it by itself.</summary>
    [JsonIgnore]
    public bool IsOver => State is OutboxState.Delivered or OutboxState.Failed or OutboxState.Dropped || IsSetAside;

    /// <summary>What is known of a message before anything happened to it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="state">Where it has got to.</param>
    /// <param name="atMs">Since when, Unix milliseconds.</param>
    public static OutboxRecord Of(OutboundMessage message, OutboxState state, long atMs)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new OutboxRecord(message.Id, state, atMs)
        {
            Channel = message.Channel,
            AccountId = message.AccountId,
            To = message.To,
            ThreadId = message.ThreadId,
            CreatedAtMs = message.CreatedAtMs,
            ExpiresAtMs = message.ExpiresAtMs,
        };
    }
}
