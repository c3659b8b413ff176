using System.Globalization;
using OpenClaw.Gateway.Bus.Maps;
using StackExchange.Redis;

namespace OpenClaw.Gateway.Bus.Redis;

internal sealed class RedisMaps(RedisBusOptions options, RedisConnection connection, RedisSubscriptions subscriptions, TimeProvider time) : IMaps
{
    private const int MaxKeyLength = 512;
    private static readonly TimeSpan MinTimeToLive = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MaxTimeToLive = TimeSpan.FromDays(30);

    private readonly Lock _gate = new();
    private readonly HashSet<RedisMapWatch> _watches = [];

    public async ValueTask<MapEntry?> GetAsync(string map, string key, CancellationToken cancellationToken = default)
    {
        Check(map, key, cancellationToken);
        if (key.Length > MaxKeyLength)
            return null;
        var answer = await EvaluateAsync(RedisScript.MapGet, map, [key], cancellationToken).ConfigureAwait(false);
        return answer.IsNull ? null : Entry(key, (RedisResult[])answer!, 0);
    }

    public async ValueTask<IReadOnlyList<MapEntry>> ListAsync(string map, CancellationToken cancellationToken = default)
    {
        Check(map, "", cancellationToken);
        // A page may tell of a key again that an earlier one told of.
        var entries = new Dictionary<string, MapEntry>(StringComparer.Ordinal);
        var cursor = "0";
        do
        {
            var page = (RedisResult[])(await EvaluateAsync(RedisScript.MapList, map, [cursor], cancellationToken).ConfigureAwait(false))!;
            cursor = (string)page[0]!;
            for (var i = 1; i < page.Length; i += 3)
            {
                var key = (string?)page[i] ?? "";
                entries[key] = Entry(key, page, i + 1);
            }
        }
        while (cursor != "0");
        return [.. entries.Values];
    }

    public ValueTask<MapWrite> SetAsync(string map, string key, ReadOnlyMemory<byte> value, TimeSpan? timeToLive = null, CancellationToken cancellationToken = default) =>
        WriteAsync(map, key, null, value, timeToLive, cancellationToken);

    public ValueTask<MapWrite> CompareAndSetAsync(string map, string key, long expectedVersion, ReadOnlyMemory<byte> value, TimeSpan? timeToLive = null, CancellationToken cancellationToken = default) =>
        WriteAsync(map, key, expectedVersion, value, timeToLive, cancellationToken);

    public async ValueTask<bool> TouchAsync(string map, string key, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        Check(timeToLive);
        Check(map, key, cancellationToken);
        return key.Length <= MaxKeyLength && (int)await EvaluateAsync(RedisScript.MapTouch, map, [key, Milliseconds(timeToLive)], cancellationToken).ConfigureAwait(false) == 1;
    }

    public async ValueTask<bool> RemoveAsync(string map, string key, long? expectedVersion = null, CancellationToken cancellationToken = default)
    {
        Check(map, key, cancellationToken);
        return key.Length <= MaxKeyLength && (int)await EvaluateAsync(RedisScript.MapRemove, map, [key, Text(expectedVersion)], cancellationToken).ConfigureAwait(false) == 1;
    }

    public async ValueTask<IMapWatch> WatchAsync(string map, MapWatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        Check(map, "", cancellationToken);
        options ??= MapWatchOptions.Default;
        options.Check();
        var watch = new RedisMapWatch(this, map, options, time);
        await subscriptions.AddAsync(Channel(map), watch, cancellationToken).ConfigureAwait(false);
        lock (_gate)
            _watches.Add(watch);
        watch.Start();
        return watch;
    }

    /// <summary>Has everybody who watches told of the entries whose time is over. Returns when that is worth doing again; null when nothing is known of that.</summary>
    internal async Task<TimeSpan?> SweepAsync(string map, CancellationToken cancellationToken)
    {
        var next = (long)await EvaluateAsync(RedisScript.MapSweep, map, [], cancellationToken).ConfigureAwait(false);
        return next < 0 ? null : TimeSpan.FromMilliseconds(next);
    }

    internal async Task RemoveAsync(RedisMapWatch watch)
    {
        lock (_gate)
        {
            if (!_watches.Remove(watch))
                return;
        }
        await subscriptions.RemoveAsync(Channel(watch.Map), watch).ConfigureAwait(false);
    }

    internal async Task CloseAsync()
    {
        List<RedisMapWatch> watches;
        lock (_gate)
            watches = [.. _watches];
        foreach (var watch in watches)
            await watch.DisposeAsync().ConfigureAwait(false);
    }

    private static void Check(string map, string key, CancellationToken cancellationToken)
    {
        BusName.Check(map);
        ArgumentNullException.ThrowIfNull(key);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static void Check(TimeSpan timeToLive) =>
        OptionRange.Check(nameof(timeToLive), OptionRange.Error(nameof(timeToLive), timeToLive, MinTimeToLive, MaxTimeToLive));

    private static MapEntry Entry(string key, RedisResult[] facts, int at) => new(key, (byte[]?)facts[at + 1] ?? [], (long)facts[at]);

    private static long Milliseconds(TimeSpan time) => (long)Math.Ceiling(time.TotalMilliseconds);

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private async ValueTask<MapWrite> WriteAsync(string map, string key, long? expectedVersion, ReadOnlyMemory<byte> value, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        if (timeToLive is { } limited)
            Check(limited);
        Check(map, key, cancellationToken);
        if (key.Length > MaxKeyLength || value.Length > options.MaxMapValueBytes)
            return new MapWrite(MapWriteOutcome.TooLarge);
        RedisValue lives = timeToLive is { } time ? Milliseconds(time) : "";
        var answer = (RedisResult[])(await EvaluateAsync(
            RedisScript.MapSet, map, [key, Text(expectedVersion), lives, options.MaxMapEntries, value.ToArray()], cancellationToken).ConfigureAwait(false))!;
        return (string?)answer[0] switch
        {
            "written" => new MapWrite(MapWriteOutcome.Written, (long)answer[1]),
            "full" => new MapWrite(MapWriteOutcome.Full),
            _ => new MapWrite(MapWriteOutcome.Conflict, Current: (long)answer[1] == MapEntry.NoVersion ? null : Entry(key, answer, 1)),
        };
    }

    private Task<RedisResult> EvaluateAsync(RedisScript script, string map, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        var start = options.KeyPrefix + "map:{" + map + "}:";
        return connection.EvaluateAsync(script, [start + "entries", start + "due", start + "version"], [Channel(map), .. arguments], cancellationToken);
    }

    private string Channel(string map) => options.KeyPrefix + "map-changes:" + map;
}
