using OpenClaw.Channels.Abstractions.Messages;
using OpenClaw.Channels.Abstractions.Outbox;

namespace OpenClaw.Channels.Abstractions.Accounts;

/// <summary>
/// A connection of an account to its provider. It may fail as often and as badly as it likes: an exception ends this connection alone, and the host
/// makes another.
/// </summary>
public interface IChannelConnection : IAsyncDisposable
{
    /// <summary>Receives until the connection ends or is cancelled. Says by <see cref="ConnectionContext.Ready"/> when messages can be sent.</summary>
    /// <param name="cancellationToken">The account goes to somebody else, changes, or all stops.</param>
    /// <returns>Why it ended.</returns>
    Task<ConnectionEnd> RunAsync(CancellationToken cancellationToken);

    /// <summary>Makes one attempt to send a message. Called for one message of a chat at a time, and only while the account is owned.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Stops; what is not known to have failed is <see cref="SendResult.Ambiguous"/> then.</param>
    Task<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken);

    /// <summary>Does something that is not stored.</summary>
    /// <param name="action">What.</param>
    /// <param name="cancellationToken">Nobody waits any more.</param>
    Task<ActionResult> ActAsync(ChannelAction action, CancellationToken cancellationToken);
}

/// <summary>Why a connection ended.</summary>
/// <param name="Reason">For people, without private data.</param>
public sealed record ConnectionEnd(string Reason)
{
    /// <summary>Another attempt cannot help before somebody changes something, such as a token that was revoked.</summary>
    public bool IsFinal { get; init; }

    /// <summary>How long to wait at least before another attempt; null leaves it to the host.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
