using System.Net.WebSockets;

namespace OpenClaw.Benchmarks.Bare;

/// <summary>The least a .NET command line can do: connect, ask once, print, leave.</summary>
internal static class BareClient
{
    public const string Command = "bare-client";

    public static async Task<int> RunAsync(string port)
    {
        using var socket = new ClientWebSocket();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/"), limit.Token);
        var buffer = new byte[16 * 1024];
        await socket.ReceiveAsync(buffer, limit.Token);
        for (var i = 0; i < 2; i++)
        {
            await socket.SendAsync("{}"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
            await socket.ReceiveAsync(buffer, limit.Token);
        }
        Console.WriteLine("OK");
        return 0;
    }
}
