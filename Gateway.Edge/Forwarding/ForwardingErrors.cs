using Microsoft.AspNetCore.Http;
using OpenClaw.Gateway.Edge.Limits;
using OpenClaw.Gateway.Edge.Settings;
using OpenClaw.ServiceDefaults.Answers;

namespace OpenClaw.Gateway.Edge.Forwarding;

/// <summary>Tells the caller in JSON what became of a request that could not be forwarded. What has begun to be answered is cut off by YARP.</summary>
internal sealed class ForwardingErrors(EdgeSettingsStore settings)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context).ConfigureAwait(false);
        if (context.GetForwarderErrorFeature() is not { } error || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
            return;
        await (BadRequestIn(error.Exception) switch
        {
            { StatusCode: StatusCodes.Status413PayloadTooLarge } => RequestLimits.TooLargeAsync(context, settings.Current),
            { } bad => JsonAnswers.WriteAsync(context, bad.StatusCode, "invalid_request", "The request's body cannot be read."),
            _ => JsonAnswers.UnavailableAsync(context, $"The gateway's {context.GetReverseProxyFeature().Cluster.Config.ClusterId} service cannot be reached. Try again."),
        }).ConfigureAwait(false);
    }

    /// <summary>What the server found wrong with the request, however deep below the forwarder's own failure.</summary>
    private static BadHttpRequestException? BadRequestIn(Exception? exception) => exception switch
    {
        null => null,
        BadHttpRequestException bad => bad,
        AggregateException many => many.InnerExceptions.Select(BadRequestIn).FirstOrDefault(static bad => bad is not null),
        _ => BadRequestIn(exception.InnerException),
    };
}
