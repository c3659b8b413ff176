namespace OpenClaw.Gateway.Bus.Maps;

/// <summary>
/// Shared entries: presence, registries, memory of what was seen. Not durable. Keys are data and may be hostile: those
/// with more than 512 characters are simply not there and cannot be written.
/// </summary>
/// <remarks>Every method throws <see cref="BusUnavailableException"/> when the bus cannot be reached.</remarks>
public interface IMaps
{
    /// <summary>The entry, or null when there is none or its time is over.</summary>
    /// <param name="map">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="key">Key of the entry.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask<MapEntry?> GetAsync(string map, string key, CancellationToken cancellationToken = default);

    /// <summary>All entries, in no order. Each is as it was at some moment during the call.</summary>
    /// <param name="map">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    ValueTask<IReadOnlyList<MapEntry>> ListAsync(string map, CancellationToken cancellationToken = default);

    /// <summary>Writes the entry whatever was there before.</summary>
    /// <param name="map">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="key">Key of the entry.</param>
    /// <param name="value">May be empty.</param>
    /// <param name="timeToLive">1 ms to 30 days; null for an entry that stays.</param>
    /// <param name="cancellationToken">Stops waiting; the entry may have been written.</param>
    ValueTask<MapWrite> SetAsync(string map, string key, ReadOnlyMemory<byte> value, TimeSpan? timeToLive = null, CancellationToken cancellationToken = default);

    /// <summary>Writes the entry only if it is still as the caller knows it.</summary>
    /// <param name="map">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="key">Key of the entry.</param>
    /// <param name="expectedVersion">The version read before; <see cref="MapEntry.NoVersion"/> when there must be no entry.</param>
    /// <param name="value">May be empty.</param>
    /// <param name="timeToLive">1 ms to 30 days; null for an entry that stays.</param>
    /// <param name="cancellationToken">Stops waiting; the entry may have been written.</param>
    ValueTask<MapWrite> CompareAndSetAsync(string map, string key, long expectedVersion, ReadOnlyMemory<byte> value, TimeSpan? timeToLive = null, CancellationToken cancellationToken = default);

    /// <summary>Gives an entry a new time to live without changing it: no new version, no notice. False when there is none.</summary>
    /// <param name="map">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="key">Key of the entry.</param>
    /// <param name="timeToLive">1 ms to 30 days.</param>
    /// <param name="cancellationToken">Stops waiting; the time may have been set.</param>
    ValueTask<bool> TouchAsync(string map, string key, TimeSpan timeToLive, CancellationToken cancellationToken = default);

    /// <summary>Removes an entry. False when there was none, or not with the expected version.</summary>
    /// <param name="map">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="key">Key of the entry.</param>
    /// <param name="expectedVersion">Remove only this version; null for any.</param>
    /// <param name="cancellationToken">Stops waiting; the entry may have been removed.</param>
    ValueTask<bool> RemoveAsync(string map, string key, long? expectedVersion = null, CancellationToken cancellationToken = default);

    /// <summary>Watches a map. Every change after the returned task has completed is told, or <see cref="MapChangeKind.Missed"/> is; so watch first, then list.</summary>
    /// <param name="map">See <see cref="IBus"/> for what a name may be.</param>
    /// <param name="options">Bounds of the buffer; the defaults when null.</param>
    /// <param name="cancellationToken">Stops waiting; nothing is watched then.</param>
    ValueTask<IMapWatch> WatchAsync(string map, MapWatchOptions? options = null, CancellationToken cancellationToken = default);
}
