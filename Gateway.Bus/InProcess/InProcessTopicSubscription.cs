using System.Runtime.CompilerServices;
using OpenClaw.Gateway.Bus.Topics;

namespace OpenClaw.Gateway.Bus.InProcess;

internal sealed class InProcessTopicSubscription(InProcessTopics owner, string topic, TopicSubscriptionOptions options) : ITopicSubscription
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

    public ValueTask DisposeAsync()
    {
        owner.Remove(this);
        Complete();
        return ValueTask.CompletedTask;
    }

    internal int Deliver(ReadOnlyMemory<byte> payload) => _buffer.Write(payload, payload.Length);

    internal void Complete() => _buffer.Complete();
}
