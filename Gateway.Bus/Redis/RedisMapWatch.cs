using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using OpenClaw.Gateway.Bus.Maps;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>A watcher. As Redis tells nobody when time is over, whoever watches also sees to that.</summary>
internal sealed class RedisMapWatch(RedisMaps owner, string map, MapWatchOptions options, TimeProvider time) : IMapWatch, IRedisListener
{
    // Also the longest that the end of an entry goes unnoticed that was written after the last look.
    private static readonly TimeSpan LongestSweepPause = TimeSpan.FromSeconds(1);

    private readonly LossyBuffer<MapChange> _changes = new(options.Capacity, long.MaxValue);
    private readonly CancellationTokenSource _stop = new();
    private Task _sweeping = Task.CompletedTask;
    private int _disposed;

    public string Map => map;

    public async IAsyncEnumerable<MapChange> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var role = _changes.BeginReading();
        while (await _changes.ReadAsync(cancellationToken).ConfigureAwait(false) is { Taken: true } next)
        {
            if (next.LostBefore > 0)
                yield return new MapChange(MapChangeKind.Missed, "", null);
            yield return next.Item;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        _changes.Complete();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _sweeping.ConfigureAwait(false);
        await owner.RemoveAsync(this).ConfigureAwait(false);
        _stop.Dispose();
    }

    void IRedisListener.Interrupted() => _changes.Write(new MapChange(MapChangeKind.Missed, "", null), 0);

    void IRedisListener.Received(byte[] message) =>
        _changes.Write(Parse(message) ?? new MapChange(MapChangeKind.Missed, "", null), 0);

    internal void Start()
    {
        using (ExecutionContext.SuppressFlow())
            _sweeping = Task.Run(SweepAsync);
    }

    /// <summary>Reads what map.lua tells: kind, version, ':', length of the key, ':', key, value.</summary>
    private static MapChange? Parse(ReadOnlySpan<byte> message)
    {
        if (message.Length < 4
            || !Utf8Parser.TryParse(message[1..], out long version, out var digits) || message.Length <= 1 + digits || message[1 + digits] != ':'
            || !Utf8Parser.TryParse(message[(2 + digits)..], out int length, out var more))
            return null;
        var rest = message[(2 + digits + more)..];
        if (rest.Length < 1 + length || length < 0)
            return null;
        var key = Encoding.UTF8.GetString(rest.Slice(1, length));
        return message[0] switch
        {
            (byte)'S' => new MapChange(MapChangeKind.Set, key, new MapEntry(key, rest[(1 + length)..].ToArray(), version)),
            (byte)'R' => new MapChange(MapChangeKind.Removed, key, null),
            (byte)'E' => new MapChange(MapChangeKind.Expired, key, null),
            _ => null,
        };
    }

    private async Task SweepAsync()
    {
        try
        {
            while (true)
            {
                TimeSpan? next = null;
                try
                {
                    next = await owner.SweepAsync(map, _stop.Token).ConfigureAwait(false);
                }
                catch (BusUnavailableException)
                {
                    // Nothing is told while nothing can be; whoever watches learns of the gap.
                }
                await Task.Delay(next is { } sooner && sooner < LongestSweepPause ? sooner : LongestSweepPause, time, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Nobody watches any more.
        }
    }
}
