namespace OpenClaw.Gateway.Bus.Maps;

/// <summary>A watcher's end of a map. Disposing ends the watch and the reader's loop.</summary>
public interface IMapWatch : IAsyncDisposable
{
    /// <summary>The map watched.</summary>
    string Map { get; }

    /// <summary>Reads changes until disposed or cancelled. There may be one reader at a time.</summary>
    /// <param name="cancellationToken">Ends the loop with <see cref="OperationCanceledException"/>; the watch stays.</param>
    /// <exception cref="InvalidOperationException">Somebody else is reading.</exception>
    IAsyncEnumerable<MapChange> ReadAllAsync(CancellationToken cancellationToken = default);
}

/// <summary>How much may wait for one slow watcher before it is told <see cref="MapChangeKind.Missed"/>.</summary>
public sealed record MapWatchOptions
{
    internal static MapWatchOptions Default { get; } = new();

    /// <summary>Changes, 1 to 1 000 000; 1 024 by default.</summary>
    public int Capacity { get; init; } = 1024;

    internal void Check() => OptionRange.Check("options", OptionRange.Error(nameof(Capacity), Capacity, 1, 1_000_000));
}
