using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests;

/// <summary>A WebSocket client that can send what a well-behaved one does not.</summary>
internal sealed class RawSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();

    private RawSocket()
    {
    }

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public static async Task<RawSocket> OpenAsync(Uri address, params (string Name, string Value)[] headers)
    {
        var raw = new RawSocket();
        foreach (var (name, value) in headers)
            raw._socket.Options.SetRequestHeader(name, value);
        await raw._socket.ConnectAsync(address, CancellationToken.None).WithTimeout();
        return raw;
    }

    /// <summary>The whole handshake of a program that has the token and no device; returns the answer.</summary>
    public async Task<JsonNode> ConnectAsync()
    {
        await ReadAsync();
        return await CallAsync("connect", new JsonObject
        {
            ["minProtocol"] = 3,
            ["maxProtocol"] = 3,
            ["client"] = new JsonObject { ["id"] = "test", ["version"] = "1", ["platform"] = "linux", ["mode"] = "test", ["instanceId"] = "raw" },
            ["auth"] = new JsonObject { ["token"] = IRunningGateway.Token },
        });
    }

    public async Task<JsonNode> CallAsync(string method, JsonObject parameters)
    {
        await SendAsync(new JsonObject { ["type"] = "req", ["id"] = method, ["method"] = method, ["params"] = parameters }.ToJsonString());
        while (true)
        {
            var message = await ReadAsync() ?? throw new InvalidOperationException($"closed {_socket.CloseStatus} {_socket.CloseStatusDescription}");
            if ((string?)message["type"] == "res")
                return message;
        }
    }

    public Task SendAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).WithTimeout();

    /// <summary>The next message; null when the gateway closed.</summary>
    public async Task<JsonNode?> ReadAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, CancellationToken.None).WithTimeout();
            if (part.MessageType is WebSocketMessageType.Close)
                return null;
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return JsonNode.Parse(message.ToArray());
        }
    }

    /// <summary>Reads to the close of the gateway, answers it, and returns its code.</summary>
    public async Task<int?> ClosedAsync()
    {
        while (await ReadAsync() is not null)
        {
        }
        var code = (int?)_socket.CloseStatus;
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WithTimeout();
        return code;
    }

    public void Dispose() => _socket.Dispose();
}
