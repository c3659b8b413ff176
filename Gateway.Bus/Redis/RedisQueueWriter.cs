using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using OpenClaw.Gateway.Bus.Queues;
using StackExchange.Redis;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>
/// Appends to one queue for this process. What gathers while one batch is on its way goes with the next, and there is
/// never more than one on its way: that keeps the order, and lets a batch whose answer was lost be repeated under its
/// number without being stored twice.
/// </summary>
internal sealed class RedisQueueWriter : IAsyncDisposable
{
    private const int MaxBatchEntries = 64;
    private const int MaxBatchBytes = 4 << 20;

    // How long the answer to a batch is worth waiting for when the connection was lost under it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly string _queue;
    private readonly RedisBusOptions _options;
    private readonly RedisConnection _connection;
    private readonly BusMetrics _metrics;
    private readonly string _writer = Guid.NewGuid().ToString("N");
    private readonly Channel<Append> _appends = Channel.CreateUnbounded<Append>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;
    private Append? _next;
    private long _number;

    public RedisQueueWriter(string queue, RedisBusOptions options, RedisConnection connection, BusMetrics metrics)
    {
        _queue = queue;
        _options = options;
        _connection = connection;
        _metrics = metrics;
        using (ExecutionContext.SuppressFlow())
            _work = Task.Run(WorkAsync);
    }

    public async Task<AppendResult> AppendAsync(QueueEntry entry)
    {
        var append = new Append(entry, Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? id : "");
        ObjectDisposedException.ThrowIf(!_appends.Writer.TryWrite(append), typeof(RedisBus));
        var result = await append.Result.Task.ConfigureAwait(false);
        if (result.IsStored)
            _metrics.QueueAppended(_queue);
        return result;
    }

    /// <summary>Sends what was appended before, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _appends.Writer.TryComplete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        var batch = new List<Append>();
        while (_next is not null || await _appends.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            Gather(batch);
            try
            {
                var ids = await SendAsync(batch).ConfigureAwait(false);
                for (var i = 0; i < batch.Count; i++)
                {
                    batch[i].Result.SetResult(ids[i] switch
                    {
                        "-" => AppendResult.Failure(AppendOutcome.Full, $"Queue {_queue} holds as much as it may."),
                        ['=', .. var places] => AppendResult.Duplicate(KnownOf(batch[i].Entry, places)),
                        "!" => AppendResult.Failure(AppendOutcome.LeaseLost, $"Lease {batch[i].Entry.Lease?.Name} is not held any more."),
                        var id => AppendResult.Stored(id),
                    });
                }
            }
            catch (BusUnavailableException exception)
            {
                var outcome = exception is RedisInterruptedException ? AppendOutcome.Unconfirmed : AppendOutcome.Unavailable;
                batch.ForEach(append => append.Result.SetResult(AppendResult.Failure(outcome, exception.Message)));
            }
            catch (Exception exception)
            {
                // A bug. It belongs to those who wait; this loop has to go on for the others.
                batch.ForEach(append => append.Result.TrySetException(exception));
            }
            batch.Clear();
        }
    }

    private static IReadOnlyList<string> KnownOf(QueueEntry entry, string places)
    {
        var ids = entry.DeduplicationIds;
        return [.. places.Split('.').Select(place => ids[int.Parse(place, CultureInfo.InvariantCulture) - 1])];
    }

    private void Gather(List<Append> batch)
    {
        var bytes = 0;
        while (batch.Count < MaxBatchEntries && (_next is not null || _appends.Reader.TryRead(out _next)))
        {
            bytes += _next.Entry.Payload.Length;
            if (batch.Count > 0 && bytes > MaxBatchBytes)
                return;
            batch.Add(_next);
            _next = null;
        }
    }

    /// <summary>Sends a batch, and sends it again when the answer was lost.</summary>
    /// <exception cref="BusUnavailableException">It was not stored; unless it is a <see cref="RedisInterruptedException"/>: then nobody knows.</exception>
    private async Task<string[]> SendAsync(List<Append> batch)
    {
        _number++;
        var arguments = new List<RedisValue>(6 + (8 * batch.Count))
        {
            _queue, _writer, _number, _options.MaxQueueEntries, _options.MaxQueueBytes, (long)QueueEntry.DeduplicationWindow.TotalMilliseconds,
        };
        foreach (var (entry, trace) in batch)
        {
            arguments.Add(entry.Key);
            arguments.Add(entry.Series);
            arguments.Add(entry.TimeToLive?.TotalMilliseconds is { } limit ? Math.Ceiling(limit).ToString("0", CultureInfo.InvariantCulture) : "");
            arguments.Add(trace);
            arguments.Add(entry.Lease is { } lease ? RedisLeases.Key(_options, lease.Name) : "");
            arguments.Add(entry.Lease?.FencingToken ?? 0);
            arguments.Add(string.Concat(entry.DeduplicationIds.Select(static id => string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(id)}:{id}"))));
            arguments.Add(entry.Payload.ToArray());
        }
        RedisInterruptedException? interrupted = null;
        var deadline = Deadline.After(_connection.Time, Patience);
        while (true)
        {
            try
            {
                var answer = await _connection.EvaluateAsync(
                    RedisScript.QueueAppend,
                    [RedisQueueKeys.Base(_options, _queue), RedisQueueKeys.All(_options)],
                    [.. arguments]).ConfigureAwait(false);
                return ((string?)answer ?? "").Split(',');
            }
            catch (RedisInterruptedException exception)
            {
                interrupted = exception;
            }
            catch (BusUnavailableException) when (interrupted is not null)
            {
                // Not yet back; and what the first sending did is still unknown.
            }
            if (_stop.IsCancellationRequested || deadline.IsOver(_connection.Time))
                throw interrupted;
            await WaitForConnectionAsync(deadline).ConfigureAwait(false);
        }
    }

    private async Task WaitForConnectionAsync(Deadline deadline)
    {
        try
        {
            await _connection.UntilConnectedAsync(_stop.Token).WaitAsync(deadline.TimerDelay(_connection.Time), _connection.Time).ConfigureAwait(false);
            // A server that takes commands but does not answer them must not be asked in a tight loop.
            await Task.Delay(TimeSpan.FromMilliseconds(50), _connection.Time, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // The loop sees that it is over.
        }
    }

    private sealed record Append(QueueEntry Entry, string Trace)
    {
        public TaskCompletionSource<AppendResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
