using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenClaw.Gateway.Core.Http.Answers;
using OpenClaw.Gateway.Core.Http.Requests;

namespace OpenClaw.Gateway.Core.Http;

/// <summary>
/// The way of a request to its endpoint: path, method, readiness, caller. Every refusal on it is JSON; an exception, which is a bug,
/// is too. What no endpoint serves passes on.
/// </summary>
internal sealed partial class ApiPipeline(
    IEnumerable<IApiEndpoint> endpoints, ApiAuth auth, CrossOrigin crossOrigin, UnreadBody unread, IHostApplicationLifetime lifetime, ILogger<ApiPipeline> logger)
{
    private readonly IApiEndpoint[] _endpoints = [.. endpoints];

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? "/";
        var endpoint = Array.Find(_endpoints, candidate => candidate.Serves(path));
        return endpoint is null ? next(context) : ServeAsync(context, endpoint);
    }

    private async Task ServeAsync(HttpContext context, IApiEndpoint endpoint)
    {
        try
        {
            if (crossOrigin.Answer(context, endpoint.Methods))
                return;
            if (Refusal(context, endpoint) is { } refusal)
                await ApiAnswers.WriteAsync(context, refusal).ConfigureAwait(false);
            else
                await endpoint.HandleAsync(context).ConfigureAwait(false);
            if (context.Response.StatusCode is StatusCodes.Status413PayloadTooLarge or StatusCodes.Status415UnsupportedMediaType or StatusCodes.Status503ServiceUnavailable)
                await unread.DiscardAsync(context, lifetime.ApplicationStopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested || context.Response.HasStarted)
        {
            // The client has gone; nobody is there to be answered.
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await ApiAnswers.WriteAsync(context, ApiBody.Unreadable(bad)).ConfigureAwait(false);
        }
        catch (Exception fault) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            // The boundary of a request: a bug in one costs that one, and its caller is told.
            LogFault(logger, context.Request.Method, endpoint.GetType().Name, fault);
            await ApiAnswers.WriteAsync(context, new ApiError(StatusCodes.Status500InternalServerError, "api_error", "The gateway failed to answer; its log says why.")).ConfigureAwait(false);
        }
    }

    private ApiError? Refusal(HttpContext context, IApiEndpoint endpoint)
    {
        if (endpoint.DisabledBecause is { } reason)
            return new ApiError(StatusCodes.Status404NotFound, "not_found", reason);
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return ApiError.Unavailable("The gateway is stopping. Try again.");
        if (!endpoint.TakesGatewaySecret)
            return null;
        if (!endpoint.Methods.Split(", ").Contains(context.Request.Method, StringComparer.Ordinal))
            return WrongMethod(endpoint);
        return auth.Check(context);
    }

    public static ApiError WrongMethod(IApiEndpoint endpoint) =>
        new(StatusCodes.Status405MethodNotAllowed, ApiError.InvalidRequest, "Method Not Allowed") { Allow = endpoint.Methods };

    [LoggerMessage(1801, LogLevel.Error, "A {Method} request to {Endpoint} failed.")]
    private static partial void LogFault(ILogger logger, string method, string endpoint, Exception fault);
}
