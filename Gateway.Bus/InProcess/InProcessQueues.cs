using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.Journal;
using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Gateway.Bus.InProcess;

internal sealed partial class InProcessQueues(
    InProcessBusOptions options,
    StateDirectory directory,
    IJournalStorage storage,
    TimeProvider time,
    BusMetrics metrics,
    ILoggerFactory loggers) : IQueues
{
    private const int MaxPage = 1000;

    private readonly ILogger _logger = loggers.CreateLogger<InProcessQueues>();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, JournalQueue> _queues = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _openFaults = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<JournalQueueConsumer, byte> _consumers = new();
    private bool _closed;

    /// <summary>What cannot be opened or written at the moment.</summary>
    internal IReadOnlyList<string> Faults
    {
        get
        {
            lock (_gate)
                return [.. _queues.Values.Select(q => q.Fault).OfType<string>(), .. _openFaults.Where(f => !IsOpen(f.Key)).Select(f => f.Value)];
        }
    }

    public async ValueTask<AppendResult> AppendAsync(string queue, QueueEntry entry, CancellationToken cancellationToken = default)
    {
        BusName.CheckQueue(queue);
        ArgumentNullException.ThrowIfNull(entry);
        entry.Check();
        cancellationToken.ThrowIfCancellationRequested();
        if (!entry.FitsNames || entry.Payload.Length > options.MaxQueueEntryBytes)
            return AppendResult.Failure(AppendOutcome.TooLarge, $"A queue entry has at most {options.MaxQueueEntryBytes} bytes and a key and a series of {QueueEntry.MaxKeyLength} characters.");

        // The owner is in this process too: it is not held only if its time is over, or it was released.
        if (entry.Lease is { IsHeld: false } lost)
            return AppendResult.Failure(AppendOutcome.LeaseLost, $"Lease {lost.Name} is not held any more.");

        var target = Get(queue);
        var result = await target.AppendAsync(entry).ConfigureAwait(false);
        if (!result.IsAccepted)
            ForgetUnlessOpened(queue, target);
        return result;
    }

    public async ValueTask<IQueueConsumer> ConsumeAsync(string queue, QueueHandler handler, QueueConsumerOptions? options = null, CancellationToken cancellationToken = default)
    {
        BusName.CheckQueue(queue);
        ArgumentNullException.ThrowIfNull(handler);
        options ??= QueueConsumerOptions.Default;
        options.Check();
        var source = await OpenAsync(queue, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var consumer = new JournalQueueConsumer(queue, source, handler, options, c => _consumers.TryRemove(c, out _), _logger);
        _consumers.TryAdd(consumer, 0);
        return consumer;
    }

    public async ValueTask<string?> FindBeforeAsync(string queue, string id, CancellationToken cancellationToken = default) =>
        await FindAsync(queue, cancellationToken).ConfigureAwait(false) is { } found && MessageId.Parse(id) is { } parsed && found.FindBefore(parsed) is { } before
            ? MessageId.Format(before)
            : null;

    public async ValueTask<IReadOnlyList<string>> ListQueuesAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Task.Run<IReadOnlyList<string>>(ListQueues, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<QueueStatistics> GetStatisticsAsync(string queue, CancellationToken cancellationToken = default) =>
        await FindAsync(queue, cancellationToken).ConfigureAwait(false) is { } found
            ? found.Describe()
            : new QueueStatistics { Waiting = 0, InFlight = 0, DeadLetters = 0, Bytes = 0, OldestEnqueuedAt = null, Expired = 0, Damaged = 0 };

    public async ValueTask<IReadOnlyList<WaitingEntry>> PeekAsync(string queue, int limit = 100, string? afterId = null, CancellationToken cancellationToken = default)
    {
        OptionRange.Check(nameof(limit), OptionRange.Error(nameof(limit), limit, 1, MaxPage));
        var after = afterId is null ? 0 : MessageId.Parse(afterId) ?? throw new ArgumentException("This is not the id of a message.", nameof(afterId));
        if (await FindAsync(queue, cancellationToken).ConfigureAwait(false) is not { } found)
            return [];
        return await Task.Run(() => found.Peek(limit, after), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> DropWaitingAsync(string queue, string id, CancellationToken cancellationToken = default) =>
        await FindAsync(queue, cancellationToken).ConfigureAwait(false) is { } found
        && MessageId.Parse(id) is { } parsed
        && await found.DropWaitingAsync(parsed).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(string queue, int limit = 100, string? afterId = null, CancellationToken cancellationToken = default)
    {
        OptionRange.Check(nameof(limit), OptionRange.Error(nameof(limit), limit, 1, MaxPage));
        var after = afterId is null ? 0 : MessageId.Parse(afterId) ?? throw new ArgumentException("This is not the id of a message.", nameof(afterId));
        if (await FindAsync(queue, cancellationToken).ConfigureAwait(false) is not { } found)
            return [];
        return await Task.Run(() => found.ListDeadLetters(limit, after), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> ReplayDeadLetterAsync(string queue, string id, CancellationToken cancellationToken = default) =>
        await FindAsync(queue, cancellationToken).ConfigureAwait(false) is { } found
        && MessageId.Parse(id) is { } parsed
        && await found.ReplayDeadLetterAsync(parsed).ConfigureAwait(false);

    public async ValueTask<bool> DropDeadLetterAsync(string queue, string id, CancellationToken cancellationToken = default) =>
        await FindAsync(queue, cancellationToken).ConfigureAwait(false) is { } found
        && MessageId.Parse(id) is { } parsed
        && await found.DropDeadLetterAsync(parsed).ConfigureAwait(false);

    internal async Task CloseAsync()
    {
        List<JournalQueue> queues;
        lock (_gate)
        {
            _closed = true;
            queues = [.. _queues.Values];
        }
        foreach (var consumer in _consumers.Keys)
            await consumer.DisposeAsync().ConfigureAwait(false);
        foreach (var queue in queues)
            await queue.DisposeAsync().ConfigureAwait(false);
    }

    private JournalQueue Get(string queue)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(InProcessBus));
            if (!_queues.TryGetValue(queue, out var found))
            {
                var settings = new JournalSettings(queue, Path.Combine(directory.Queues, QueueDirectory.Encode(queue)), options.JournalSegmentBytes);
                found = new JournalQueue(settings, options, directory, storage, time, metrics, _logger);
                _queues.Add(queue, found);
            }
            return found;
        }
    }

    private async Task<JournalQueue> OpenAsync(string queue, CancellationToken cancellationToken)
    {
        var found = Get(queue);
        try
        {
            await found.Opened.WaitAsync(cancellationToken).ConfigureAwait(false);
            return found;
        }
        catch (IOException exception)
        {
            ForgetUnlessOpened(queue, found);
            throw exception as BusUnavailableException ?? new BusUnavailableException($"Queue {queue} cannot be opened: {exception.Message}", exception);
        }
    }

    /// <summary>The queue, unless there is none: asking must not create one.</summary>
    private async Task<JournalQueue?> FindAsync(string queue, CancellationToken cancellationToken)
    {
        BusName.CheckQueue(queue);
        bool isOpen;
        lock (_gate)
            isOpen = _queues.ContainsKey(queue);
        return isOpen || Directory.Exists(Path.Combine(directory.Queues, QueueDirectory.Encode(queue)))
            ? await OpenAsync(queue, cancellationToken).ConfigureAwait(false)
            : null;
    }

    /// <summary>Lets the next use open a queue again that could not be opened.</summary>
    private void ForgetUnlessOpened(string queue, JournalQueue failed)
    {
        if (!failed.Opened.IsFaulted)
            return;
        lock (_gate)
        {
            if (!_queues.TryGetValue(queue, out var current) || !ReferenceEquals(current, failed))
                return;
            _queues.Remove(queue);
            _openFaults[queue] = $"Queue {queue} cannot be opened: {failed.Opened.Exception.InnerException?.Message}";
        }
        LogOpenFailed(failed.Opened.Exception.InnerException, queue);
    }

    private bool IsOpen(string queue) => _queues.TryGetValue(queue, out var found) && found.Opened.IsCompletedSuccessfully;

    private List<string> ListQueues()
    {
        try
        {
            directory.Open();
            return [.. Directory.EnumerateDirectories(directory.Queues).Select(d => QueueDirectory.Decode(Path.GetFileName(d))).OfType<string>().Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is (IOException or UnauthorizedAccessException) and not BusUnavailableException)
        {
            throw new BusUnavailableException($"The queues cannot be listed: {exception.Message}", exception);
        }
    }

    [LoggerMessage(BusEvents.QueueOpenFailed, LogLevel.Error, "Queue {Queue} cannot be opened")]
    private partial void LogOpenFailed(Exception? exception, string queue);
}
