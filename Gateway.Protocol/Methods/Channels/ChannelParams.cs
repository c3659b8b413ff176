using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Channels;

/// <summary>Params of <c>channels.status</c>.</summary>
public sealed record ChannelsStatusParams
{
    /// <summary>Ask the channels' services too.</summary>
    public bool? Probe { get; init; }

    /// <summary>How long that may take, in milliseconds.</summary>
    [Bounds(0)]
    public long? TimeoutMs { get; init; }
}

/// <summary>Params of <c>channels.logout</c>.</summary>
public sealed record ChannelsLogoutParams
{
    /// <summary>The channel.</summary>
    [NonEmpty]
    public required string Channel { get; init; }

    /// <summary>One of its accounts.</summary>
    public string? AccountId { get; init; }
}

/// <summary>Params of <c>web.login.start</c>.</summary>
public sealed record WebLoginStartParams
{
    /// <summary>Also when it is linked already.</summary>
    public bool? Force { get; init; }

    /// <summary>How long to wait for the code, in milliseconds.</summary>
    [Bounds(0)]
    public long? TimeoutMs { get; init; }

    /// <summary>Say more in the log.</summary>
    public bool? Verbose { get; init; }

    /// <summary>The account.</summary>
    public string? AccountId { get; init; }
}

/// <summary>Params of <c>web.login.wait</c>.</summary>
public sealed record WebLoginWaitParams
{
    /// <summary>How long to wait, in milliseconds.</summary>
    [Bounds(0)]
    public long? TimeoutMs { get; init; }

    /// <summary>The account.</summary>
    public string? AccountId { get; init; }
}

/// <summary>Params of <c>send</c>.</summary>
public sealed record SendParams
{
    /// <summary>Receiver, in the channel's terms.</summary>
    [NonEmpty]
    public required string To { get; init; }

    /// <summary>The text.</summary>
    [NonEmpty]
    public required string Message { get; init; }

    /// <summary>A picture, sound or file.</summary>
    public string? MediaUrl { get; init; }

    /// <summary>Several of them.</summary>
    public IReadOnlyList<string>? MediaUrls { get; init; }

    /// <summary>Play a film like a moving picture.</summary>
    public bool? GifPlayback { get; init; }

    /// <summary>The channel; <c>whatsapp</c> when absent.</summary>
    public string? Channel { get; init; }

    /// <summary>Account to send from.</summary>
    public string? AccountId { get; init; }

    /// <summary>Session that keeps a copy.</summary>
    public string? SessionKey { get; init; }

    /// <summary>A repeat has the same.</summary>
    [NonEmpty]
    public required string IdempotencyKey { get; init; }
}

/// <summary>Params of <c>poll</c>.</summary>
public sealed record PollParams
{
    /// <summary>Receiver, in the channel's terms.</summary>
    [NonEmpty]
    public required string To { get; init; }

    /// <summary>What is asked.</summary>
    [NonEmpty]
    public required string Question { get; init; }

    /// <summary>The answers to choose from.</summary>
    [NonEmpty]
    [ItemCount(2, 12)]
    public required IReadOnlyList<string> Options { get; init; }

    /// <summary>How many may be chosen.</summary>
    [Bounds(1, 12)]
    public long? MaxSelections { get; init; }

    /// <summary>How long it is open.</summary>
    [Bounds(1)]
    public long? DurationHours { get; init; }

    /// <summary>The channel; <c>whatsapp</c> when absent.</summary>
    public string? Channel { get; init; }

    /// <summary>Account to send from.</summary>
    public string? AccountId { get; init; }

    /// <summary>A repeat has the same.</summary>
    [NonEmpty]
    public required string IdempotencyKey { get; init; }
}

/// <summary>Params of <c>outbox.list</c>.</summary>
public sealed record OutboxListParams
{
    /// <summary>Only messages that have got there.</summary>
    [OneOf("prepared", "queued", "attempting", "delivered", "failed", "ambiguous", "dropped")]
    public string? State { get; init; }

    /// <summary>Only messages of this channel.</summary>
    public string? Channel { get; init; }

    /// <summary>How many at most, the newest of them; 200 when absent.</summary>
    [Bounds(1, 1000)]
    public long? Limit { get; init; }
}

/// <summary>Params of <c>outbox.retry</c> and <c>outbox.drop</c>.</summary>
public sealed record OutboxDecisionParams
{
    /// <summary>The message, by its id in the outbox.</summary>
    [NonEmpty]
    public required string Id { get; init; }
}

/// <summary>Params of <c>channels.pairing.list</c>.</summary>
public sealed record ChannelsPairingListParams
{
    /// <summary>The channel; those that give codes, when absent.</summary>
    public string? Channel { get; init; }

    /// <summary>One of its accounts.</summary>
    public string? AccountId { get; init; }
}

/// <summary>Params of <c>channels.pairing.approve</c>.</summary>
public sealed record ChannelsPairingApproveParams
{
    /// <summary>The channel.</summary>
    [NonEmpty]
    public required string Channel { get; init; }

    /// <summary>The code that the sender was given, in any case.</summary>
    [NonEmpty]
    public required string Code { get; init; }

    /// <summary>One of its accounts.</summary>
    public string? AccountId { get; init; }

    /// <summary>Tell the sender in its chat.</summary>
    public bool? Notify { get; init; }
}
