using System.Collections.Concurrent;

namespace OpenClaw.Gateway.Core.Logs;

/// <summary>
/// Hands log lines to one writing thread. Whoever logs never waits: when the writer cannot keep up (a full disk, a
/// terminal that nobody reads) lines are dropped and counted. A thread of its own, not a task, because loggers are
/// disposed synchronously and have to be flushed then.
/// </summary>
internal sealed class LogQueue : IDisposable
{
    /// <summary>Lines that may wait; some seconds of the busiest gateway.</summary>
    public const int Capacity = 8192;

    /// <summary>How long a stop waits for a writer that is stuck.</summary>
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(2);

    private const int LargestBatch = 256;

    private readonly BlockingCollection<LogEntry> _entries = new(Capacity);
    private readonly Action<IReadOnlyList<LogEntry>, long> _write;
    private readonly Thread _writer;
    private long _dropped;
    private int _disposed;

    /// <param name="name">Thread name.</param>
    /// <param name="write">
    /// Writes a batch; told how many lines were dropped since the last one. Its I/O errors cost the batch, not the log.
    /// </param>
    public LogQueue(string name, Action<IReadOnlyList<LogEntry>, long> write)
    {
        _write = write;
        _writer = new Thread(Run) { IsBackground = true, Name = name };
        _writer.Start();
    }

    /// <summary>Lines dropped over the whole life.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Add(LogEntry entry)
    {
        try
        {
            if (!_entries.TryAdd(entry))
                Interlocked.Increment(ref _dropped);
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
        {
            // Logged after the stop: there is no log any more.
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Writes what waits, then ends.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _entries.CompleteAdding();
        // A writer that is stuck in the kernel is left behind; it is a background thread.
        if (_writer.Join(FlushTimeout))
            _entries.Dispose();
    }

    private void Run()
    {
        var batch = new List<LogEntry>(LargestBatch);
        long reported = 0;
        foreach (var first in _entries.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (batch.Count < LargestBatch && _entries.TryTake(out var more))
                batch.Add(more);
            var dropped = Dropped;
            try
            {
                _write(batch, dropped - reported);
                reported = dropped;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                Interlocked.Add(ref _dropped, batch.Count);
            }
            batch.Clear();
        }
    }
}
