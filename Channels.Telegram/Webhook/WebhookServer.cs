using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OpenClaw.Channels.Telegram.Webhook;

/// <summary>A server of one address.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    /// <summary>The header that the API sends the secret in.</summary>
    private const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";

    /// <summary>An update is a few kilobytes.</summary>
    private const int MaxBody = 1 << 20;

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<WebhookRoute, bool> _routes = new();

    private readonly WrongSecrets _wrong;

    private WebhookServer(WebApplication app, TimeProvider time)
    {
        _app = app;
        _wrong = new WrongSecrets(time);
    }

    public int Port => new Uri(_app.Urls.First()).Port;

    public static async Task<WebhookServer> StartAsync(string host, int port, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
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
        var server = new WebhookServer(builder.Build(), time);
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
        return meant is null ? RefuseWrong(context) : meant.Handle(context);
    }

    /// <summary>
    /// Who has the right secret is served whatever came before from its address: behind a proxy all have the same one, and a stranger must not be able
    /// to lock the API out.
    /// </summary>
    private Task RefuseWrong(HttpContext context)
    {
        if (_wrong.Count(context.Connection.RemoteIpAddress) is not { } wait)
            return Refuse(context, StatusCodes.Status401Unauthorized);
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Refuse(context, StatusCodes.Status429TooManyRequests);
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
