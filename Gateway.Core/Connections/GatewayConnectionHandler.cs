using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Broadcasting;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Handshake;
using OpenClaw.Gateway.Protocol.Events;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Limits;

namespace OpenClaw.Gateway.Core.Connections;

/// <summary>The life of one WebSocket: challenge, handshake, requests until it closes.</summary>
internal sealed partial class GatewayConnectionHandler(
    HandshakeSession handshakes, RequestDispatcher dispatcher, ConnectionLifecycle lifecycle, PendingHandshakes pendingHandshakes,
    TimeProvider time, ILogger<GatewayConnectionHandler> logger)
{
    /// <summary>Requests of one connection that may be unanswered at once; the next one is read when one of them is done.</summary>
    private const int MaxInFlight = 4096;

    /// <summary>How long a client may take to answer a close.</summary>
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(1);

    /// <summary>Takes over the request's connection; returns when it has closed.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        using var place = pendingHandshakes.TryEnter(http);
        if (place is null)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = "1";
            return;
        }
        var transport = WrapTransport(http);
        var offered = http.WebSockets.WebSocketRequestedProtocols;
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = offered.Count > 0 ? offered[0] : null,
            KeepAliveInterval = TimeSpan.Zero,
        }).ConfigureAwait(false);
        await using var connection = new GatewayConnection(Guid.NewGuid().ToString(), socket, transport.Stream, http.Abort);
        using var receiver = new MessageReceiver(socket);
        LogOpened(logger, connection.Id, http.Connection.RemoteIpAddress?.ToString());

        using var stopped = lifecycle.Register(connection);
        try
        {
            if (await ShakeHandsAsync(connection, receiver, http).ConfigureAwait(false))
            {
                place.Dispose();
                await ServeAsync(connection, receiver).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The handshake took too long, or the gateway stops: the socket is being closed already.
        }
        catch (Exception e)
        {
            await FaultAsync(connection, e).ConfigureAwait(false);
        }
        // The WebSocket gave the connection up by itself, over a message that was no text, and has said so.
        if (socket.State is WebSocketState.Aborted && transport.Stream is { } stream)
            await stream.DrainAsync(DrainPatience).ConfigureAwait(false);
        LogClosed(logger, connection.Id);
    }

    private async Task<bool> ShakeHandsAsync(GatewayConnection connection, MessageReceiver receiver, HttpContext http)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(ProtocolLimits.HandshakeTimeoutMs), time);
        var nonce = Guid.NewGuid().ToString();
        var challenge = new ChallengeEvent { Nonce = nonce, Ts = time.GetUtcNow().ToUnixTimeMilliseconds() };
        Broadcaster.SendTo(connection, EventNames.ConnectChallenge, JsonSerializer.SerializeToUtf8Bytes(challenge, ProtocolJson.Context.ChallengeEvent));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, connection.Aborted);
        // A cancelled receive aborts the socket, so the time limit closes it instead and the receive ends by that.
        using var onDeadline = deadline.Token.Register(() => connection.CloseInBackground(CloseCodes.Normal, ""));
        var status = await receiver.ReceiveAsync(ProtocolLimits.MaxHandshakeBytes, connection.Aborted).ConfigureAwait(false);
        if (deadline.IsCancellationRequested)
            return false;
        switch (status)
        {
            case ReceiveStatus.TooBig:
                await connection.CloseAsync(CloseCodes.MessageTooBig, "").ConfigureAwait(false);
                return false;
            case ReceiveStatus.Closed:
                await connection.CloseEchoAsync().ConfigureAwait(false);
                return false;
            default:
                return await handshakes.CompleteAsync(connection, receiver.Message, http, nonce, either.Token).ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(GatewayConnection connection, MessageReceiver receiver)
    {
        var inFlight = new InFlightRequests(MaxInFlight);
        // Answers gather while there is input to read, and leave together when the next read would wait.
        connection.Outbound.Hold();
        receiver.BeforeWait = connection.Outbound.ReleaseAsync;
        receiver.AfterWait = connection.Outbound.Hold;
        try
        {
            while (true)
            {
                switch (await receiver.ReceiveAsync(ProtocolLimits.MaxPayloadBytes, connection.Aborted).ConfigureAwait(false))
                {
                    case ReceiveStatus.TooBig:
                        await connection.CloseAsync(CloseCodes.MessageTooBig, "").ConfigureAwait(false);
                        return;
                    case ReceiveStatus.Closed:
                        await connection.CloseEchoAsync().ConfigureAwait(false);
                        return;
                }
                if (connection.IsClosing)
                    continue;
                if (dispatcher.Dispatch(connection, receiver.Message) is { } work)
                    await inFlight.AddAsync(work).ConfigureAwait(false);
                // A client that asks faster than it reads is not read until it has caught up.
                if (connection.Outbound.QueuedBytes > ProtocolLimits.MaxBufferedBytes)
                    await CatchUpAsync(connection).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (connection.Aborted.IsCancellationRequested)
        {
            // Closed from our side.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await FaultAsync(connection, e).ConfigureAwait(false);
        }
        finally
        {
            lifecycle.Disconnected(connection);
            connection.Ended();
            connection.CancelRequests();
            await inFlight.WhenAllAsync().ConfigureAwait(false);
        }
    }

    /// <summary>A bug or a broken disk must not look like a lost network: the client is told, and the log says which connection it was.</summary>
    private Task FaultAsync(GatewayConnection connection, Exception exception)
    {
        LogFaulted(logger, connection.Id, exception);
        return connection.CloseAsync(CloseCodes.InternalError, "internal error");
    }

    private static async Task CatchUpAsync(GatewayConnection connection)
    {
        await connection.Outbound.ReleaseAsync().ConfigureAwait(false);
        await connection.Outbound.DrainAsync().WaitAsync(connection.Aborted).ConfigureAwait(false);
        connection.Outbound.Hold();
    }

    private static CoalescingUpgradeFeature WrapTransport(HttpContext http)
    {
        var upgrade = http.Features.GetRequiredFeature<IHttpUpgradeFeature>();
        return upgrade as CoalescingUpgradeFeature ?? throw new InvalidOperationException("MapGatewayCore puts the coalescing transport in place before WebSockets are accepted.");
    }

    [LoggerMessage(1001, LogLevel.Debug, "Connection {ConnectionId} opened from {RemoteAddress}.")]
    private static partial void LogOpened(ILogger logger, string connectionId, string? remoteAddress);

    [LoggerMessage(1003, LogLevel.Error, "Connection {ConnectionId} failed and is closed.")]
    private static partial void LogFaulted(ILogger logger, string connectionId, Exception exception);

    [LoggerMessage(1002, LogLevel.Debug, "Connection {ConnectionId} ended.")]
    private static partial void LogClosed(ILogger logger, string connectionId);
}
