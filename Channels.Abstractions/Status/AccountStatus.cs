namespace OpenClaw.Channels.Abstractions.Status;

/// <summary>How an account is doing. Times are Unix milliseconds.</summary>
public sealed record AccountStatus
{
    /// <summary>The channel.</summary>
    public required string Channel { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>What its user calls it.</summary>
    public string? Name { get; init; }

    /// <summary>It is not switched off.</summary>
    public bool Enabled { get; init; }

    /// <summary>It has what it needs to connect.</summary>
    public bool Configured { get; init; }

    /// <summary>Somebody owns it and keeps it connected.</summary>
    public bool Running { get; init; }

    /// <summary>The provider answers.</summary>
    public bool Connected { get; init; }

    /// <summary>The account as the provider names it.</summary>
    public string? Identity { get; init; }

    /// <summary>How it gets its messages: <c>polling</c>, <c>webhook</c>, <c>socket</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>Where its credentials come from, never what they are.</summary>
    public string? TokenSource { get; init; }

    /// <summary>The process that owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>When the connection was begun.</summary>
    public long? LastStartAt { get; init; }

    /// <summary>When it ended.</summary>
    public long? LastStopAt { get; init; }

    /// <summary>When the provider last answered.</summary>
    public long? LastConnectedAt { get; init; }

    /// <summary>When something came in.</summary>
    public long? LastInboundAt { get; init; }

    /// <summary>When something was delivered.</summary>
    public long? LastOutboundAt { get; init; }

    /// <summary>When the provider was last heard of, whether or not it had anything.</summary>
    public long? LastActivityAt { get; init; }

    /// <summary>Attempts to connect since it last was.</summary>
    public int ReconnectAttempts { get; init; }

    /// <summary>What is wrong, for people; null when nothing is.</summary>
    public string? LastError { get; init; }

    /// <summary>When the next attempt to connect is made.</summary>
    public long? NextAttemptAt { get; init; }

    /// <summary>It will not be tried again before the settings change or somebody restarts it.</summary>
    public bool HasGivenUp { get; init; }
}
