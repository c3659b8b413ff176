using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace OpenClaw.Gateway.Edge.WebSockets;

/// <summary>All WebSockets on their way through the edge. A stopping edge closes them with 1012 before the server stops listening to them.</summary>
internal sealed class RelayedConnections(TimeProvider time) : IHostedLifecycleService
{
    /// <summary>How long all clients together hold up a stop; as much as the core gives them.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<RelayedConnection, Task> _open = new();
    private volatile bool _stopping;

    /// <summary>Keeps track of a WebSocket until <paramref name="ended"/>. False when the edge is stopping and takes no more.</summary>
    public bool TryAdd(RelayedConnection connection, Task ended)
    {
        _open[connection] = ended;
        return !_stopping;
    }

    public void Remove(RelayedConnection connection) => _open.TryRemove(connection, out _);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await Task.WhenAll(_open.Select(pair => pair.Key.CloseAsync(pair.Value, either.Token))).ConfigureAwait(false);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
