using System.Buffers;
using System.Net.WebSockets;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Client.Targets;

namespace OpenClaw.Gateway.Client.Connections;

/// <summary>A WebSocket that receives whole messages, and says in the protocol's words how it ended.</summary>
internal sealed class GatewaySocket : IDisposable
{
    /// <summary>Largest message taken: 25 MiB, what the protocol's other clients take. The largest answer known is 6 MiB.</summary>
    public const int MaxMessageBytes = 25 * 1024 * 1024;

    private const int FirstBufferBytes = 16 * 1024;

    private readonly ClientWebSocket _socket = new();
    private readonly string? _details;
    private string? _tlsProblem;
    private GatewayClose? _ownClose;

    private GatewaySocket(GatewayConnectionOptions options)
    {
        _details = options.Details;
        // The gateway is on this machine, this network or at the end of a tunnel: its token is not for the environment's HTTP proxy.
        _socket.Options.Proxy = null;
        // Ticks tell whether the gateway lives.
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        _socket.Options.CollectHttpResponseDetails = true;
        if (options.TlsFingerprint is { } pin)
            Pin(pin, options.Url);
    }

    /// <exception cref="GatewayClosedException">Nobody listens, or not a gateway.</exception>
    /// <exception cref="GatewayTlsException">The certificate is not the pinned one.</exception>
    public static async Task<GatewaySocket> OpenAsync(GatewayConnectionOptions options, CancellationToken cancellationToken)
    {
        var socket = new GatewaySocket(options);
        try
        {
            await socket._socket.ConnectAsync(options.Url, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch (WebSocketException error)
        {
            using (socket)
                throw socket.Failure(error, options.Url);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Receives one message.</summary>
    /// <returns>The message, or how the connection ended.</returns>
    public async Task<(byte[]? Message, GatewayClose? Close)> ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
        var filled = 0;
        try
        {
            while (true)
            {
                var result = await _socket.ReceiveAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false);
                if (result.MessageType is WebSocketMessageType.Close)
                    return (null, await AnswerCloseAsync(cancellationToken).ConfigureAwait(false));
                filled += result.Count;
                if (filled > MaxMessageBytes)
                {
                    await SendCloseAsync((int)WebSocketCloseStatus.MessageTooBig, "message too big", cancellationToken).ConfigureAwait(false);
                    return (null, _ownClose);
                }
                if (result.EndOfMessage)
                    return (buffer.AsSpan(0, filled).ToArray(), null);
                if (filled == buffer.Length)
                    buffer = Grow(buffer, filled);
            }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            return (null, _ownClose ?? new GatewayClose(GatewayClose.Abnormal, ReasonOf(error)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <summary>Sends a close frame, and remembers that it was this side that ended the connection.</summary>
    public async Task SendCloseAsync(int code, string reason, CancellationToken cancellationToken)
    {
        _ownClose ??= new GatewayClose(code, reason);
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side is gone already, which is what was wanted.
        }
    }

    /// <summary>Ends the connection without a word; a pending receive returns.</summary>
    public void Abort() => _socket.Abort();

    public void Dispose() => _socket.Dispose();

    private static byte[] Grow(byte[] buffer, int filled)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(buffer.Length * 2, MaxMessageBytes + 1));
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static string ReasonOf(Exception error) => error switch
    {
        // The gateway broke the WebSocket protocol, e.g. with text that is not UTF-8.
        WebSocketException { WebSocketErrorCode: WebSocketError.Faulted or WebSocketError.InvalidMessageType or WebSocketError.HeaderError } fault => fault.Message,
        _ => "",
    };

    private async Task<GatewayClose> AnswerCloseAsync(CancellationToken cancellationToken)
    {
        if (_ownClose is { } own)
            return own;
        var close = new GatewayClose((int)(_socket.CloseStatus ?? WebSocketCloseStatus.Empty), _socket.CloseStatusDescription ?? "");
        await SendCloseAsync(close.Code, close.Reason, cancellationToken).ConfigureAwait(false);
        return close;
    }

    private void Pin(string pin, Uri url)
    {
        if (url.Scheme != Uri.UriSchemeWss)
            throw new GatewayTlsException("gateway tls fingerprint requires wss:// gateway url", _details);
        var expected = TlsFingerprint.Normalize(pin);
        if (expected.Length == 0)
            throw new GatewayTlsException("gateway tls fingerprint missing", _details);
        _socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            _tlsProblem = certificate is null ? "gateway tls fingerprint unavailable"
                : TlsFingerprint.Of(certificate) == expected ? null
                : "gateway tls fingerprint mismatch";
            return _tlsProblem is null;
        };
    }

    private GatewayException Failure(WebSocketException error, Uri url) =>
        _tlsProblem is { } problem
            ? new GatewayTlsException(problem, _details, error)
            : new GatewayClosedException(
                new GatewayClose(GatewayClose.Abnormal, "", NetworkErrors.Describe(error, url, (int)_socket.HttpStatusCode)), _details, error);
}
