using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenClaw.Benchmarks.Bare;

/// <summary>
/// The least that Kestrel's WebSocket can do with our traffic: a fixed frame for each message, nothing parsed, nothing kept.
/// What the gateway costs above it is ours.
/// </summary>
internal static class BareServer
{
    public const string Command = "bare-server";

    /// <summary>As long as a gateway's answer to <c>system-presence</c> that shows one row.</summary>
    private const int AnswerLength = 400;

    private static readonly byte[] Challenge = """{"type":"event","event":"connect.challenge","payload":{"nonce":"0","ts":0}}"""u8.ToArray();
    private static readonly byte[] Hello = """{"type":"res","id":"c","ok":true,"payload":{"type":"hello-ok","protocol":3}}"""u8.ToArray();
    private static readonly byte[] Answer = [.. """{"type":"res","id":"0123456789abcdef","ok":true,"payload":[{"text":" """u8, .. Enumerable.Repeat((byte)'x', AnswerLength - 75), .. "\"}]}"u8];

    public static async Task<int> RunAsync(string port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddLogging(static logging => logging.ClearProviders());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture)));
        await using var app = builder.Build();
        app.UseWebSockets();
        app.Run(ServeAsync);
        await app.RunAsync();
        return 0;
    }

    private static async Task ServeAsync(HttpContext context)
    {
        // A proxy in front may ask whether this server lives.
        if (!context.WebSockets.IsWebSocketRequest)
            return;
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[16 * 1024];
        await SendAsync(socket, Challenge, context.RequestAborted);
        await socket.ReceiveAsync(buffer, context.RequestAborted);
        await SendAsync(socket, Hello, context.RequestAborted);
        try
        {
            while ((await socket.ReceiveAsync(buffer, context.RequestAborted)).MessageType != WebSocketMessageType.Close)
                await SendAsync(socket, Answer, context.RequestAborted);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The load ends by closing its sockets.
        }
    }

    private static Task SendAsync(WebSocket socket, byte[] text, CancellationToken cancellationToken) =>
        socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
}
