using OpenClaw.Gateway.Bus.Topics;

namespace OpenClaw.Gateway.Bus.Redis;

internal sealed class RedisTopics(RedisBusOptions options, RedisConnection connection, RedisSubscriptions subscriptions, BusMetrics metrics) : ITopics
{
    private readonly Lock _gate = new();
    private readonly HashSet<RedisTopicSubscription> _open = [];

    public async ValueTask<PublishOutcome> PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default)
    {
        BusName.Check(topic);
        cancellationToken.ThrowIfCancellationRequested();
        if (payload.Length > options.MaxPayloadBytes)
            return PublishOutcome.TooLarge;
        try
        {
            var link = await connection.GetAsync(cancellationToken).ConfigureAwait(false);
            await link.PublishAsync(Channel(topic), payload.ToArray(), cancellationToken).ConfigureAwait(false);
            return PublishOutcome.Published;
        }
        catch (BusUnavailableException)
        {
            return PublishOutcome.Unavailable;
        }
    }

    public async ValueTask<ITopicSubscription> SubscribeAsync(string topic, TopicSubscriptionOptions? options = null, CancellationToken cancellationToken = default)
    {
        BusName.Check(topic);
        options ??= TopicSubscriptionOptions.Default;
        options.Check();
        cancellationToken.ThrowIfCancellationRequested();
        var subscription = new RedisTopicSubscription(this, topic, options, metrics);
        await subscriptions.AddAsync(Channel(topic), subscription, cancellationToken).ConfigureAwait(false);
        lock (_gate)
            _open.Add(subscription);
        return subscription;
    }

    internal async Task RemoveAsync(RedisTopicSubscription subscription)
    {
        lock (_gate)
        {
            if (!_open.Remove(subscription))
                return;
        }
        await subscriptions.RemoveAsync(Channel(subscription.Topic), subscription).ConfigureAwait(false);
    }

    /// <summary>Ends every subscriber's loop.</summary>
    internal async Task CloseAsync()
    {
        List<RedisTopicSubscription> open;
        lock (_gate)
            open = [.. _open];
        foreach (var subscription in open)
            await subscription.DisposeAsync().ConfigureAwait(false);
    }

    private string Channel(string topic) => options.KeyPrefix + "topic:" + topic;
}
