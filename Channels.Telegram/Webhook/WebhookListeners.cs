using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OpenClaw.Channels.Telegram.Webhook;

/// <summary>
/// The addresses that updates are pushed to. Accounts may share one: the secret says which of them is meant. An address is listened on as long as an
/// account uses it.
/// </summary>
/// <param name="time">Clock.</param>
/// <param name="loggers">Where the servers tell their trouble.</param>
internal sealed class WebhookListeners(TimeProvider time, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<(string Host, int Port), WebhookServer> _servers = [];

    /// <summary>Pushes to a path with a secret go to a handler until the returned registration is disposed.</summary>
    /// <exception cref="IOException">The address is taken.</exception>
    public async Task<WebhookRegistration> RegisterAsync(string host, int port, WebhookRoute route, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Port 0 takes a free one, which nobody else can mean.
            if (port == 0 || !_servers.TryGetValue((host, port), out var server))
            {
                server = await WebhookServer.StartAsync(host, port, time, loggers, cancellationToken).ConfigureAwait(false);
                if (port != 0)
                    _servers[(host, port)] = server;
            }
            server.Add(route);
            return new WebhookRegistration(server.Port, () => RemoveAsync(host, port, server, route));
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
            await server.DisposeAsync().ConfigureAwait(false);
        _gate.Dispose();
    }

    private async ValueTask RemoveAsync(string host, int port, WebhookServer server, WebhookRoute route)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (server.Remove(route) > 0)
                return;
            _servers.Remove((host, port));
            await server.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }
}

/// <summary>Where pushes with a secret go.</summary>
/// <param name="Path">Path of the address.</param>
/// <param name="Secret">What a push must carry.</param>
/// <param name="Handle">Reads and handles a push, and answers it.</param>
internal sealed record WebhookRoute(string Path, string Secret, RequestDelegate Handle);

/// <summary>A route that is in use.</summary>
/// <param name="Port">The port that is listened on.</param>
/// <param name="remove">Takes it away.</param>
internal sealed class WebhookRegistration(int Port, Func<ValueTask> remove) : IAsyncDisposable
{
    public int Port { get; } = Port;

    public ValueTask DisposeAsync() => remove();
}
