using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenClaw.Fakes.Telegram;

/// <summary>Telegram's Bot API over a real socket: <c>/bot&lt;token&gt;/&lt;method&gt;</c> and <c>/file/bot&lt;token&gt;/&lt;path&gt;</c>.</summary>
public sealed class FakeBotServer : IAsyncDisposable
{
    /// <summary>What the API lets bots download.</summary>
    public const int MaxDownload = 20 << 20;

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, FakeBot> _bots = new();
    private readonly ConcurrentDictionary<string, WebhookPush> _pushes = new();
    private readonly CancellationTokenSource _stop = new();
    private int _disposed;

    private FakeBotServer(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.Limits.MaxRequestBodySize = 60 << 20;
        });
        _app = builder.Build();
        ControlApi.Map(_app, this);
        _app.Map("/bot{token}/{method}", MethodAsync);
        _app.MapGet("/file/bot{token}/{**path}", FileAsync);
    }

    /// <summary>For <c>apiRoot</c>.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts a server; port 0 takes a free one.</summary>
    public static async Task<FakeBotServer> StartAsync(int port = 0)
    {
        var server = new FakeBotServer(port);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>A bot that the server knows.</summary>
    public FakeBot AddBot(string token = FakeBot.DefaultToken, string username = "fake_bot") => _bots.GetOrAdd(token, _ => new FakeBot(token, username));

    /// <summary>Runs until the process is told to stop.</summary>
    public Task RunAsync() => _app.WaitForShutdownAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _stop.CancelAsync();
        foreach (var push in _pushes.Values)
            await push.DisposeAsync();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _stop.Dispose();
    }

    internal FakeBot? Find(string token) => _bots.GetValueOrDefault(token);

    internal FakeBot First() => _bots.Values.First();

    internal async Task SetWebhookAsync(FakeBot bot, string? url, string? secret)
    {
        if (_pushes.TryRemove(bot.Token, out var before))
            await before.DisposeAsync();
        bot.WebhookUrl = url;
        bot.WebhookSecret = secret;
        if (url is not null)
            _pushes[bot.Token] = new WebhookPush(bot, url, secret);
    }

    private async Task MethodAsync(HttpContext context)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stop.Token);
        try
        {
            await AnswerAsync(context, gone.Token);
        }
        catch (OperationCanceledException)
        {
            // The client went away, or the test is over.
            context.Abort();
        }
        catch (Exception e) when (e is IOException or BadHttpRequestException)
        {
            context.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var method = (string)context.Request.RouteValues["method"]!;
        var (parameters, files) = await RequestReader.ReadAsync(context.Request, cancellationToken);
        var bot = Find((string)context.Request.RouteValues["token"]!);
        bot?.Record(method, parameters, files);
        if (bot is not { IsTokenValid: true })
        {
            await WriteErrorAsync(context, new ApiError(401, "Unauthorized"), cancellationToken);
            return;
        }
        var fault = bot.Faults.Take(method);
        // A poll that hangs is a poll all the same.
        var isHanging = fault is { Kind: FaultKind.Hang or FaultKind.HalfOpen } && method == "getUpdates";
        var noticed = fault is { Kind: FaultKind.HalfOpen } ? _stop.Token : cancellationToken;
        if (fault is not null && !isHanging && await FaultPlayer.PlayInsteadAsync(context, fault, cancellationToken))
            return;
        var socket = context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
        JsonNode? result;
        try
        {
            if (fault is { Kind: FaultKind.Slow })
                await fault.Gate.WaitAsync(cancellationToken);
            result = await new BotMethods(this, bot, parameters, files, () => IsGone(socket), isHanging).CallAsync(method, noticed);
        }
        catch (ApiError error)
        {
            await WriteErrorAsync(context, error, cancellationToken);
            return;
        }
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["ok"] = true, ["result"] = result }.ToJsonString());
        await FaultPlayer.AnswerAsync(context, fault, body, cancellationToken);
    }

    /// <summary>As the system knows it, before anybody has noticed.</summary>
    private static bool IsGone(Socket socket)
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    private async Task FileAsync(HttpContext context)
    {
        var bot = Find((string)context.Request.RouteValues["token"]!);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stop.Token);
        try
        {
            if (bot?.Faults.Take("file") is { } fault)
            {
                if (await FaultPlayer.PlayInsteadAsync(context, fault, gone.Token))
                    return;
                await FaultPlayer.AnswerAsync(context, fault, bot.FindFile(IdOf(context)) ?? [], gone.Token);
                return;
            }
            if (bot?.FindFile(IdOf(context)) is not { } content)
            {
                await WriteErrorAsync(context, new ApiError(404, "Not Found"), gone.Token);
                return;
            }
            context.Response.ContentType = "application/octet-stream";
            context.Response.ContentLength = content.Length;
            await context.Response.Body.WriteAsync(content, gone.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            context.Abort();
        }
    }

    private static string IdOf(HttpContext context) => Path.GetFileNameWithoutExtension((string?)context.Request.RouteValues["path"] ?? "");

    internal static Task WriteErrorAsync(HttpContext context, ApiError error, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["ok"] = false, ["error_code"] = error.Status, ["description"] = error.Message };
        if (error.Parameters is not null)
            body["parameters"] = error.Parameters;
        context.Response.StatusCode = error.Status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString(), cancellationToken);
    }
}
