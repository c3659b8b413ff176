using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.Maps;

namespace OpenClaw.Gateway.Core.Cluster;

/// <summary>
/// A map of the bus that every core writes its own entries to and has a copy of. An entry lives as long as its core does: it is
/// renewed three times in its time to live. What could not be written because the bus was away is written when it is back; until
/// then the copy stays as it was last seen.
/// </summary>
internal sealed partial class SharedMap(IBus bus, string map, CoreId self, TimeProvider time, ILogger<SharedMap> logger)
{
    /// <summary>How long entries outlive their core: long enough for a pause of a busy machine, short enough for a takeover within 10 s.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan Renewal = TimeToLive / 3;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _own = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unwritten = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _others = new(StringComparer.Ordinal);
    private readonly Signal _changed = new();

    /// <summary>Raised after entries of other cores came, changed or went, one batch at a time; a value is null for an entry that is gone.</summary>
    public event Action<IReadOnlyDictionary<string, ReadOnlyMemory<byte>?>>? OthersChanged;

    /// <summary>Writes an entry of this core soon; several writes of one key that come fast are one.</summary>
    public void Set(string key, ReadOnlyMemory<byte> value) => Change(key, () => _own[key] = value);

    /// <summary>Removes an entry of this core soon.</summary>
    public void Remove(string key) => Change(key, () => _own.Remove(key));

    /// <summary>Keeps the map and the copy up to date until cancelled; then this core's entries are removed.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var watching = WatchAsync(stopping);
        try
        {
            await WriteAsync(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopping.
        }
        await watching.ConfigureAwait(false);
        await ClearAsync().ConfigureAwait(false);
    }

    private void Change(string key, Action change)
    {
        lock (_gate)
        {
            change();
            _unwritten.Add(key);
        }
        _changed.Raise();
    }

    private string Full(string key) => $"{self.Value}/{key}";

    private bool IsOwn(string fullKey) => fullKey.StartsWith(self.Value + "/", StringComparison.Ordinal);

    private async Task WriteAsync(CancellationToken stopping)
    {
        var renewedAt = time.GetTimestamp();
        while (true)
        {
            try
            {
                await WriteChangesAsync(stopping).ConfigureAwait(false);
                if (time.GetElapsedTime(renewedAt) >= Renewal)
                {
                    renewedAt = time.GetTimestamp();
                    await RenewAsync(stopping).ConfigureAwait(false);
                }
                await _changed.WaitAsync(Renewal, time, stopping).ConfigureAwait(false);
            }
            catch (BusUnavailableException away)
            {
                await Task.Delay(away.RetryAfter, time, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task WriteChangesAsync(CancellationToken stopping)
    {
        while (Next() is var (key, value))
        {
            try
            {
                if (value is not { } bytes)
                    await bus.Maps.RemoveAsync(map, Full(key), cancellationToken: stopping).ConfigureAwait(false);
                else if (await bus.Maps.SetAsync(map, Full(key), bytes, TimeToLive, stopping).ConfigureAwait(false) is { IsWritten: false } refused)
                    LogRefused(logger, map, refused.Outcome);
            }
            catch
            {
                lock (_gate)
                    _unwritten.Add(key);
                throw;
            }
        }
    }

    private (string Key, ReadOnlyMemory<byte>? Value)? Next()
    {
        lock (_gate)
        {
            if (_unwritten.Count == 0)
                return null;
            var key = _unwritten.First();
            _unwritten.Remove(key);
            return (key, _own.TryGetValue(key, out var value) ? value : null);
        }
    }

    private async Task RenewAsync(CancellationToken stopping)
    {
        string[] keys;
        lock (_gate)
            keys = [.. _own.Keys];
        foreach (var key in keys)
        {
            // Gone: this core was away for too long, or the bus lost its memory.
            if (!await bus.Maps.TouchAsync(map, Full(key), TimeToLive, stopping).ConfigureAwait(false))
                Change(key, static () => { });
        }
    }

    private async Task ClearAsync()
    {
        string[] keys;
        lock (_gate)
            keys = [.. _own.Keys];
        try
        {
            foreach (var key in keys)
                await bus.Maps.RemoveAsync(map, Full(key), cancellationToken: CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is BusUnavailableException or ObjectDisposedException)
        {
            // They run out by themselves.
            LogNotCleared(logger, map);
        }
    }

    private async Task WatchAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var watch = await bus.Maps.WatchAsync(map, cancellationToken: stopping).ConfigureAwait(false);
                await using (watch.ConfigureAwait(false))
                {
                    await ReloadAsync(stopping).ConfigureAwait(false);
                    await foreach (var change in watch.ReadAllAsync(stopping).ConfigureAwait(false))
                    {
                        if (change.Kind is MapChangeKind.Missed)
                            await ReloadAsync(stopping).ConfigureAwait(false);
                        else if (!IsOwn(change.Key))
                            Apply(new Dictionary<string, ReadOnlyMemory<byte>?>(StringComparer.Ordinal) { [change.Key] = change.Entry?.Value });
                    }
                }
                return;
            }
            catch (BusUnavailableException away)
            {
                await Task.Delay(away.RetryAfter, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task ReloadAsync(CancellationToken stopping)
    {
        var entries = await bus.Maps.ListAsync(map, stopping).ConfigureAwait(false);
        var now = entries.Where(entry => !IsOwn(entry.Key)).ToDictionary(entry => entry.Key, entry => (ReadOnlyMemory<byte>?)entry.Value, StringComparer.Ordinal);
        lock (_gate)
        {
            foreach (var gone in _others.Keys.Where(key => !now.ContainsKey(key)))
                now[gone] = null;
            foreach (var same in _others.Where(known => now[known.Key] is { } value && value.Span.SequenceEqual(known.Value.Span)).ToList())
                now.Remove(same.Key);
        }
        Apply(now);
    }

    private void Apply(IReadOnlyDictionary<string, ReadOnlyMemory<byte>?> changes)
    {
        if (changes.Count == 0)
            return;
        lock (_gate)
        {
            foreach (var (key, value) in changes)
            {
                if (value is { } bytes)
                    _others[key] = bytes;
                else
                    _others.Remove(key);
            }
        }
        OthersChanged?.Invoke(changes);
    }

    [LoggerMessage(1501, LogLevel.Warning, "An entry of the shared map {Map} was not written: {Outcome}.")]
    private static partial void LogRefused(ILogger logger, string map, MapWriteOutcome outcome);

    [LoggerMessage(1502, LogLevel.Debug, "The entries of the shared map {Map} could not be removed at the stop; they run out.")]
    private static partial void LogNotCleared(ILogger logger, string map);
}
