using System.Text.Json.Serialization;

namespace OpenClaw.Channels.Abstractions.Outbox;

/// <summary>Where a message to send has got to.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OutboxState>))]
public enum OutboxState
{
    /// <summary>It is in the queue.</summary>
    Queued,

    /// <summary>It is being sent.</summary>
    Attempting,

    /// <summary>The provider has it.</summary>
    Delivered,

    /// <summary>It will not be sent any more; it is among the queue's dead letters, or its time was over.</summary>
    Failed,

    /// <summary>It may be there or not, and is tried again.</summary>
    Ambiguous,
}

/// <summary>What is known of a message to send. Kept for a day.</summary>
/// <param name="Id">Id of the message.</param>
/// <param name="State">Where it has got to.</param>
/// <param name="AtMs">Since when, Unix milliseconds.</param>
public sealed record OutboxRecord(string Id, OutboxState State, long AtMs)
{
    /// <summary>The channel.</summary>
    public string Channel { get; init; } = "";

    /// <summary>The account.</summary>
    public string AccountId { get; init; } = "";

    /// <summary>Attempts that have begun.</summary>
    public int Attempts { get; init; }

    /// <summary>Its id at the provider, when delivered.</summary>
    public string? MessageId { get; init; }

    /// <summary>What went wrong last, for people.</summary>
    public string? Error { get; init; }

    /// <summary>It was sent again without knowing what had become of an attempt before: it may be there twice.</summary>
    public bool MayBeDouble { get; init; }

    /// <summary>Nothing more will happen to it.</summary>
    [JsonIgnore]
    public bool IsOver => State is OutboxState.Delivered or OutboxState.Failed;
}
