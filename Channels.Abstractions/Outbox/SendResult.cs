namespace OpenClaw.Channels.Abstractions.Outbox;

/// <summary>What came of one attempt to send a message.</summary>
public abstract record SendResult
{
    private SendResult()
    {
    }

    /// <summary>The provider has it.</summary>
    /// <param name="MessageId">Its id there.</param>
    public sealed record Delivered(string MessageId) : SendResult;

    /// <summary>The provider wants us to wait; nothing was sent. Does not count as an attempt.</summary>
    /// <param name="Delay">As long as it said, however long that is.</param>
    public sealed record RateLimited(TimeSpan Delay) : SendResult;

    /// <summary>Nothing was sent, and trying again may help.</summary>
    /// <param name="Reason">For people, without private data.</param>
    public sealed record Transient(string Reason) : SendResult;

    /// <summary>The request went out and no answer came: it may be there or not. Tried again, three times in all, so it may be there more than once.</summary>
    /// <param name="Reason">For people, without private data.</param>
    public sealed record Ambiguous(string Reason) : SendResult;

    /// <summary>It will never be taken.</summary>
    /// <param name="Reason">For people, without private data.</param>
    public sealed record Refused(string Reason) : SendResult;
}
