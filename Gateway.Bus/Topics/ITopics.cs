namespace OpenClaw.Gateway.Bus.Topics;

/// <summary>
/// Publish and subscribe. A message reaches each subscriber at most once: there is no memory, so whoever subscribes
/// later, is too slow, or is cut off misses it. What one publisher publishes one after the other arrives in that order.
/// </summary>
public interface ITopics
{
    /// <summary>Hands a message to everyone subscribed now. Never waits for a subscriber.</summary>
    /// <param name="topic">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="payload">May be empty.</param>
    /// <param name="cancellationToken">Stops waiting; the message may still go out.</param>
    ValueTask<PublishOutcome> PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default);

    /// <summary>Subscribes. Everything published after the returned task has completed is seen, unless it is dropped and counted.</summary>
    /// <param name="topic">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="options">Bounds of the buffer; the defaults when null.</param>
    /// <param name="cancellationToken">Stops waiting; nothing is subscribed then.</param>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    ValueTask<ITopicSubscription> SubscribeAsync(string topic, TopicSubscriptionOptions? options = null, CancellationToken cancellationToken = default);
}
