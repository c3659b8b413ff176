using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OpenClaw.Gateway.Protocol.Limits;
using Yarp.ReverseProxy.Forwarder;

namespace OpenClaw.Gateway.Edge.WebSockets;

/// <summary>
/// Gives a forwarded WebSocket an end that its client understands, whatever becomes of the service: 1013 when none takes it, 1012
/// when the service or the edge goes away.
/// </summary>
internal sealed class WebSocketRelay(RelayedConnections connections, TimeProvider time)
{
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade || !context.WebSockets.IsWebSocketRequest)
        {
            await next(context).ConfigureAwait(false);
            return;
        }
        var clientGone = context.RequestAborted;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var connection = new RelayedConnection(context, upgrade);
        try
        {
            if (connections.TryAdd(connection, ended.Task))
            {
                context.Features.Set<IHttpUpgradeFeature>(connection);
                await next(context).ConfigureAwait(false);
            }
            context.Features.Set(upgrade);
            if (!clientGone.IsCancellationRequested)
                await EndAsync(context, connection, clientGone).ConfigureAwait(false);
        }
        finally
        {
            ended.SetResult();
            connections.Remove(connection);
        }
    }

    private async Task EndAsync(HttpContext context, RelayedConnection connection, CancellationToken clientGone)
    {
        using var patience = new CancellationTokenSource(ClosePatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, clientGone);
        try
        {
            if (connection.Stream is { } stream)
            {
                if (await stream.CloseAsync(CloseCodes.ServiceRestart, RelayedConnection.RestartReason, either.Token).ConfigureAwait(false))
                    await stream.DrainAsync(either.Token).ConfigureAwait(false);
            }
            else if (!context.Response.HasStarted)
            {
                await RefuseAsync(context, either.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or WebSocketException)
        {
            // The client is slow or gone; the connection ends with the request.
        }
    }

    /// <summary>As a WebSocket, because a client's API shows it the code of a close but not the status of a refused upgrade.</summary>
    private static async Task RefuseAsync(HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers.RetryAfter = "1";
        context.Features.Set<IForwarderErrorFeature>(null);
        using var socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        await socket.CloseAsync((WebSocketCloseStatus)CloseCodes.TryAgainLater, "try again later", cancellationToken).ConfigureAwait(false);
    }
}
