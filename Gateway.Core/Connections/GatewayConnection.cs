using System.Net.WebSockets;
using OpenClaw.Gateway.Core.Buffers;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Frames;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Core.Connections;

/// <summary>One client's socket: what was granted to it, and the way to send it frames.</summary>
internal sealed class GatewayConnection : IAsyncDisposable
{
    private readonly WebSocket _socket;
    private readonly CoalescingStream? _transport;
    private readonly Action _abortTransport;
    /// <summary>How long a closing client is waited for.</summary>
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _aborted = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _backgroundClose = Task.CompletedTask;
    private int _closing;
    private int _pings;
    private int _closesInBackground;

    public GatewayConnection(string id, WebSocket socket, CoalescingStream? transport, Action abortTransport)
    {
        _abortTransport = abortTransport;
        _transport = transport;
        Id = id;
        _socket = socket;
        Outbound = new OutboundQueue(socket, transport, _aborted.Token);
    }

    /// <summary>Random id, shown in logs and in <c>hello-ok</c>.</summary>
    public string Id { get; }

    /// <summary>Set by the handshake; null before it.</summary>
    public ConnectionIdentity? Identity { get; set; }

    public OutboundQueue Outbound { get; }

    /// <summary>Cancelled when the connection ends, for whatever reason.</summary>
    public CancellationToken Aborted => _aborted.Token;

    public WebSocket Socket => _socket;

    /// <summary>Changes whenever something came from the client, pongs too; after <see cref="ListenForLife"/>.</summary>
    public long Heard => _transport?.Heard ?? 0;

    /// <summary>Bytes that the network has taken.</summary>
    public long Sent => _transport?.Sent ?? 0;

    /// <summary>Makes <see cref="Heard"/> count, and calls this just before. False when this connection cannot tell.</summary>
    public bool ListenForLife(Action onHeard)
    {
        _transport?.ListenForLife(onHeard);
        return _transport is not null;
    }

    /// <summary>Pings sent so far.</summary>
    public int Pings => Volatile.Read(ref _pings);

    /// <summary>Sends a WebSocket ping, behind what is queued.</summary>
    /// <param name="onSent">Called when the network has taken it; never, when the connection ends before.</param>
    public void Ping(Action onSent)
    {
        Interlocked.Increment(ref _pings);
        Outbound.Enqueue(OutboundMessage.Ping(onSent));
    }

    public void SendOk(ReadOnlyMemory<byte> idJson, ReadOnlySpan<byte> payloadJson)
    {
        var buffer = new PooledBufferWriter(payloadJson.Length + idJson.Length + 64);
        FrameWriter.WriteOk(buffer, idJson.Span, payloadJson);
        Outbound.Enqueue(new OutboundMessage(buffer));
    }

    public void SendError(ReadOnlyMemory<byte> idJson, ErrorShape error, ReadOnlySpan<byte> payloadJson = default)
    {
        var buffer = new PooledBufferWriter();
        FrameWriter.WriteError(buffer, idJson.Span, error, payloadJson);
        Outbound.Enqueue(new OutboundMessage(buffer));
    }

    /// <summary>
    /// Sends what is queued, then the close frame, and reads until the client's close frame. Only the receive loop calls this:
    /// nobody else may be reading.
    /// </summary>
    public async Task CloseAsync(int code, string reason)
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0)
            return;
        using var patience = new CancellationTokenSource(ClosePatience);
        try
        {
            await Outbound.CompleteAsync(discard: false).WaitAsync(patience.Token).ConfigureAwait(false);
            await _socket.CloseAsync((WebSocketCloseStatus)code, CloseReason.Fit(reason), patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsConnectionGone(e))
        {
            Abort();
        }
    }

    /// <summary>Answers the client's close frame with its own code.</summary>
    public async Task CloseEchoAsync()
    {
        if (_socket.State is not WebSocketState.CloseReceived || _socket.CloseStatus is not { } code)
            return;
        if (code is WebSocketCloseStatus.Empty)
            await CloseWithAsync(patience => _socket.CloseOutputAsync(WebSocketCloseStatus.Empty, null, patience), discard: false).ConfigureAwait(false);
        else
            await CloseWithAsync(patience => _socket.CloseOutputAsync(code, CloseReason.Fit(_socket.CloseStatusDescription ?? ""), patience), discard: false).ConfigureAwait(false);
    }

    /// <summary>Closes from outside the receive loop, which ends by the client's close frame or, after a while, by force.</summary>
    /// <param name="code">Close code.</param>
    /// <param name="reason">Close reason.</param>
    /// <param name="discard">True drops what is queued: the client does not read it anyway.</param>
    /// <param name="patience">How long the client may take altogether to read what is queued and to answer; null: <see cref="ClosePatience"/> for each.</param>
    public async Task RequestCloseAsync(int code, string reason, bool discard = false, TimeSpan? patience = null)
    {
        using var all = new CancellationTokenSource(patience ?? Timeout.InfiniteTimeSpan);
        await CloseWithAsync(wait => _socket.CloseOutputAsync((WebSocketCloseStatus)code, CloseReason.Fit(reason), wait), discard, all.Token).ConfigureAwait(false);
        await _ended.Task.WaitAsync(ClosePatience, all.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_ended.Task.IsCompleted)
            Abort();
    }

    /// <summary>True once the gateway decided to close: what the client still asks is not done any more.</summary>
    public bool IsClosing => Volatile.Read(ref _closesInBackground) != 0 || Volatile.Read(ref _closing) != 0;

    /// <summary>Starts <see cref="RequestCloseAsync"/>; disposal waits for it. False when it is closing already.</summary>
    public bool CloseInBackground(int code, string reason, bool discard = false)
    {
        if (Interlocked.Exchange(ref _closesInBackground, 1) != 0)
            return false;
        _backgroundClose = RequestCloseAsync(code, reason, discard);
        return true;
    }

    /// <summary>The receive loop is done.</summary>
    public void Ended() => _ended.TrySetResult();

    private async Task CloseWithAsync(Func<CancellationToken, Task> close, bool discard, CancellationToken stop = default)
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0)
            return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(ClosePatience);
        try
        {
            await Outbound.CompleteAsync(discard).WaitAsync(patience.Token).ConfigureAwait(false);
            await close(patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsConnectionGone(e))
        {
            Abort();
        }
    }

    private static bool IsConnectionGone(Exception e) =>
        e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;

    /// <summary>Cancels the work for this client; the socket is left to close by itself.</summary>
    public void CancelRequests()
    {
        try
        {
            _aborted.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The connection ended by itself in the meantime, and its work with it.
        }
    }

    /// <summary>Tears the socket down without a close frame.</summary>
    public void Abort()
    {
        CancelRequests();
        _socket.Abort();
        try
        {
            _abortTransport();
        }
        catch (ObjectDisposedException)
        {
            // The request is over, and its transport with it.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Ended();
        await _aborted.CancelAsync().ConfigureAwait(false);
        await _backgroundClose.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Outbound.CompleteAsync(discard: true).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _aborted.Dispose();
    }

    private static class CloseReason
    {
        /// <summary>Cuts to the bytes that a close frame may carry; a character cut in half becomes U+FFFD, as the peer does it.</summary>
        public static string Fit(string reason)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(reason);
            if (bytes.Length <= ProtocolLimits.MaxCloseReasonBytes)
                return reason;
            return System.Text.Encoding.UTF8.GetString(bytes, 0, ProtocolLimits.MaxCloseReasonBytes);
        }
    }
}
