using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OpenClaw.Channels.Telegram.Webhook;

/// <summary>
/// The addresses that updates are pushed to. Accounts may share one: the secret says which of them is meant. An address is listened on as long as an
/// account uses it.
/// </summary>
/// <param name="loggers">Where the servers tell their trouble.</param>
internal sealed class WebhookListeners(ILoggerFactory loggers) : IAsyncDisposable
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
                server = await WebhookServer.StartAsync(host, port, loggers, cancellationToken).ConfigureAwait(false);
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

/// <summary>A server of one address.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    /// <summary>The header that the API sends the secret in.</summary>
    private const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";

    /// <summary>An update is a few kilobytes.</summary>
    private const int MaxBody = 1 << 20;

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<WebhookRoute, bool> _routes = new();

    private WebhookServer(WebApplication app) => _app = app;

    public int Port => new Uri(_app.Urls.First()).Port;

    public static async Task<WebhookServer> StartAsync(string host, int port, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "openclaw-telegram-webhook" });
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddProvider(new ForwardedLogs(loggers));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Listen(host is "*" or "" ? IPAddress.Any : host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(host), port);
        });
        var server = new WebhookServer(builder.Build());
        server._app.Run(server.HandleAsync);
        try
        {
            await server._app.StartAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public void Add(WebhookRoute route) => _routes[route] = true;

    public int Remove(WebhookRoute route)
    {
        _routes.TryRemove(route, out _);
        return _routes.Count;
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(patience.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Nothing is read of a push before its secret is right.</summary>
    private Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path == "/healthz")
            return context.Response.WriteAsync("ok", context.RequestAborted);
        var routes = _routes.Keys.Where(route => context.Request.Path == route.Path).ToList();
        if (routes.Count == 0)
            return Refuse(context, StatusCodes.Status404NotFound);
        if (!HttpMethods.IsPost(context.Request.Method))
            return Refuse(context, StatusCodes.Status405MethodNotAllowed);
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(context.Request.Headers[SecretHeader].ToString()));
        WebhookRoute? meant = null;
        // All are compared, each in the same time.
        foreach (var route in routes)
        {
            if (CryptographicOperations.FixedTimeEquals(given, SHA256.HashData(Encoding.UTF8.GetBytes(route.Secret))))
                meant = route;
        }
        return meant is null ? Refuse(context, StatusCodes.Status401Unauthorized) : meant.Handle(context);
    }

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        // What it has sent is not read; the connection is of no more use.
        context.Response.Headers.Connection = "close";
        return Task.CompletedTask;
    }

    private sealed class ForwardedLogs(ILoggerFactory loggers) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => loggers.CreateLogger(categoryName);

        public void Dispose()
        {
            // The factory belongs to the host.
        }
    }
}
