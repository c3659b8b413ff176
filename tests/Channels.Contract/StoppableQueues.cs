using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Channels.Contract;

/// <summary>Queues that can refuse to store, as on a full disk, or end in the midst of it, as with their process.</summary>
internal sealed class StoppableQueues(IQueues inner) : IQueues
{
    private volatile bool _refusesAppends;
    private int _refusedAppends;
    private int _appendsLeft = int.MaxValue;
    private bool _storesLast;

    public bool RefusesAppends
    {
        get => _refusesAppends;
        set => _refusesAppends = value;
    }

    public int RefusedAppends => Volatile.Read(ref _refusedAppends);

    /// <summary>The append after so many ends with its process, and so do all after that.</summary>
    /// <param name="appends">How many go well.</param>
    /// <param name="isStored">That one is stored all the same, and nobody hears of it.</param>
    public void DieAfter(int appends, bool isStored) => (_appendsLeft, _storesLast) = (appends, isStored);

    public async ValueTask<AppendResult> AppendAsync(string queue, QueueEntry entry, CancellationToken cancellationToken = default)
    {
        if (RefusesAppends)
        {
            Interlocked.Increment(ref _refusedAppends);
            return new AppendResult(AppendOutcome.Unavailable, null, "the disk is full");
        }
        if (_appendsLeft == int.MaxValue)
            return await inner.AppendAsync(queue, entry, cancellationToken);
        var left = _appendsLeft--;
        if (left > 0)
            return await inner.AppendAsync(queue, entry, cancellationToken);
        if (left == 0 && _storesLast)
            await inner.AppendAsync(queue, entry, cancellationToken);
        throw new ProcessDiedException();
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

/// <summary>What would have been done next is not done any more.</summary>
public sealed class ProcessDiedException : Exception;
