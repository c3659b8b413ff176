using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.InProcess;
using OpenClaw.Gateway.Bus.Queues;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>
/// A queue over a journal. Whatever changes a message goes through the writer's thread, and the index follows when the
/// record is written: memory never runs ahead of the disk.
/// </summary>
internal sealed partial class JournalQueue : IAsyncDisposable
{
    private readonly string _name;
    private readonly InProcessBusOptions _options;
    private readonly TimeProvider _time;
    private readonly BusMetrics _metrics;
    private readonly ILogger _logger;
    private readonly JournalLog _log;
    private readonly DamageStore _damage;
    private readonly QueueIndex _index;
    private readonly RecentIds _recent;
    private readonly Lock _line = new();
    private Task _lastInLine = Task.CompletedTask;
    private readonly JournalWriter _writer;
    private long _expired;

    /// <summary>Opens the queue. Appends may begin at once; they wait for the journal to be read.</summary>
    public JournalQueue(JournalSettings settings, InProcessBusOptions options, StateDirectory directory, IJournalStorage storage, TimeProvider time, BusMetrics metrics, ILogger logger)
    {
        _name = settings.Queue;
        _options = options;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        _log = new JournalLog(settings, storage, time, metrics, logger);
        _damage = new DamageStore(settings, logger);
        _index = new QueueIndex(time, options.MaxQueueEntries, options.MaxQueueBytes);
        _recent = new RecentIds(time);
        _writer = new JournalWriter(_name, Open, _log, new JournalCompaction(settings, _log, Carry, logger), logger);

        void Open()
        {
            directory.Open();
            var items = new RecoveredItems(_recent);
            _log.Adopt(new JournalRecovery(settings, storage, _damage).Run(items.Apply));
            _index.Load(items.All);
            var found = _index.Describe(0, 0);
            LogOpened(_name, found.Waiting, found.DeadLetters);
        }
    }

    /// <summary>Completes when the journal was read; fails with <see cref="IOException"/> when it cannot be.</summary>
    public Task Opened => _writer.Opened;

    /// <summary>Why the queue cannot be written at the moment, or null.</summary>
    public string? Fault => _writer.Fault;

    public QueueStatistics Describe() => _index.Describe(Interlocked.Read(ref _expired), _damage.Count);

