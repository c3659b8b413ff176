using System.Runtime.CompilerServices;
using OpenClaw.Gateway.Bus.Topics;

namespace OpenClaw.Gateway.Bus.Redis;

internal sealed class RedisTopicSubscription(RedisTopics owner, string topic, TopicSubscriptionOptions options, BusMetrics metrics) : ITopicSubscription, IRedisListener
{
    private readonly LossyBuffer<ReadOnlyMemory<byte>> _buffer = new(options.Capacity, options.CapacityBytes);

    public string Topic => topic;

    public long Dropped => _buffer.Lost;

    public async IAsyncEnumerable<TopicMessage> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var role = _buffer.BeginReading();
        while (await _buffer.ReadAsync(cancellationToken).ConfigureAwait(false) is { Taken: true } next)
            yield return new TopicMessage(next.Item, next.LostBefore);
    }

    public async ValueTask DisposeAsync()
    {
        _buffer.Complete();
        await owner.RemoveAsync(this).ConfigureAwait(false);
    }

    void IRedisListener.Received(byte[] message) => metrics.TopicDropped(topic, _buffer.Write(message, message.Length));

    void IRedisListener.Interrupted() => _buffer.Lose();
}
