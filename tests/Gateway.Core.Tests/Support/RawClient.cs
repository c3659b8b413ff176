using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Support;

/// <summary>A WebSocket without any manners: sends what the test says and shows what comes back.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket;

    private RawClient(ClientWebSocket socket) => _socket = socket;

    public ClientWebSocket Socket => _socket;

    public JsonObject Challenge { get; private set; } = [];

    public string Nonce => (string)Challenge["payload"]!["nonce"]!;

    public static async Task<RawClient> OpenAsync(Uri uri, Action<ClientWebSocketOptions>? options = null)
    {
        var socket = new ClientWebSocket();
        options?.Invoke(socket.Options);
        await socket.ConnectAsync(uri, CancellationToken.None).WithTimeout();
        var client = new RawClient(socket);
        client.Challenge = (await client.ReadAsync())!;
        return client;
    }

    public static JsonObject ConnectParams(string? token = GatewayTestHost.Token, int min = 3, int max = 3, string id = "test", string mode = "test", string[]? scopes = null, string? role = null)
    {
        var parameters = new JsonObject
        {
            ["minProtocol"] = min,
            ["maxProtocol"] = max,
            ["client"] = new JsonObject { ["id"] = id, ["version"] = "1.0.0", ["platform"] = "linux", ["mode"] = mode },
        };
        if (token is not null)
            parameters["auth"] = new JsonObject { ["token"] = token };
        if (scopes is not null)
            parameters["scopes"] = new JsonArray([.. scopes.Select(scope => JsonValue.Create(scope))]);
        if (role is not null)
            parameters["role"] = role;
        return parameters;
    }

    /// <summary>Connects and returns the answer.</summary>
    public Task<JsonObject> HelloAsync(JsonObject? parameters = null) => RequestAsync("connect", parameters ?? ConnectParams());

    /// <summary>Sends a request and returns its first answer; events in between are passed over.</summary>
    public async Task<JsonObject> RequestAsync(string method, JsonNode? parameters = null, string? id = null)
    {
        id ??= Guid.NewGuid().ToString();
        var frame = new JsonObject { ["type"] = "req", ["id"] = id, ["method"] = method };
        if (parameters is not null)
            frame["params"] = parameters.DeepClone();
        await SendAsync(frame.ToJsonString());
        return await ReadUntilAsync(answer => (string?)answer["type"] == "res" && (string?)answer["id"] == id);
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task SendAsync(byte[] bytes, WebSocketMessageType type) => _socket.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None).WithTimeout();

    /// <summary>The next event of this name.</summary>
    public Task<JsonObject> EventAsync(string name) => ReadUntilAsync(frame => (string?)frame["event"] == name);

    public async Task<JsonObject> ReadUntilAsync(Func<JsonObject, bool> wanted)
    {
        while (await ReadAsync() is { } frame)
        {
            if (wanted(frame))
                return frame;
        }
        throw new InvalidOperationException($"Closed with {_socket.CloseStatus} {_socket.CloseStatusDescription} before the frame came.");
    }

    /// <summary>The next frame; null when the gateway closed.</summary>
    public async Task<JsonObject?> ReadAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var result = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).AsTask().WithTimeout();
            if (result.MessageType is WebSocketMessageType.Close)
                return null;
            message.Write(buffer, 0, result.Count);
            if (result.EndOfMessage)
                return JsonSerializer.Deserialize<JsonObject>(message.ToArray());
        }
    }

    /// <summary>Reads until the gateway closes; returns code, reason, and the frames before.</summary>
    public async Task<(int Code, string Reason, List<JsonObject> Frames)> ReadToCloseAsync()
    {
        var frames = new List<JsonObject>();
        while (await ReadAsync() is { } frame)
            frames.Add(frame);
        return ((int)_socket.CloseStatus!, _socket.CloseStatusDescription ?? "", frames);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
