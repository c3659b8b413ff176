using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OpenClaw.Gateway.Edge.WebSockets;
using Yarp.ReverseProxy.Forwarder;

namespace OpenClaw.Gateway.Edge.Destinations;

/// <summary>Forwards a request to the one instance that was chosen, for as long as that answers.</summary>
internal sealed class Attempt(Outages outages, TimeProvider time)
{
    /// <summary>A service accepts a WebSocket before it asks anybody for anything.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    /// <summary>The same, where another instance can be asked.</summary>
    private static readonly TimeSpan AnswerLimitWithOthers = TimeSpan.FromSeconds(2);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var proxy = context.GetReverseProxyFeature();
        if (proxy.AvailableDestinations is not [var destination])
        {
            await next(context).ConfigureAwait(false);
            return;
        }
        var clientGone = context.RequestAborted;
        var outage = outages.TokenOf(destination);
        if (outage.IsCancellationRequested)
        {
            // It was chosen before it was known. Whoever forwarded to it now could not tell that nothing was sent.
            proxy.ProxiedDestination = destination;
            context.Features.Set<IForwarderErrorFeature>(new KnownOutage());
            return;
        }
        if (context.Features.Get<IHttpUpgradeFeature>() is RelayedConnection relayed)
        {
            using var answerDeadline = new CancellationTokenSource(relayed.HasOtherServices ? AnswerLimitWithOthers : AnswerLimit, time);
            relayed.AnswerDeadline = answerDeadline;
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(clientGone, outage, answerDeadline.Token);
            await ForwardAsync(context, next, clientGone, ended.Token).ConfigureAwait(false);
        }
        else
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(clientGone, outage);
            await ForwardAsync(context, next, clientGone, ended.Token).ConfigureAwait(false);
        }
    }

    private static async Task ForwardAsync(HttpContext context, RequestDelegate next, CancellationToken clientGone, CancellationToken ended)
    {
        context.RequestAborted = ended;
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            context.RequestAborted = clientGone;
        }
    }

    private sealed class KnownOutage : IForwarderErrorFeature
    {
        public ForwarderError Error => ForwarderError.Request;

        public Exception Exception { get; } = new HttpRequestException(HttpRequestError.ConnectionError);
    }
}
