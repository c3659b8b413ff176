using Microsoft.Extensions.Logging;

namespace OpenClaw.Gateway.Bus.Journal;

/// <summary>
/// The one thread that writes a journal. While it waits for the disk, further writes gather and share the next wait:
/// a single append costs one sync, and many at once do not cost many. It is a thread of its own because it blocks.
/// </summary>
internal sealed partial class JournalWriter : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly Thread _thread;
    private readonly string _queue;
    private readonly Action _open;
    private readonly JournalLog _log;
    private readonly JournalCompaction _compaction;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<JournalWrite> _pending = [];
    private IOException? _refusal;
    private bool _closing;

    /// <summary>Starts the thread.</summary>
    /// <param name="queue">Name of the queue.</param>
    /// <param name="open">Reads the journal; the thread's first act. Writes that come before its end wait for it.</param>
    /// <param name="log">The journal.</param>
    /// <param name="compaction">Runs after each batch.</param>
    /// <param name="logger">For what should not happen.</param>
    public JournalWriter(string queue, Action open, JournalLog log, JournalCompaction compaction, ILogger logger)
    {
        _queue = queue;
        _open = open;
        _log = log;
        _compaction = compaction;
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = "journal " + queue };
        _thread.Start();
    }

    /// <summary>Completes when the journal was read; fails with <see cref="IOException"/> when it cannot be.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Why nothing can be written at the moment, or null.</summary>
    public string? Fault
    {
        get
        {
            lock (_gate)
                return _closing ? null : _refusal?.Message ?? _log.Fault;
        }
    }

    /// <summary>Adds a record behind all that were submitted before. Never blocks and never throws: the outcome is in the write.</summary>
    public void Submit(JournalWrite write)
    {
        IOException? refusal;
        lock (_gate)
        {
            refusal = _refusal;
            if (refusal is null)
            {
                _pending.Add(write);
                Monitor.Pulse(_gate);
            }
        }
        if (refusal is not null)
            write.Fail(refusal, isGone: true);
    }

    /// <summary>Writes what was submitted and ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closing = true;
            _refusal ??= new BusUnavailableException($"Queue {_queue} is closed.");
            Monitor.Pulse(_gate);
        }
        await _ended.Task.ConfigureAwait(false);
    }

    private void Run()
    {
        var batch = new List<JournalWrite>();
        try
        {
            _open();
            _opened.SetResult();
            var hasMore = _compaction.Run(isIdle: true);
            while (TakeBatch(ref batch, waits: !hasMore))
            {
                var isIdle = batch.Count == 0;
                _log.Commit(batch);
                batch.Clear();
                hasMore = _compaction.Run(isIdle);
            }
        }
        catch (IOException exception)
        {
            Refuse(exception, batch);
        }
        catch (Exception exception)
        {
            // A bug. Everyone who waits for this thread has to hear of it, and the other queues go on.
            LogBroken(exception, _queue);
            Refuse(new BusUnavailableException($"Queue {_queue} stopped: {exception.GetType().Name}.", exception), batch);
        }
        finally
        {
            _log.Close();
            _ended.SetResult();
        }
    }

    /// <summary>Takes what is pending, which may be nothing if the thread is not to wait; false when it is time to end.</summary>
    private bool TakeBatch(ref List<JournalWrite> batch, bool waits)
    {
        lock (_gate)
        {
            while (_pending.Count == 0)
            {
                if (_closing)
                    return false;
                if (!waits)
                    return true;
                Monitor.Wait(_gate);
            }
            (batch, _pending) = (_pending, batch);
            return true;
        }
    }

    private void Refuse(IOException exception, List<JournalWrite> interrupted)
    {
        List<JournalWrite> pending;
        lock (_gate)
        {
            _refusal = exception;
            (pending, _pending) = (_pending, []);
        }
        // Before any write hears of it: who is refused asks at once whether the journal was ever open.
        if (_opened.TrySetException(exception))
            _ = _opened.Task.Exception; // Seen: it is also the answer to every write.
        foreach (var write in interrupted.Where(w => w.Result is null))
            write.Fail(exception, isGone: false);
        foreach (var write in pending)
            write.Fail(exception, isGone: true);
    }

    [LoggerMessage(BusEvents.JournalBroken, LogLevel.Critical, "Queue {Queue}: the journal's writer stopped")]
    private partial void LogBroken(Exception exception, string queue);
}
