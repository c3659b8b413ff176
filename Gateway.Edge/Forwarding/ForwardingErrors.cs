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
        await (error.Exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => JsonAnswers.TooLargeAsync(context, RequestLimits.LimitOf(context.Request.Path, settings.Current)),
            BadHttpRequestException bad => JsonAnswers.WriteAsync(context, bad.StatusCode, "invalid_request", "The request's body cannot be read."),
            _ => JsonAnswers.UnavailableAsync(context, $"The gateway's {context.GetReverseProxyFeature().Cluster.Config.ClusterId} service cannot be reached. Try again."),
        }).ConfigureAwait(false);
    }
}
