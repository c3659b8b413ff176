using System.Collections.Concurrent;
using OpenClaw.Gateway.Bus.Maps;

namespace OpenClaw.Gateway.Bus.InProcess;

internal sealed class InProcessMaps(InProcessBusOptions options, TimeProvider time) : IMaps
{
    private const int MaxKeyLength = 512;
    private static readonly TimeSpan MinTimeToLive = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MaxTimeToLive = TimeSpan.FromDays(30);

    private readonly ConcurrentDictionary<string, InProcessMap> _maps = new(StringComparer.Ordinal);

    public ValueTask<MapEntry?> GetAsync(string map, string key, CancellationToken cancellationToken = default) =>
        Answer(Map(map).Get(key), cancellationToken);

    public ValueTask<IReadOnlyList<MapEntry>> ListAsync(string map, CancellationToken cancellationToken = default) =>
        Answer(Map(map).List(), cancellationToken);

    public ValueTask<MapWrite> SetAsync(string map, string key, ReadOnlyMemory<byte> value, TimeSpan? timeToLive = null, CancellationToken cancellationToken = default) =>
        Write(map, key, null, value, timeToLive, cancellationToken);

    public ValueTask<MapWrite> CompareAndSetAsync(string map, string key, long expectedVersion, ReadOnlyMemory<byte> value, TimeSpan? timeToLive = null, CancellationToken cancellationToken = default) =>
        Write(map, key, expectedVersion, value, timeToLive, cancellationToken);

    public ValueTask<bool> TouchAsync(string map, string key, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        Check(timeToLive);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Map(map).Touch(key, timeToLive));
    }

    public ValueTask<bool> RemoveAsync(string map, string key, long? expectedVersion = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Map(map).Remove(key, expectedVersion));
    }

    public ValueTask<IMapWatch> WatchAsync(string map, MapWatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= MapWatchOptions.Default;
        options.Check();
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IMapWatch>(Map(map).Watch(options));
    }

    internal void Close()
    {
        foreach (var map in _maps.Values)
            map.Close();
    }

    private static ValueTask<T> Answer<T>(T value, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<T>(cancellationToken) : ValueTask.FromResult(value);

    private static void Check(TimeSpan timeToLive) =>
        OptionRange.Check(nameof(timeToLive), OptionRange.Error(nameof(timeToLive), timeToLive, MinTimeToLive, MaxTimeToLive));

    private ValueTask<MapWrite> Write(string map, string key, long? expectedVersion, ReadOnlyMemory<byte> value, TimeSpan? timeToLive, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (timeToLive is { } limited)
            Check(limited);
        cancellationToken.ThrowIfCancellationRequested();
        var target = Map(map);
        return ValueTask.FromResult(key.Length > MaxKeyLength || value.Length > options.MaxMapValueBytes
            ? new MapWrite(MapWriteOutcome.TooLarge)
            : target.Write(key, expectedVersion, value, timeToLive));
    }

    private InProcessMap Map(string name)
    {
        BusName.Check(name);
        return _maps.GetOrAdd(name, static (map, state) => new InProcessMap(map, state.options.MaxMapEntries, state.time), (options, time));
    }
}
