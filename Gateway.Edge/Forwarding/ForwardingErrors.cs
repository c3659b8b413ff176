using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Edge.Limits;
using OpenClaw.Gateway.Edge.Settings;
using OpenClaw.ServiceDefaults.Answers;
using Yarp.ReverseProxy.Forwarder;

namespace OpenClaw.Gateway.Edge.Forwarding;

/// <summary>Tells the caller in JSON what became of a request that could not be forwarded. What has begun to be answered is cut off by YARP.</summary>
internal sealed partial class ForwardingErrors(EdgeSettingsStore settings, ILogger<ForwardingErrors> logger)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context).ConfigureAwait(false);
        if (context.GetForwarderErrorFeature() is not { } error || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
            return;
        LogFailed(logger, context.GetReverseProxyFeature().Cluster.Config.ClusterId, error.Error, error.Exception?.GetType().Name);
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

    [LoggerMessage(7003, LogLevel.Warning, "A request to the {Service} service failed: {Error} {Exception}")]
    private static partial void LogFailed(ILogger logger, string service, ForwarderError error, string? exception);
}
