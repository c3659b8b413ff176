using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Channels.Contract;

/// <summary>Queues that can refuse to store, as on a full disk.</summary>
internal sealed class StoppableQueues(IQueues inner) : IQueues
{
    private volatile bool _refusesAppends;
    private int _refusedAppends;

    public bool RefusesAppends
    {
        get => _refusesAppends;
        set => _refusesAppends = value;
    }

    public int RefusedAppends => Volatile.Read(ref _refusedAppends);

    public ValueTask<AppendResult> AppendAsync(string queue, QueueEntry entry, CancellationToken cancellationToken = default)
    {
        if (!RefusesAppends)
            return inner.AppendAsync(queue, entry, cancellationToken);
        Interlocked.Increment(ref _refusedAppends);
        return ValueTask.FromResult(new AppendResult(AppendOutcome.Unavailable, null, "the disk is full"));
    }

    public ValueTask<IQueueConsumer> ConsumeAsync(string queue, QueueHandler handler, QueueConsumerOptions? options = null, CancellationToken cancellationToken = default) =>
        inner.ConsumeAsync(queue, handler, options, cancellationToken);

    public ValueTask<string?> FindBeforeAsync(string queue, string id, CancellationToken cancellationToken = default) => inner.FindBeforeAsync(queue, id, cancellationToken);

    public ValueTask<IReadOnlyList<string>> ListQueuesAsync(CancellationToken cancellationToken = default) => inner.ListQueuesAsync(cancellationToken);

    public ValueTask<QueueStatistics> GetStatisticsAsync(string queue, CancellationToken cancellationToken = default) => inner.GetStatisticsAsync(queue, cancellationToken);

    public ValueTask<IReadOnlyList<WaitingEntry>> PeekAsync(string queue, int limit = 100, string? afterId = null, CancellationToken cancellationToken = default) =>
        inner.PeekAsync(queue, limit, afterId, cancellationToken);

    public ValueTask<bool> DropWaitingAsync(string queue, string id, CancellationToken cancellationToken = default) => inner.DropWaitingAsync(queue, id, cancellationToken);

    public ValueTask<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(string queue, int limit = 100, string? afterId = null, CancellationToken cancellationToken = default) =>
        inner.ListDeadLettersAsync(queue, limit, afterId, cancellationToken);

    public ValueTask<bool> ReplayDeadLetterAsync(string queue, string id, CancellationToken cancellationToken = default) => inner.ReplayDeadLetterAsync(queue, id, cancellationToken);

    public ValueTask<bool> DropDeadLetterAsync(string queue, string id, CancellationToken cancellationToken = default) => inner.DropDeadLetterAsync(queue, id, cancellationToken);
}
