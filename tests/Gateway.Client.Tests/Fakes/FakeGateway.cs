using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Client.Tests.Fakes;

/// <summary>A gateway that follows a script: one per connection, the last one for all further connections.</summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<FakeConnection, Task>[] _scripts;
    private readonly ConcurrentQueue<Exception> _failures = new();
    private readonly CancellationTokenSource _stop = new();
    private int _connections;

    private FakeGateway(WebApplication app, Func<FakeConnection, Task>[] scripts)
    {
        _app = app;
        _scripts = scripts;
    }

    public int Connections => Volatile.Read(ref _connections);

    public Uri Url { get; private set; } = null!;

    public static Task<FakeGateway> StartAsync(params Func<FakeConnection, Task>[] scripts) => StartAsync(null, scripts);

    public static async Task<FakeGateway> StartAsync(Action<ListenOptions>? listen, params Func<FakeConnection, Task>[] scripts)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, options => listen?.Invoke(options)));
        var app = builder.Build();
        app.UseWebSockets();
        var gateway = new FakeGateway(app, scripts);
        app.Run(gateway.ServeAsync);
        await app.StartAsync();
        var address = new Uri(app.Urls.First());
        gateway.Url = new Uri($"{(address.Scheme == "https" ? "wss" : "ws")}://127.0.0.1:{address.Port}");
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _app.StopAsync().WithTimeout();
        await _app.DisposeAsync();
        _stop.Dispose();
        // A script that went wrong is the test's failure, whatever the client made of it.
        if (_failures.TryDequeue(out var failure))
            throw new InvalidOperationException("A script failed: " + failure.Message, failure);
    }

    private async Task ServeAsync(HttpContext context)
    {
        var number = Interlocked.Increment(ref _connections);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        stop.CancelAfter(TestTimeouts.Wait);
        try
        {
            await _scripts[Math.Min(number, _scripts.Length) - 1](new FakeConnection(context, socket, stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The test is over while the script still waits: silence is what some scripts are about.
        }
        catch (Exception gone) when (gone is ClientLeftException or WebSocketException or ConnectionResetException)
        {
            // The test sees from the client's side whether that was right.
        }
        catch (Exception failure)
        {
            _failures.Enqueue(failure);
        }
    }
}
