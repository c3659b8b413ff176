namespace OpenClaw.Gateway.Core.Channels.Replies;

/// <summary>Where the answer to a message of a channel goes. Stored with the message, so that the answer finds its way after a restart too.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="AccountId">The account that sends it.</param>
/// <param name="To">The chat.</param>
internal sealed record ReplyRoute(string Channel, string AccountId, string To)
{
    /// <summary>The topic in it.</summary>
    public string? ThreadId { get; init; }

    /// <summary>The message that is answered.</summary>
    public string? MessageId { get; init; }

    /// <summary><c>direct</c>, <c>group</c> or <c>channel</c>.</summary>
    public string? ChatType { get; init; }

    /// <summary>Nobody spoke to the agent there: that it writes is shown only when it has something to say.</summary>
    public bool IsUnasked { get; init; }

    /// <summary>The sign that was put on the message when it was taken, to be taken away after the answer; null when it stays, or there is none.</summary>
    public string? AckToRemove { get; init; }

    /// <summary>Messages that waited are answered together only when their answers go to the same place.</summary>
    public string Place => $"{Channel}:{AccountId}:{To}:{ThreadId}";
}
