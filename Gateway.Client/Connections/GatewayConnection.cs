using System.Net.WebSockets;
using System.Threading.Channels;
using OpenClaw.Gateway.Client.Errors;
using OpenClaw.Gateway.Protocol.Events;

namespace OpenClaw.Gateway.Client.Connections;

/// <summary>
/// One connection to a gateway, from <c>hello-ok</c> to its end. It does not come back: <see cref="GatewayClient"/> makes new ones.
/// Requests may be made from many threads at once.
/// </summary>
public sealed partial class GatewayConnection : IAsyncDisposable
{
    // Frames that wait for a gateway which does not read.
    private const int MaxUnsentFrames = 64;

    // How long a farewell may take before the socket is torn down.
    private static readonly TimeSpan CloseGrace = TimeSpan.FromMilliseconds(500);

    private readonly GatewayConnectionOptions _options;
    private readonly GatewaySocket _socket;
    private readonly PendingRequests _pending = new();
    private readonly NoticeQueue _notices = new();
    private readonly Channel<byte[]> _unsent = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MaxUnsentFrames) { SingleReader = true });
    private readonly TaskCompletionSource<GatewayClose> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Challenge?> _challenge = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _lifetime = new();
    private readonly Task _receiving;
    private readonly Task _sending;
    private Task _watching = Task.CompletedTask;
    private long _lastTick;
    private int _disposed;

    private GatewayConnection(GatewayConnectionOptions options, GatewaySocket socket)
    {
        _options = options;
        _socket = socket;
        Hello = new GatewayHello { Payload = default };
        _receiving = ReceiveAsync();
        _sending = SendAsync();
    }

    /// <summary>The gateway's greeting.</summary>
    public GatewayHello Hello { get; private set; }

    /// <summary>Ends when the connection does, and never fails.</summary>
    public Task<GatewayClose> Closed => _closed.Task;

    /// <summary>Makes a request and waits for its answer, which may be a refusal.</summary>
    /// <param name="method">Method name.</param>
    /// <param name="paramsJson">JSON text of the params; empty for none.</param>
    /// <param name="options">How to wait; <see cref="GatewayRequestOptions.Default"/> when null.</param>
    /// <param name="cancellationToken">Stops waiting. The gateway goes on with what was asked.</param>
    /// <exception cref="GatewayClosedException">The connection ended before the answer.</exception>
    /// <exception cref="GatewayTimeoutException">The answer did not come in time; a late one is dropped.</exception>
    /// <exception cref="GatewayRequestTooLargeException">The gateway would not take it; it was not sent.</exception>
    public async Task<GatewayResponse> RequestAsync(
        string method, ReadOnlyMemory<byte> paramsJson, GatewayRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        var id = Guid.NewGuid().ToString();
        var frame = RequestWriter.Write(id, method, paramsJson.Span);
        if (frame.Length > Hello.MaxPayload)
            throw new GatewayRequestTooLargeException(method, frame.Length, Hello.MaxPayload, _options.Details);
        return await ExchangeAsync(id, frame, options ?? GatewayRequestOptions.Default, cancellationToken).ConfigureAwait(false)
            ?? throw new GatewayClosedException(await Closed.ConfigureAwait(false), _options.Details);
    }

    /// <summary>
    /// The events from now on, and the gaps in their sequence; ends with the connection. One reader at a time.
    /// What is not read in time is dropped, and reported as a gap.
    /// </summary>
    public IAsyncEnumerable<GatewayNotice> ReadNoticesAsync(CancellationToken cancellationToken = default) => _notices.ReadAsync(cancellationToken);

    /// <summary>Closes the connection and waits until nothing of it runs any more. Takes half a second at most, when the gateway hangs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await EndAsync(1000, "").ConfigureAwait(false);
        await LingerAsync().ConfigureAwait(false);
        await _lifetime.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_receiving, _sending, _watching).ConfigureAwait(false);
        _socket.Dispose();
        _lifetime.Dispose();
    }

    private async Task<GatewayResponse?> ExchangeAsync(string id, byte[] frame, GatewayRequestOptions options, CancellationToken cancellationToken)
    {
        var answer = _pending.Add(id, options);
        try
        {
            var patience = options.Timeout;
            if (!_unsent.Writer.TryWrite(frame))
                patience = await WaitForRoomAsync(frame, patience, cancellationToken).ConfigureAwait(false);
            return await answer.WaitAsync(patience, _options.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new GatewayTimeoutException(options.Timeout, _options.Details);
        }
        catch (ChannelClosedException)
        {
            return null;
        }
        finally
        {
            _pending.Remove(id);
        }
    }

    /// <summary>The slow way of sending, when the gateway reads slower than it is asked.</summary>
    /// <returns>What is left of <paramref name="patience"/>.</returns>
    private async Task<TimeSpan> WaitForRoomAsync(byte[] frame, TimeSpan patience, CancellationToken cancellationToken)
    {
        var started = _options.Time.GetTimestamp();
        using var deadline = new CancellationTokenSource(patience, _options.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await _unsent.Writer.WriteAsync(frame, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
        if (patience == Timeout.InfiniteTimeSpan)
            return patience;
        var left = patience - _options.Time.GetElapsedTime(started);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Says goodbye, if the gateway takes it in a moment.</summary>
    private async Task EndAsync(int code, string reason)
    {
        using var grace = new CancellationTokenSource(CloseGrace, _options.Time);
        await _socket.SendCloseAsync(code, reason, grace.Token).ConfigureAwait(false);
    }

    /// <summary>Waits for the end of the connection, a moment at most.</summary>
    private Task LingerAsync() => Task.WhenAny(Closed, Task.Delay(CloseGrace, _options.Time, _lifetime.Token));

    private async Task ReceiveAsync()
    {
        GatewayClose? close = null;
        try
        {
            while (close is null)
            {
                (var message, close) = await _socket.ReceiveAsync(_lifetime.Token).ConfigureAwait(false);
                if (message is not null && ServerFrameReader.Read(message) is { } frame)
                    Handle(frame);
            }
        }
        finally
        {
            _closed.TrySetResult(close ?? new GatewayClose(GatewayClose.Abnormal, ""));
            _challenge.TrySetResult(null);
            _pending.End();
            _notices.End();
            _unsent.Writer.TryComplete();
            await _lifetime.CancelAsync().ConfigureAwait(false);
        }
    }

    private void Handle(ServerFrame frame)
    {
        if (frame.Id is not null)
        {
            _pending.Complete(frame);
            return;
        }
        if (frame.Event == EventNames.ConnectChallenge)
        {
            if (Challenge.Read(frame.Payload.Span) is { } challenge)
                _challenge.TrySetResult(challenge);
            return;
        }
        if (frame.Event == EventNames.Tick)
            Interlocked.Exchange(ref _lastTick, _options.Time.GetTimestamp());
        if (_options.KeepEvents)
            _notices.Add(new GatewayEvent(frame.Event!, frame.Payload, frame.Seq));
    }

    private async Task SendAsync()
    {
        try
        {
            await foreach (var frame in _unsent.Reader.ReadAllAsync(_lifetime.Token).ConfigureAwait(false))
                await _socket.SendAsync(frame, _lifetime.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The receiving task may just be reading the close frame that says why. It gets a moment, then the socket is gone for both.
            await LingerAsync().ConfigureAwait(false);
            _socket.Abort();
        }
    }
}
