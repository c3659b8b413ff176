namespace OpenClaw.Channels.Abstractions.Outbox;

/// <summary>Words by which the two sides of the outbox know what a dead letter is.</summary>
public static class OutboxReasons
{
    /// <summary>Begins the reason of one that may be there all the same.</summary>
    public const string Ambiguous = "it may be there or not: ";

    /// <summary>The reason of one whose time to live was over before it could be sent.</summary>
    public const string Expired = "expired";
}
