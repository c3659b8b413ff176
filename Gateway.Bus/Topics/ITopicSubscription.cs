namespace OpenClaw.Gateway.Bus.Topics;

/// <summary>
/// A subscriber's end of a topic: a bounded buffer that the publisher fills and one reader empties. When the reader is
/// too slow the oldest messages are dropped and counted. Disposing unsubscribes and ends the reader's loop.
/// </summary>
public interface ITopicSubscription : IAsyncDisposable
{
    /// <summary>The topic subscribed to.</summary>
    string Topic { get; }

    /// <summary>How many messages this subscriber has lost since it subscribed.</summary>
    long Dropped { get; }

    /// <summary>Reads until disposed or cancelled. There may be one reader at a time.</summary>
    /// <param name="cancellationToken">Ends the loop with <see cref="OperationCanceledException"/>; the subscription stays.</param>
    /// <exception cref="InvalidOperationException">Somebody else is reading.</exception>
    IAsyncEnumerable<TopicMessage> ReadAllAsync(CancellationToken cancellationToken = default);
}
