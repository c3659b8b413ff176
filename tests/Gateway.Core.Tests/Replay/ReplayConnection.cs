using System.Net.WebSockets;
using System.Text.Json;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Replay;

/// <summary>A client's socket that collects every frame, so that a replay can look for the one it expects.</summary>
internal sealed class ReplayConnection : IAsyncDisposable
{
    private readonly ClientWebSocket _socket;
    private readonly Lock _gate = new();
    private readonly List<JsonElement> _frames = [];
    private readonly Task _reading;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    private ReplayConnection(ClientWebSocket socket)
    {
        _socket = socket;
        _reading = ReadAsync();
    }

    /// <summary>The nonce of this socket's challenge; set when the challenge was taken.</summary>
    public string? Nonce { get; set; }

    public string? SubProtocol => _socket.SubProtocol;

    public static async Task<ReplayConnection> OpenAsync(Uri uri, Action<ClientWebSocketOptions> options)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        options(socket.Options);
        await socket.ConnectAsync(uri, CancellationToken.None).WithTimeout();
        return new ReplayConnection(socket);
    }

    public Task SendAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type, bool endOfMessage = true) =>
        _socket.SendAsync(bytes, type, endOfMessage, CancellationToken.None).AsTask().WithTimeout();

    /// <summary>Takes the first frame that fits; null when the connection ended, or nothing came in time.</summary>
    /// <param name="wanted">Tells whether a frame fits.</param>
    /// <param name="wait">False looks only at what has come already.</param>
    public async Task<JsonElement?> TakeAsync(Func<JsonElement, bool> wanted, bool wait)
    {
        using var patience = new CancellationTokenSource(TestTimeouts.Wait);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                var index = _frames.FindIndex(frame => wanted(frame));
                if (index >= 0)
                {
                    var frame = _frames[index];
                    _frames.RemoveAt(index);
                    return frame;
                }
                if (_ended || !wait)
                    return null;
                changed = _changed.Task;
            }
            try
            {
                await changed.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    /// <summary>Closes as the recorded client did, and returns what came that nobody took.</summary>
    public async Task<List<JsonElement>> CloseAsync(int code, string reason)
    {
        if (_socket.State is WebSocketState.Open)
        {
            var status = code == 1005 ? WebSocketCloseStatus.Empty : (WebSocketCloseStatus)code;
            await _socket.CloseOutputAsync(status, code == 1005 ? null : reason, CancellationToken.None).WithTimeout();
        }
        await _reading.WithTimeout();
        lock (_gate)
            return [.. _frames];
    }

    /// <summary>Waits for the gateway's close frame. 1006 means that there was none, 1005 one without a code.</summary>
    public async Task<(int Code, string Reason, List<JsonElement> Left)> ClosedAsync()
    {
        await _reading.WithTimeout();
        lock (_gate)
            return (_socket.CloseStatus is { } status ? (int)status : 1006, _socket.CloseStatusDescription ?? "", [.. _frames]);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
    }

    private async Task ReadAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var result = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (result.MessageType is WebSocketMessageType.Close)
                    break;
                message.Write(buffer, 0, result.Count);
                if (!result.EndOfMessage)
                    continue;
                Add(JsonSerializer.Deserialize<JsonElement>(message.ToArray()));
                message.SetLength(0);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection was torn down: ClosedAsync says so with 1006.
        }
        lock (_gate)
        {
            _ended = true;
            _changed.TrySetResult();
        }
    }

    private void Add(JsonElement frame)
    {
        lock (_gate)
        {
            _frames.Add(frame);
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
