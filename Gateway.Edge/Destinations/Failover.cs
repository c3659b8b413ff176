using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OpenClaw.Gateway.Edge.WebSockets;
using Yarp.ReverseProxy.Forwarder;

namespace OpenClaw.Gateway.Edge.Destinations;

/// <summary>
/// Asks another instance of the service when one cannot be reached: where nothing was sent yet, and where asking twice does no harm, as with
/// GET and the opening of a WebSocket. Anything else may have been done, and its caller is told.
/// </summary>
internal sealed class Failover
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var proxy = context.GetReverseProxyFeature();
        var left = proxy.AvailableDestinations;
        while (true)
        {
            if (context.Features.Get<IHttpUpgradeFeature>() is RelayedConnection relayed)
                relayed.HasOtherServices = left.Count > 1;
            await next(context).ConfigureAwait(false);
            if (proxy.ProxiedDestination is not { } tried || !MayTryAnother(context))
                return;
            left = [.. left.Where(one => one != tried)];
            if (left.Count == 0)
                return;
            proxy.AvailableDestinations = left;
            proxy.ProxiedDestination = null;
            context.Features.Set<IForwarderErrorFeature>(null);
            context.Response.StatusCode = StatusCodes.Status200OK;
        }
    }

    private static bool MayTryAnother(HttpContext context) =>
        context.GetForwarderErrorFeature() is { } error
        && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested
        && context.Features.Get<IHttpUpgradeFeature>() is not RelayedConnection { Stream: not null }
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || NothingWasSent(error.Exception));

    /// <summary>Whether the connection itself could not be made: refused, no such name, no agreement about TLS, or no answer in time.</summary>
    private static bool NothingWasSent(Exception? exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } => true,
        // What the client throws when its ConnectTimeout is over, and never otherwise without an HttpClient's own timeout.
        OperationCanceledException { InnerException: TimeoutException } => true,
        _ => false,
    };
}
