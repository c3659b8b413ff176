using System.Collections.Concurrent;
using System.Collections.Immutable;
using OpenClaw.Gateway.Bus.Topics;

namespace OpenClaw.Gateway.Bus.InProcess;

internal sealed class InProcessTopics(InProcessBusOptions options, BusMetrics metrics) : ITopics
{
    private readonly Lock _gate = new();

    // Written under the gate, read without it: publishing takes no lock but the buffers' own.
    private readonly ConcurrentDictionary<string, ImmutableArray<InProcessTopicSubscription>> _subscriptions = new(StringComparer.Ordinal);

    public ValueTask<PublishOutcome> PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default)
    {
        BusName.Check(topic);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<PublishOutcome>(cancellationToken);
        if (payload.Length > options.MaxPayloadBytes)
            return ValueTask.FromResult(PublishOutcome.TooLarge);
        if (_subscriptions.TryGetValue(topic, out var subscriptions))
        {
            // One copy, shared by all: the publisher may reuse its buffer.
            ReadOnlyMemory<byte> shared = payload.ToArray();
            foreach (var subscription in subscriptions)
                metrics.TopicDropped(topic, subscription.Deliver(shared));
        }
        return ValueTask.FromResult(PublishOutcome.Published);
    }

    public ValueTask<ITopicSubscription> SubscribeAsync(string topic, TopicSubscriptionOptions? options = null, CancellationToken cancellationToken = default)
    {
        BusName.Check(topic);
        options ??= TopicSubscriptionOptions.Default;
        options.Check();
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ITopicSubscription>(cancellationToken);
        var subscription = new InProcessTopicSubscription(this, topic, options);
        lock (_gate)
            _subscriptions[topic] = _subscriptions.TryGetValue(topic, out var others) ? others.Add(subscription) : [subscription];
        return ValueTask.FromResult<ITopicSubscription>(subscription);
    }

    internal void Remove(InProcessTopicSubscription subscription)
    {
        lock (_gate)
        {
            if (!_subscriptions.TryGetValue(subscription.Topic, out var all))
                return;
            var others = all.Remove(subscription);
            if (others.IsEmpty)
                _subscriptions.TryRemove(subscription.Topic, out _);
            else
                _subscriptions[subscription.Topic] = others;
        }
    }

    /// <summary>Ends every subscriber's loop.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            foreach (var subscription in _subscriptions.Values.SelectMany(s => s))
                subscription.Complete();
            _subscriptions.Clear();
        }
    }
}
