using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus.Queues;
using StackExchange.Redis;

namespace OpenClaw.Gateway.Bus.Redis;

internal sealed class RedisQueues(
    RedisBusOptions busOptions,
    RedisConnection connection,
    RedisSubscriptions subscriptions,
    TimeProvider time,
    BusMetrics metrics,
    ILoggerFactory loggers) : IQueues
{
    private const int MaxPage = 1000;

    private readonly ILogger _logger = loggers.CreateLogger<RedisQueues>();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RedisQueueWriter> _writers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<RedisQueueConsumer, byte> _consumers = new();
    private bool _closed;

    public async ValueTask<AppendResult> AppendAsync(string queue, QueueEntry entry, CancellationToken cancellationToken = default)
    {
        BusName.CheckQueue(queue);
        ArgumentNullException.ThrowIfNull(entry);
        entry.Check();
        cancellationToken.ThrowIfCancellationRequested();
        if (!entry.FitsNames || entry.Payload.Length > busOptions.MaxQueueEntryBytes)
            return AppendResult.Failure(AppendOutcome.TooLarge, $"A queue entry has at most {busOptions.MaxQueueEntryBytes} bytes and a key and a series of {QueueEntry.MaxKeyLength} characters.");
        return await Writer(queue).AppendAsync(entry).ConfigureAwait(false);
    }

    public async ValueTask<IQueueConsumer> ConsumeAsync(string queue, QueueHandler handler, QueueConsumerOptions? options = null, CancellationToken cancellationToken = default)
    {
        BusName.CheckQueue(queue);
        ArgumentNullException.ThrowIfNull(handler);
        options ??= QueueConsumerOptions.Default;
        options.Check();
        cancellationToken.ThrowIfCancellationRequested();
        var consumer = new RedisQueueConsumer(queue, handler, options, busOptions, connection, time, metrics, RemoveAsync, _logger);
        await consumer.JoinAsync(cancellationToken).ConfigureAwait(false);
        await subscriptions.AddAsync(RedisQueueKeys.Hints(busOptions, queue), consumer, cancellationToken).ConfigureAwait(false);
        connection.Add(consumer);
        _consumers.TryAdd(consumer, 0);
        consumer.Start();
        return consumer;
    }

    public async ValueTask<string?> FindBeforeAsync(string queue, string id, CancellationToken cancellationToken = default) =>
        IsId(id) && (string?)await EvaluateAsync(RedisScript.QueueBefore, queue, [id], cancellationToken).ConfigureAwait(false) is { Length: > 0 } before ? before : null;

    public async ValueTask<IReadOnlyList<string>> ListQueuesAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var link = await connection.GetAsync(cancellationToken).ConfigureAwait(false);
        var names = (string[])(await link.ExecuteAsync("SMEMBERS", [RedisQueueKeys.All(busOptions)], cancellationToken).ConfigureAwait(false))!;
        return [.. names.Order(StringComparer.Ordinal)];
    }

    public async ValueTask<QueueStatistics> GetStatisticsAsync(string queue, CancellationToken cancellationToken = default)
    {
        var facts = (RedisResult[])(await EvaluateAsync(RedisScript.QueueStatistics, queue, [], cancellationToken).ConfigureAwait(false))!;
        var inFlight = (int)facts[1];
        return new QueueStatistics
        {
            Waiting = Math.Max(0, (int)facts[0] - inFlight),
            InFlight = inFlight,
            DeadLetters = (int)facts[2],
            Bytes = (long)facts[3],
            OldestEnqueuedAt = (string?)facts[4] is { Length: > 0 } oldest ? Moment(oldest) : null,
            Expired = (long)facts[5],
            Damaged = (long)facts[6],
        };
    }

    public async ValueTask<IReadOnlyList<WaitingEntry>> PeekAsync(string queue, int limit = 100, string? afterId = null, CancellationToken cancellationToken = default)
    {
        OptionRange.Check(nameof(limit), OptionRange.Error(nameof(limit), limit, 1, MaxPage));
        if (afterId is not null && !IsId(afterId))
            throw new ArgumentException("This is not the id of a message.", nameof(afterId));
        var entries = (RedisResult[])(await EvaluateAsync(RedisScript.QueuePeek, queue, [afterId ?? "0", limit, RedisQueueStore.EnoughBytes], cancellationToken).ConfigureAwait(false))!;
        return [.. entries.Select(e => Waiting((RedisResult[])e!))];
    }

    public async ValueTask<bool> DropWaitingAsync(string queue, string id, CancellationToken cancellationToken = default) =>
        await ChangeAsync(RedisScript.QueueDropWaiting, queue, id, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<DeadLetter>> ListDeadLettersAsync(string queue, int limit = 100, string? afterId = null, CancellationToken cancellationToken = default)
    {
        OptionRange.Check(nameof(limit), OptionRange.Error(nameof(limit), limit, 1, MaxPage));
        if (afterId is not null && !IsId(afterId))
            throw new ArgumentException("This is not the id of a message.", nameof(afterId));
        var letters = (RedisResult[])(await EvaluateAsync(RedisScript.QueueDead, queue, [afterId ?? "0", limit], cancellationToken).ConfigureAwait(false))!;
        return [.. letters.Select(l => Describe((RedisResult[])l!))];
    }

    public async ValueTask<bool> ReplayDeadLetterAsync(string queue, string id, CancellationToken cancellationToken = default) =>
        await ChangeAsync(RedisScript.QueueReplay, queue, id, cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> DropDeadLetterAsync(string queue, string id, CancellationToken cancellationToken = default) =>
        await ChangeAsync(RedisScript.QueueDrop, queue, id, cancellationToken).ConfigureAwait(false);

    internal async Task CloseAsync()
    {
        List<RedisQueueWriter> writers;
        lock (_gate)
        {
            _closed = true;
            writers = [.. _writers.Values];
        }
        foreach (var consumer in _consumers.Keys)
            await consumer.DisposeAsync().ConfigureAwait(false);
        foreach (var writer in writers)
            await writer.DisposeAsync().ConfigureAwait(false);
    }

    private static bool IsId(string id) => id.Length is > 0 and <= 16 && id.All(char.IsAsciiDigit);

    private static DateTimeOffset Moment(string milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(milliseconds, CultureInfo.InvariantCulture));

    private static DeadLetter Describe(RedisResult[] facts) => new()
    {
        Id = (string)facts[0]!,
        Key = (string?)facts[1] ?? "",
        Attempts = (int)facts[2],
        EnqueuedAt = Moment((string)facts[3]!),
        SetAsideAt = Moment((string)facts[4]!),
        Reason = (string?)facts[5] ?? "",
        Payload = (byte[]?)facts[6] ?? [],
    };

    private static WaitingEntry Waiting(RedisResult[] facts) => new()
    {
        Id = (string)facts[0]!,
        Key = (string?)facts[1] ?? "",
        Attempts = (int)facts[2],
        EnqueuedAt = Moment((string)facts[3]!),
        ExpiresAt = (string?)facts[4] is { Length: > 0 } and not "0" ? Moment((string)facts[4]!) : null,
        Payload = (byte[]?)facts[5] ?? [],
    };

    private async Task<bool> ChangeAsync(RedisScript script, string queue, string id, CancellationToken cancellationToken) =>
        IsId(id) && (int)await EvaluateAsync(script, queue, [id], cancellationToken).ConfigureAwait(false) == 1;

    private Task<RedisResult> EvaluateAsync(RedisScript script, string queue, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        BusName.CheckQueue(queue);
        cancellationToken.ThrowIfCancellationRequested();
        return connection.EvaluateAsync(script, [RedisQueueKeys.Base(busOptions, queue)], arguments, cancellationToken);
    }

    private RedisQueueWriter Writer(string queue)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(RedisBus));
            if (!_writers.TryGetValue(queue, out var writer))
                _writers.Add(queue, writer = new RedisQueueWriter(queue, busOptions, connection, metrics));
            return writer;
        }
    }

    private async Task RemoveAsync(RedisQueueConsumer consumer)
    {
        connection.Remove(consumer);
        _consumers.TryRemove(consumer, out _);
        await subscriptions.RemoveAsync(RedisQueueKeys.Hints(busOptions, consumer.Queue), consumer).ConfigureAwait(false);
    }
}
