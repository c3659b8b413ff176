namespace OpenClaw.Gateway.Bus.Queues;

/// <summary>
/// Durable work. What was appended is delivered at least once, over crashes and restarts of everyone involved, until a
/// handler is done with it, its time to live is over, or it was set aside as a dead letter.
/// </summary>
/// <remarks>
/// Entries with the same key are delivered in the order of their append and one at a time: the next one comes when the
/// one before is settled, which includes its retries. Entries of different keys, and entries without a key, do not wait
/// for each other, but each consumer calls its handler in the order of their appends: the next call is made when the one
/// before has returned its task, complete or not. All consumers of a queue share its entries.
/// </remarks>
public interface IQueues
{
    /// <summary>Appends an entry and returns when it is durable. Appends that are started one after the other keep that order.</summary>
    /// <param name="queue">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="entry">What to append.</param>
    /// <param name="cancellationToken">Honoured until the entry is on its way; from then on the result is waited for.</param>
    ValueTask<AppendResult> AppendAsync(string queue, QueueEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Consumes a queue until the returned consumer is stopped or disposed.</summary>
    /// <param name="queue">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="handler">Works on one entry; runs concurrently with itself for different keys. Until it first yields it holds up the calls after it.</param>
    /// <param name="options">Concurrency and retries; the defaults when null.</param>
    /// <param name="cancellationToken">Stops waiting for the start; nothing is consumed then.</param>
    /// <exception cref="BusUnavailableException">The queue cannot be opened.</exception>
    ValueTask<IQueueConsumer> ConsumeAsync(string queue, QueueHandler handler, QueueConsumerOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// The id of the last entry before this one in its series that is not settled: it waits, is handled, or waits for its retry. Null when
    /// there is none, and when the entry itself is over.
    /// </summary>
    /// <param name="queue">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="id">Id of the message.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="BusUnavailableException">The queue cannot be asked.</exception>
    ValueTask<string?> FindBeforeAsync(string queue, string id, CancellationToken cancellationToken = default);

    /// <summary>The queues that exist, by name.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="BusUnavailableException">The bus cannot be reached.</exception>
    ValueTask<IReadOnlyList<string>> ListQueuesAsync(CancellationToken cancellationToken = default);

    /// <summary>What is in a queue.</summary>
    /// <param name="queue">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="BusUnavailableException">The queue cannot be opened.</exception>
    ValueTask<QueueStatistics> GetStatisticsAsync(string queue, CancellationToken cancellationToken = default);

    /// <summary>
    /// Looks at entries that are to be handled, oldest first, and leaves them where they are: those that wait, are handled at this moment, or wait for
    /// their retry. What is shown may be over when the caller sees it.
    /// </summary>
    /// <param name="queue">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="limit">How many at most, 1 to 1 000; fewer when their payloads are more than 4 MiB together, but one if there is one.</param>
    /// <param name="afterId">Continue behind this one; null for the beginning.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="BusUnavailableException">The queue cannot be opened or read.</exception>
    ValueTask<IReadOnlyList<WaitingEntry>> PeekAsync(string queue, int limit = 100, string? afterId = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Forgets an entry for good before its turn, or before its next attempt; durable when this returns. False when there is none with this id, or its
    /// handler has it at this moment.
    /// </summary>
    /// <param name="queue">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="id">Id of the message.</param>
    /// <param name="cancellationToken">Stops waiting; it may have been dropped.</param>
    /// <exception cref="BusUnavailableException">The queue cannot be written.</exception>
    ValueTask<bool> DropWaitingAsync(string queue, string id, CancellationToken cancellationToken = default);

    /// <summary>Dead letters, oldest first.</summary>
    /// <param name="queue">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="limit">How many at most, 1 to 1 000.</param>
    /// <param name="afterId">Continue behind this one; null for the beginning.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="BusUnavailableException">The queue cannot be opened.</exception>
    ValueTask<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(string queue, int limit = 100, string? afterId = null, CancellationToken cancellationToken = default);

    /// <summary>Puts a dead letter behind the other entries of its key again, with its id and its attempts counted anew. False when there is none with this id.</summary>
    /// <param name="queue">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="id">Id of the message.</param>
    /// <param name="cancellationToken">Stops waiting; it may have been replayed.</param>
    /// <exception cref="BusUnavailableException">The queue cannot be written.</exception>
    ValueTask<bool> ReplayDeadLetterAsync(string queue, string id, CancellationToken cancellationToken = default);

    /// <summary>Forgets a dead letter for good. False when there is none with this id.</summary>
    /// <param name="queue">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="id">Id of the message.</param>
    /// <param name="cancellationToken">Stops waiting; it may have been dropped.</param>
    /// <exception cref="BusUnavailableException">The queue cannot be written.</exception>
    ValueTask<bool> DropDeadLetterAsync(string queue, string id, CancellationToken cancellationToken = default);
}
