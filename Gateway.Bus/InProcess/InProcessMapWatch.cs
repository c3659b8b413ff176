using System.Runtime.CompilerServices;
using OpenClaw.Gateway.Bus.Maps;

namespace OpenClaw.Gateway.Bus.InProcess;

internal sealed class InProcessMapWatch(InProcessMap owner, string map, MapWatchOptions options) : IMapWatch
{
    private readonly LossyBuffer<MapChange> _changes = new(options.Capacity, long.MaxValue);

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

    public ValueTask DisposeAsync()
    {
        owner.Remove(this);
        Complete();
        return ValueTask.CompletedTask;
    }

    internal void Notify(MapChange change) => _changes.Write(change, 0);

    internal void Complete() => _changes.Complete();
}