    public async ValueTask<AppendResult> AppendAsync(QueueEntry entry)
    {
        var ids = entry.DeduplicationIds;
        if (ids.Count == 0)
            return await StoreAsync(entry, ids).ConfigureAwait(false);
        var through = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_line)
            (before, _lastInLine) = (_lastInLine, through.Task);
        ValueTask<AppendResult> append;
        try
        {
            // Until the journal was read nobody knows which ids are in it; who waits for that keeps the place it came at.
            await before.ConfigureAwait(false);
            await Opened.ConfigureAwait(false);
            append = StoreOnceAsync(entry, ids);
        }
        catch (IOException exception)
        {
            return AppendResult.Failure(AppendOutcome.Unavailable, exception.Message);
        }
        finally
        {
            through.SetResult();
        }
        return await append.ConfigureAwait(false);
    }

    /// <summary>Is on its way to the writer when this returns, unless another append of one of the ids is.</summary>
    private async ValueTask<AppendResult> StoreOnceAsync(QueueEntry entry, IReadOnlyList<string> ids)
    {
        if (await _recent.TakeAsync(ids).ConfigureAwait(false) is { Count: > 0 } known)
            return AppendResult.Duplicate(known);
        try
        {
            return await StoreAsync(entry, ids).ConfigureAwait(false);
        }
        finally
        {
            _recent.Release(ids);
        }
    }

    private async ValueTask<AppendResult> StoreAsync(QueueEntry entry, IReadOnlyList<string> ids)
    {
        var now = _time.GetUtcNow();
        var put = new PutRecord(0, 0, entry.Key, entry.Payload)
        {
            Series = entry.Series,
            DeduplicationIds = ids,
            EnqueuedAt = now,
            ExpiresAt = now + entry.TimeToLive,
            TraceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null,
        };
        var record = JournalRecordCodec.Encode(put);
        if (!_index.TryReserve(record.Length))
        {
            record.Release();
            return AppendResult.Failure(AppendOutcome.Full, $"Queue {_name} is full.");
        }

        QueueItem? item = null;
        var write = new JournalWrite(
            record,
            isDurable: true,
            prepare: r =>
            {
                var id = _log.NextId();
                r.SetId(id);
                r.SetOrder(id);
                item = new QueueItem(id, put.Key) { Series = put.Series, Order = id, EnqueuedAt = put.EnqueuedAt, ExpiresAt = put.ExpiresAt, TraceParent = put.TraceParent };
            },
            committed: location =>
            {
                // Before the message can be taken, and be over.
                foreach (var id in ids)
                    _recent.Note(id, put.EnqueuedAt, location.Segment);
                _index.Add(item!, location);
            });
        var result = await WriteAsync(write).ConfigureAwait(false);
        if (result.Error is { } error)
        {
            _index.CancelReservation(record.Length);
            return AppendResult.Failure(result.IsGone ? AppendOutcome.Unavailable : AppendOutcome.Unconfirmed, error.Message);
        }
        _metrics.QueueAppended(_name);
        return AppendResult.Stored(MessageId.Format(item!.Id));
    }

    public ulong? FindBefore(ulong id) => _index.FindBefore(id);

    public async ValueTask DisposeAsync()
    {
        _index.Close();
        await _writer.DisposeAsync().ConfigureAwait(false);
    }

    private Task<WriteResult> WriteAsync(JournalWrite write)
    {
        _writer.Submit(write);
        return write.Completion;
    }

    private Task<WriteResult> WriteAsync(JournalRecord record, bool isDurable, Action<RecordLocation>? committed = null) =>
        WriteAsync(new JournalWrite(JournalRecordCodec.Encode(record), isDurable, committed: committed));

    /// <summary>Reads a message from disk; null when it is no longer intact there.</summary>
    /// <exception cref="IOException">The disk cannot be read now.</exception>
    private PutRecord? Read(QueueItem item)
    {
        while (true)
        {
            var location = _index.LocationOf(item);
            try
            {
                return location.Segment.Read(location.Offset, location.Length) as PutRecord is { } put && put.Id == item.Id ? put : null;
            }
            catch (FileNotFoundException) when (_index.LocationOf(item) != location)
            {
                // It was carried on to another segment in the meantime.
            }
        }
    }

    private List<JournalWrite> Carry(Segment segment)
    {
        var writes = new List<JournalWrite>();
        foreach (var item in _index.ItemsIn(segment))
        {
            // What cannot be read stays where it is, and holds its segment, until its turn comes and says so.
            if (Read(item) is not { } put)
                continue;
            var current = put with
            {
                Order = item.Order,
                Attempts = item.Attempts,
                NotBefore = item.NotBefore,
                SetAsideAt = item.SetAsideAt,
                Reason = item.Reason,
            };
            writes.Add(new JournalWrite(JournalRecordCodec.Encode(current), isDurable: true, committed: location => _index.Relocate(item, location)));
        }
        foreach (var id in _recent.IdsIn(segment))
        {
            var seen = new SeenRecord(0, id.At, id.Text);
            writes.Add(new JournalWrite(JournalRecordCodec.Encode(seen), isDurable: true, committed: location => _recent.Relocate(id, location.Segment)));
        }
        return writes;
    }

    [LoggerMessage(BusEvents.QueueOpened, LogLevel.Information, "Queue {Queue} is open: {Waiting} messages wait, {DeadLetters} are set aside")]
    private partial void LogOpened(string queue, int waiting, int deadLetters);
}
