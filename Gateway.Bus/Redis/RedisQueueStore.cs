using System.Globalization;
using OpenClaw.Gateway.Bus.Queues;
using StackExchange.Redis;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>What one consumer asks of Redis for its queue.</summary>
internal sealed class RedisQueueStore(string queue, RedisBusOptions options, RedisConnection connection)
{
    // What one answer may carry; the rest comes with the next.
    public const int EnoughBytes = 4 << 20;

    /// <summary>The name under which Redis knows the consumer. It is new with every consumer, so nobody can be mistaken for one that died.</summary>
    public string Consumer { get; } = Guid.NewGuid().ToString("N");

    private RedisKey[] Keys { get; } = [RedisQueueKeys.Base(options, queue)];

    public Task JoinAsync(CancellationToken cancellationToken) =>
        connection.EvaluateAsync(RedisScript.QueueJoin, [.. Keys, RedisQueueKeys.All(options)], [queue], cancellationToken);

    public Task LeaveAsync() => connection.EvaluateAsync(RedisScript.QueueLeave, Keys, [Consumer]);

    /// <summary>Takes messages whose turn it is.</summary>
    /// <param name="most">How many.</param>
    /// <param name="maxAttempts">Attempts before a message becomes a dead letter.</param>
    /// <param name="deliversExpired">Whether messages are wanted whose time to live is over.</param>
    /// <param name="claims">Whether to look for the messages of dead consumers.</param>
    /// <param name="known">After an answer to this was lost, the turns that the consumer has; null otherwise.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<RedisQueueTaken> TakeAsync(int most, int maxAttempts, bool deliversExpired, bool claims, IReadOnlyCollection<string>? known, CancellationToken cancellationToken)
    {
        var silence = claims ? (long)options.ClaimTimeout.TotalMilliseconds : 0;
        RedisValue[] recovery = known is null ? [] : [1, .. known.Select(k => (RedisValue)k)];
        var answer = (RedisResult[])(await connection.EvaluateAsync(
            RedisScript.QueueTake,
            Keys,
            [Consumer, most, EnoughBytes, maxAttempts, options.MaxDeadLetters, silence, deliversExpired ? 1 : 0, .. recovery],
            cancellationToken).ConfigureAwait(false))!;
        var next = (long)answer[0];
        return new RedisQueueTaken(
            next < 0 ? null : TimeSpan.FromMilliseconds(next),
            [.. ((RedisResult[])answer[1]!).Select(Note)],
            [.. ((RedisResult[])answer[2]!).Select(Turn)]);
    }

    /// <summary>Says that the consumer lives; returns the turns that are not its own any more.</summary>
    public static async Task<string[]> RenewAsync(RedisQueueStore store, RedisLink link, IEnumerable<string> turns, CancellationToken cancellationToken) =>
        (string[])(await link.EvaluateAsync(
            RedisScript.QueueRenew, store.Keys, [store.Consumer, .. turns.Select(t => (RedisValue)t)], cancellationToken).ConfigureAwait(false))!;

    /// <summary>The message is done. False when the turn was not the consumer's any more.</summary>
    public async Task<bool> SettleAsync(RedisQueueTurn turn) => IsDone(await SettleAsync(turn, "done").ConfigureAwait(false));

    /// <summary>The message comes again. False when the turn was not the consumer's any more.</summary>
    public async Task<bool> GiveBackAsync(RedisQueueTurn turn, TimeSpan delay, bool counts) =>
        IsDone(await SettleAsync(turn, "later", Math.Ceiling(delay.TotalMilliseconds).ToString("0", CultureInfo.InvariantCulture), counts ? 1 : 0).ConfigureAwait(false));

    /// <summary>The message becomes a dead letter. Returns the dead letters that had to go for it; null when the turn was not the consumer's any more.</summary>
    public async Task<string[]?> SetAsideAsync(RedisQueueTurn turn, string reason)
    {
        var answer = await SettleAsync(turn, "dead", reason, options.MaxDeadLetters).ConfigureAwait(false);
        return !IsDone(answer) ? null : answer.Length > 1 ? (string[])answer[1]! : [];
    }

    private static bool IsDone(RedisResult[] answer) => (int)answer[0] == 1;

    private static RedisQueueNote Note(RedisResult result)
    {
        var facts = (RedisResult[])result!;
        return new RedisQueueNote((string)facts[0]!, (string)facts[1]!, (int)facts[2]);
    }

    private async Task<RedisResult[]> SettleAsync(RedisQueueTurn turn, params RedisValue[] verdict) =>
        (RedisResult[])(await connection.EvaluateAsync(RedisScript.QueueSettle, Keys, [Consumer, turn.Entry, turn.Delivery.Id, .. verdict]).ConfigureAwait(false))!;

    private RedisQueueTurn Turn(RedisResult result)
    {
        var facts = (RedisResult[])result!;
        return new RedisQueueTurn((string)facts[0]!, new QueueDelivery
        {
            Queue = queue,
            Id = (string)facts[1]!,
            Key = (string?)facts[2] ?? "",
            Attempt = (int)facts[3],
            EnqueuedAt = DateTimeOffset.FromUnixTimeMilliseconds((long)facts[4]),
            TraceParent = (string?)facts[5] is { Length: > 0 } trace ? trace : null,
            Payload = (byte[]?)facts[6] ?? [],
            Before = (string?)facts[7] is { Length: > 0 } before ? before : null,
            IsExpired = (int)facts[8] == 1,
        });
    }
}

/// <summary>A message that was given to a consumer.</summary>
/// <param name="Entry">Id of the turn; another one each time the message has one.</param>
/// <param name="Delivery">The message.</param>
internal sealed record RedisQueueTurn(string Entry, QueueDelivery Delivery);

/// <summary>What became of a message on the way to a turn: <c>expired</c>, <c>dead</c>, <c>evicted</c> or <c>lost</c>.</summary>
/// <param name="Event">What became of it.</param>
/// <param name="Id">The message.</param>
/// <param name="Attempts">How often it was tried.</param>
internal sealed record RedisQueueNote(string Event, string Id, int Attempts);

/// <summary>The answer to asking for messages.</summary>
/// <param name="NextLate">When the next message that waits for its retry may come; null when none waits.</param>
/// <param name="Notes">What else happened.</param>
/// <param name="Turns">The messages.</param>
internal sealed record RedisQueueTaken(TimeSpan? NextLate, IReadOnlyList<RedisQueueNote> Notes, IReadOnlyList<RedisQueueTurn> Turns);
